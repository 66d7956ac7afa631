// A stop is legal whatever a supervised process is doing, ends it in order, and leaves nothing: no
// process, no timer, no listener on the signal.

import { getEventListeners } from "node:events";
import { backoff } from "@steadfast/backoff";
import { forkLauncher, spawnLauncher } from "@steadfast/child-process";
import { type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { lives } from "../adapters/observe.js";
import { program } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { type Stage, stage } from "../adapters/stage.js";

keepsHostQuiet();

const SPEAKER = program("children/speaker.mjs");
const permanent = restartOn("permanent");
const signalled = { kind: "signalled", signal: "SIGTERM" };
const failed = { kind: "failed", code: 3 };

/** What a child is doing when it is stopped, how it is brought there, and what is left to be told. */
interface Phase {
  readonly name: string;
  readonly policy?: RestartPolicy;
  readonly reach?: (on: Stage<undefined>) => unknown;
  readonly lastExit: object;
}

const phases: readonly Phase[] = [
  { name: "was launched in this breath", lastExit: signalled },
  { name: "is starting", reach: ({ message }) => message(1), lastExit: signalled },
  {
    name: "is ready",
    async reach({ handle, message, event }) {
      await message(1);
      handle.send({ act: "ready" });
      await event("ready");
    },
    lastExit: signalled,
  },
  {
    name: "waits for a backoff",
    policy: backoff({ initialMs: 3_600_000, capMs: 3_600_000, jitter: "none" }),
    async reach({ handle, message, event }) {
      await message(1);
      handle.send({ act: "exit", with: 3 });
      await event("delayed");
      expect(handle.status().waiting).toMatchObject({ for: "delay", cause: "restart" });
    },
    lastExit: failed,
  },
  {
    name: "was told not yet",
    policy: slidingWindow({ limit: 1, windowMs: 3_600_000, counts: "launches" }),
    async reach({ handle, message, event }) {
      await message(1);
      handle.send({ act: "exit", with: 3 });
      await event("refused");
      expect(handle.status().waiting).toMatchObject({ for: "not-yet", cause: "restart" });
    },
    lastExit: failed,
  },
  {
    name: "is being restarted",
    async reach({ handle, message }) {
      await message(1);
      handle.restart();
    },
    lastExit: signalled,
  },
  {
    name: "is paused",
    async reach({ handle, message, event }) {
      await message(1);
      handle.pause();
      await event("exited");
    },
    lastExit: signalled,
  },
];

const reason = new Error("closing time");
const ways = [
  ["stop()", ({ handle }: Stage<undefined>) => handle.stop(), { by: "stop" }],
  [
    "the signal",
    (_: Stage<undefined>, controller: AbortController) => controller.abort(reason),
    { by: "abort", abortReason: reason },
  ],
  [
    "await using",
    ({ handle }: Stage<undefined>) => handle[Symbol.asyncDispose](),
    { by: "dispose" },
  ],
] as const;

describe.each(ways)("%s ends a process that", (_, end, how) => {
  it.each(phases.map((phase) => [phase.name, phase] as const))("%s", async (_, phase) => {
    const { policy = permanent, reach, lastExit } = phase;
    const system = manualSystem();
    const controller = new AbortController();
    const { signal } = controller;
    const options = { policy, readiness: "explicit", signal } as const;
    const on = stage(forkLauncher(SPEAKER), options, system);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await reach?.(on);

    void end(on, controller);
    const outcome = await on.handle.outcome;

    expect(outcome).toStrictEqual({ type: "stopped", ...how, lastExit, attempts: 1 });
    const { pid } = await on.event("launched");
    expect(lives(Number(pid))).toBe(false);
    expect(system.pendingTimers).toBe(0);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    const { length } = on.events;
    on.handle.resume();
    on.handle.restart();
    await system.advance(7_200_000);
    expect(on.events).toHaveLength(length);
  });
});

describe("a signal that has fired already", () => {
  it("launches nothing", async () => {
    const signal = AbortSignal.abort(reason);
    const { handle, story } = stage(forkLauncher(SPEAKER), { policy: permanent, signal });
    expect(await handle.outcome).toStrictEqual({
      type: "stopped",
      by: "abort",
      abortReason: reason,
      lastExit: null,
      attempts: 0,
    });
    expect(story()).toStrictEqual(["ended"]);
  });
});

describe("twenty processes on one signal", () => {
  it("end together, and it has one listener, whatever their number", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const launcher = spawnLauncher("sh", ["-c", "echo up; exec sleep 120"], {
      stdout: "ignore",
      readyWhen: (line) => line === "up",
    });
    const all = Array.from({ length: 20 }, (_, n) =>
      stage(launcher, { id: `child ${n}`, policy: permanent, readiness: "explicit", signal }),
    );
    await Promise.all(all.map(({ event }) => event("ready")));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    const pids = await Promise.all(all.map(async ({ event }) => (await event("launched")).pid));
    expect(new Set(pids.map((pid) => lives(Number(pid))))).toStrictEqual(new Set([true]));

    controller.abort(reason);
    const outcomes = await Promise.all(all.map(({ handle }) => handle.outcome));

    const stopped = { type: "stopped", by: "abort", abortReason: reason };
    expect(outcomes).toStrictEqual(
      all.map(() => ({ ...stopped, lastExit: signalled, attempts: 1 })),
    );
    expect(new Set(pids.map((pid) => lives(Number(pid))))).toStrictEqual(new Set([false]));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
