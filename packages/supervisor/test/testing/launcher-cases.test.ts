// The suite is right if it passes for launchers that keep the contract, and if each sentence of the
// contract, once broken, turns a case red.

import { describe, expect, it } from "vitest";
import { type Launcher, type LiveChild, realSystem } from "../../src/index.js";
import {
  type LauncherMakers,
  launcherCases,
  type ScriptedAttempt,
  scriptedLauncher,
} from "../../src/testing.js";

const READY = { afterMs: 0, signal: { type: "ready" } } as const;

function makes(plan: ScriptedAttempt): () => Launcher {
  return () => {
    // A fresh script for each child: the suite lets several of them run side by side.
    return { launch: (info) => scriptedLauncher(realSystem, () => plan).launch(info) };
  };
}

const kept: LauncherMakers = {
  completes: makes({ runMs: 1 }),
  fails: makes({ runMs: 0, exit: { kind: "failed" } }),
  stopsWhenAsked: makes({}),
  ignoresStop: makes({ stopMs: Number.POSITIVE_INFINITY }),
  cannotStart: makes({ cannotStart: new Error("ENOENT") }),
  saysReady: makes({ says: [READY] }),
  countListeners: () => 0,
  timeoutMs: 5_000,
};

describe("a launcher that keeps the contract passes", () => {
  for (const { name, run } of launcherCases(kept)) it(name, run);
});

describe("one that cannot force its children passes if they are abandoned", () => {
  const ignoresStop = makes({
    stopMs: Number.POSITIVE_INFINITY,
    killMs: Number.POSITIVE_INFINITY,
  });
  const cases = launcherCases({ ...kept, ignoresStop, canForce: false });
  const name = "a child that ignores the request to stop, and cannot be killed, is abandoned";
  it(name, () => cases.find((one) => one.name === name)?.run());
});

it("what a kind of child cannot do is not asked of it", () => {
  const { countListeners: _, ...makers } = kept;
  const names = (some: LauncherMakers) => launcherCases(some).map(({ name }) => name);
  const fewer = names({ ...makers, cannotStart: null, saysReady: null });
  expect(names(kept).filter((name) => !fewer.includes(name))).toEqual([
    "what the system refuses is an exit `spawn-failed`, not something thrown",
    "signals come in order, also those that were sent before anybody listened",
    "no listener is left behind",
  ]);
});

// --- each sentence broken ----------------------------------------------------------------------------

/** The same launcher, with something about its children changed. */
function changed(
  make: () => Launcher,
  change: (child: LiveChild) => Partial<LiveChild>,
): () => Launcher {
  return () => ({
    launch(info) {
      const child = make().launch(info);
      return Object.create(child, Object.getOwnPropertyDescriptors(change(child))) as LiveChild;
    },
  });
}

const twice = (child: LiveChild): Partial<LiveChild> => {
  let calls = 0;
  const once = (run: () => void) => () => {
    calls++;
    if (calls > 2) throw new Error("called twice");
    run();
  };
  return { requestStop: once(() => child.requestStop("stop")), kill: once(() => child.kill()) };
};

let leaked = 0;

const faults: readonly (readonly [string, Partial<LauncherMakers>, RegExp])[] = [
  ["a failure is called completed", { fails: makes({ runMs: 0 }) }, /ends badly/],
  [
    "a good end is called a failure",
    { completes: makes({ runMs: 0, exit: { kind: "failed" } }) },
    /ends well/,
  ],
  ["`exited` never settles", { completes: makes({}), timeoutMs: 20 }, /ends well/],
  [
    "`exited` rejects",
    {
      completes: changed(makes({}), () => ({ exited: Promise.reject(new Error("boom")) })),
    },
    /ends well/,
  ],
  [
    "`exited` is another exit each time it is read",
    {
      completes: changed(makes({ runMs: 0 }), () => {
        return {
          get exited() {
            return Promise.resolve({ kind: "completed" } as const);
          },
        };
      }),
    },
    /settles once/,
  ],
  [
    "a request to stop is ignored",
    { stopsWhenAsked: makes({ stopMs: Number.POSITIVE_INFINITY }), timeoutMs: 20 },
    /ends when it is asked/,
  ],
  ["it ends before it is asked", { stopsWhenAsked: makes({ runMs: 0 }) }, /ends when it is asked/],
  ["a second request throws", { stopsWhenAsked: changed(makes({}), twice) }, /again and again/],
  [
    "a kill is ignored",
    {
      ignoresStop: makes({
        stopMs: Number.POSITIVE_INFINITY,
        killMs: Number.POSITIVE_INFINITY,
      }),
      timeoutMs: 20,
    },
    /ended by a kill/,
  ],
  ["a refusal is thrown", { cannotStart: makes({ throws: new Error("ENOENT") }) }, /spawn-failed/],
  [
    "a refusal is a failure like any other",
    { cannotStart: makes({ runMs: 0, exit: { kind: "failed" } }) },
    /spawn-failed/,
  ],
  [
    "a refusal does not say why",
    { cannotStart: makes({ cannotStart: undefined }) },
    /spawn-failed/,
  ],
  [
    "what was said before anybody listened is lost",
    {
      saysReady: changed(makes({ says: [READY] }), (child) => ({
        onSignal: (listener) => {
          child.onSignal(() => {});
          child.onSignal(listener);
        },
      })),
      timeoutMs: 20,
    },
    /signals come in order/,
  ],
  [
    "signals come out of order",
    {
      saysReady: makes({ says: [{ afterMs: 0, signal: { type: "heartbeat" } }, READY] }),
    },
    /signals come in order/,
  ],
  ["it says ready twice", { saysReady: makes({ says: [READY, READY] }) }, /signals come in order/],
  [
    "a signal follows the exit",
    {
      saysReady: changed(makes({ says: [READY] }), (child) => ({
        onSignal: (listener) => {
          child.onSignal(listener);
          void child.exited.then(async () => {
            for (let turn = 0; turn < 20; turn++) await undefined;
            listener({ type: "heartbeat" });
          });
        },
      })),
    },
    /no signal follows/,
  ],
  [
    "a launcher gives the same child again",
    {
      completes: () => {
        let child: LiveChild | undefined;
        return {
          launch(info) {
            child ??= makes({ runMs: 0 })().launch(info);
            return child;
          },
        };
      },
    },
    /again and again, each child on its own/,
  ],
  ["listeners pile up", { countListeners: () => leaked++ }, /no listener is left/],
];

describe("a broken sentence turns its case red", () => {
  it.each(faults)("%s", async (_, fault, red) => {
    const failed: string[] = [];
    for (const { name, run } of launcherCases({ ...kept, ...fault })) {
      await run().catch(() => failed.push(name));
    }
    expect(failed.join("\n")).toMatch(red);
  });
});
