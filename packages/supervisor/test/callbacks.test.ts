// What a user's callbacks do wrong stays with the user: it is told, and the loop goes on.

import { type JournalEntry, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type ChildSignal, type SupervisorEvent, supervise } from "../src/index.js";
import { drained, manualSystem, scriptedLauncher } from "../src/testing.js";
import { stage } from "./stage.js";

const boom = () => {
  throw new Error("boom");
};
const reject = () => Promise.reject(new Error("boom"));
const FAILS = [
  ["throws", boom],
  ["rejects", reject],
] as const;

const failed = (events: readonly SupervisorEvent[]) =>
  events.flatMap((event) => (event.type === "callback-failed" ? [event] : []));

describe.each(FAILS)("a listener that %s", (_, fails) => {
  it("is removed and reported to the others, who miss nothing", async () => {
    const set = stage();
    const before: string[] = [];
    const after: string[] = [];
    let calls = 0;
    set.handle.on(({ type }) => void before.push(type));
    set.handle.on(() => {
      calls++;
      return fails();
    });
    set.handle.on(({ type }) => void after.push(type));
    set.handle.reset();
    await drained();
    set.handle.reset();
    await set.handle.stop();
    expect(calls).toBe(1);
    expect(before).toEqual(["reset", "callback-failed", "reset", "stopping", "exited", "ended"]);
    expect(after).toEqual(before);
    expect(failed(set.events)).toMatchObject([
      { callback: "listener", error: { name: "Error", message: "boom" }, attempt: 1 },
    ]);
  });

  it("as onEvent, from the first event on, does not keep the child from living", async () => {
    const set = stage({ onEvent: fails });
    await drained();
    expect(set.handle.status().status).toBe("ready");
    expect((await set.handle.stop()).type).toBe("stopped");
  });

  it("at `ended` disturbs nobody", async () => {
    const set = stage();
    set.handle.on(({ type }) => (type === "ended" ? fails() : undefined));
    await set.handle.stop();
    await drained();
    expect(set.types().at(-1)).toBe("ended");
  });
});

describe.each(FAILS)("a journal that %s", (_, fails) => {
  it("is written to no more, and told once", async () => {
    let calls = 0;
    const set = stage({
      script: [{ runMs: 10 }],
      journal: () => {
        calls++;
        return fails();
      },
    });
    await set.system.advance(20);
    set.handle.reset();
    await set.handle.stop();
    expect(calls).toBe(1);
    expect(failed(set.events).map(({ callback }) => callback)).toEqual(["journal"]);
    expect(set.launcher.launchedAt).toEqual([0, 10]);
  });
});

it("a journal that rejects later is told once, whatever it was given meanwhile", async () => {
  const rejects: ((error: Error) => void)[] = [];
  const set = stage({
    journal: () => new Promise<void>((_, reject) => rejects.push(reject)),
  });
  set.handle.reset();
  set.handle.reset();
  expect(rejects).toHaveLength(3);
  for (const reject of rejects) reject(new Error("boom"));
  await drained();
  expect(failed(set.events).map(({ callback }) => callback)).toEqual(["journal"]);
});

describe.each(FAILS)("an onMessage that %s", (_, fails) => {
  it("is told each time and called again", async () => {
    let calls = 0;
    const set = stage({
      onMessage: () => {
        calls++;
        return fails();
      },
    });
    for (const message of [1, 2]) set.launcher.say({ type: "message", message });
    await drained();
    expect(calls).toBe(2);
    expect(failed(set.events).map(({ callback }) => callback)).toEqual(["onMessage", "onMessage"]);
    expect(set.handle.status().status).toBe("ready");
  });
});

describe("messages", () => {
  it("come in order among the events, and only from the child that is there", async () => {
    const heard: string[] = [];
    const set = stage({
      onEvent: ({ type }) => void heard.push(type),
      onMessage: (message) => void heard.push(`message ${message}`),
      script: [
        {
          runMs: 10,
          says: [
            { afterMs: 0, signal: { type: "message", message: "early" } },
            { afterMs: 5, signal: { type: "not-ready" } },
            { afterMs: 5, signal: { type: "message", message: "late" } },
          ],
        },
      ],
    });
    await set.system.advance(10);
    set.launcher.say({ type: "message", message: "second" });
    expect(heard).toEqual([
      "launched",
      "ready",
      "message early",
      "not-ready",
      "message late",
      "exited",
      "delayed",
      "launched",
      "ready",
      "message second",
    ]);
  });

  it("of an abandoned child are dropped", async () => {
    const never = Number.POSITIVE_INFINITY;
    const heard: unknown[] = [];
    const set = stage({
      script: [{ stopMs: never, killMs: never }],
      gracePeriodMs: 5,
      abandonAfterMs: 5,
      onMessage: (message) => void heard.push(message),
    });
    set.handle.pause();
    await set.system.advance(10);
    set.launcher.say({ type: "message", message: "from beyond" });
    expect(heard).toEqual([]);
  });

  it("of an attempt that is over are dropped, also when the next one is there", async () => {
    const heard: unknown[] = [];
    const says: ((signal: ChildSignal) => void)[] = [];
    const system = manualSystem();
    const scripted = scriptedLauncher(system, [{ runMs: 5 }]);
    const handle = supervise(
      {
        launch(info) {
          const child = scripted.launch(info);
          return { ...child, onSignal: (listener) => void says.push(listener) };
        },
      },
      { policy: restartOn("permanent"), onMessage: (message) => void heard.push(message) },
      system,
    );
    await system.advance(5);
    for (const say of says) say({ type: "message", message: says.indexOf(say) });
    expect(heard).toEqual([1]);
    await handle.stop();
  });

  it("without an onMessage are dropped", () => {
    const set = stage();
    expect(() => set.launcher.say({ type: "message", message: 1 })).not.toThrow();
    expect(set.types()).toEqual(["launched", "ready"]);
  });
});

describe("isFailure", () => {
  it("is asked exactly once per exit, with the live exit, and never about an ordered one", async () => {
    const error = new Error("boom");
    const asked: unknown[] = [];
    const set = stage({
      script: [{ runMs: 1, exit: { kind: "failed", error } }, { runMs: 1 }, {}, {}],
      isFailure: (exit) => {
        asked.push(exit);
        return false;
      },
    });
    await set.system.advance(5);
    set.handle.restart();
    await set.system.settle();
    await set.handle.stop();
    expect(asked).toEqual([{ kind: "failed", error }, { kind: "completed" }]);
    expect((asked[0] as { error: unknown }).error).toBe(error);
    const told = set.journal.flatMap(({ event }) =>
      event.type === "exited" ? [event.failed] : [],
    );
    expect(told).toEqual([false, false, false, false]);
  });

  it.each([
    ["a promise: it was made async", () => Promise.resolve(false)],
    ["a promise that rejects, which is not unhandled", reject],
    ["nothing", () => undefined],
    ["a number", () => 1],
  ])("that answers %s gives no verdict: failed, the caller is to blame", async (_, judge) => {
    const set = stage({ script: [{ runMs: 1 }], isFailure: judge as () => never });
    await set.system.advance(1);
    expect(await set.handle.outcome).toMatchObject({
      type: "failed",
      error: { code: "ERR_CONTRACT", party: "caller" },
      lastExit: { kind: "completed" },
    });
    expect(set.launcher.launchedAt).toEqual([0]);
  });

  it("by default: everything is a failure but completed, cancelled and lost", async () => {
    const set = stage({
      script: [
        { runMs: 1 },
        { runMs: 1, exit: { kind: "cancelled" } },
        { runMs: 1, exit: { kind: "lost" } },
        { runMs: 1, exit: { kind: "failed" } },
        { runMs: 1, exit: { kind: "signalled", signal: "SIGSEGV" } },
        { cannotStart: "no" },
      ],
    });
    await set.system.advance(10);
    const told = set.events.flatMap((event) => (event.type === "exited" ? [event.failed] : []));
    expect(told).toEqual([false, false, false, true, true, true]);
  });
});

describe("a journal", () => {
  it("that mutates its entry changes nothing for anybody else", async () => {
    const set = stage({
      script: [{ runMs: 1, exit: { kind: "failed", code: 7 } }],
      journal: (entry: JournalEntry) => {
        for (const key of Object.keys(entry)) Reflect.deleteProperty(entry, key);
      },
    });
    await set.system.advance(1);
    expect(set.launcher.launchedAt).toEqual([0, 1]);
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({ exit: { code: 7 } });
  });
});
