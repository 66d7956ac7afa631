// The virtual runtime: what a raw child tells, when, and what is remembered of it.

import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { type RawEvent, type RawScript, virtualRuntime } from "../../src/index.js";

/** Starts one child and listens to it. */
function started(script: RawScript) {
  const system = manualSystem();
  const runtime = virtualRuntime(system, [script]);
  const child = runtime.start();
  const told: [number, RawEvent][] = [];
  child.onEvent((event) => told.push([system.now, event]));
  const record = () => runtime.children[0];
  return { system, runtime, child, told, record };
}

const types = (told: readonly (readonly [number, RawEvent])[]) =>
  told.map(([at, { type }]) => `${type} at ${at}`);

describe("a raw child", () => {
  it("tells nothing within the call that starts it", async () => {
    const { told, system } = started({ runMs: 0 });
    expect(told).toStrictEqual([]);
    await system.settle();
    expect(types(told)).toStrictEqual(["started at 0", "exit at 0"]);
  });

  it("says what it has to say, runs, and ends, each at its instant", async () => {
    const says = [
      { afterMs: 0, signal: { type: "ready" } },
      { afterMs: 7, signal: { type: "message", message: "hello" } },
      { afterMs: 99, signal: { type: "heartbeat" } },
    ] as const;
    const { told, system, runtime } = started({ says, runMs: 50, end: { code: 3 } });
    await system.advance(200);
    expect(types(told)).toStrictEqual(["started at 0", "said at 0", "said at 7", "exit at 50"]);
    expect(told.at(-1)?.[1]).toStrictEqual({ type: "exit", end: { code: 3 } });
    expect([runtime.alive, system.pendingTimers]).toStrictEqual([0, 0]);
  });

  it.each([
    ["is asked", {}, "ask", 0, { code: 0 }],
    ["takes its time", { stopMs: 9, stopEnd: { code: 5 } }, "ask", 9, { code: 5 }],
    ["is forced", {}, "force", 0, { signal: "SIGKILL" }],
    ["dies slowly", { killMs: 4, killEnd: { code: 1 } }, "force", 4, { code: 1 }],
  ] as const)("ends when it %s", async (_, script, call, at, end) => {
    const { told, system, child } = started(script);
    await system.advance(1_000);
    child[call]("stop");
    expect(types(told)).toStrictEqual(["started at 0"]);
    await system.advance(1_000);
    expect(told.at(-1)).toStrictEqual([1_000 + at, { type: "exit", end }]);
  });

  it.each([
    ["a request", { stopMs: null }, "ask"],
    ["force", { killMs: null }, "force"],
  ] as const)("goes on in spite of %s, if its script says so", async (_, script, call) => {
    const { system, child, runtime } = started(script);
    child[call]("stop");
    await system.advance(1_000_000);
    expect([runtime.alive, system.pendingTimers]).toStrictEqual([1, 0]);
  });

  it("makes an Error of a text that it is to throw", async () => {
    const { told, system } = started({ runMs: 0, end: { error: "boom" } });
    await system.settle();
    const event = told.at(-1)?.[1];
    expect(event?.type === "exit" && event.end).toStrictEqual({ error: new Error("boom") });
  });
});

describe("a refusal", () => {
  it("is thrown as a system error, or emitted instead of a start", async () => {
    const thrown = virtualRuntime(manualSystem(), [{ start: "throws" }]);
    expect(() => thrown.start()).toThrow(expect.objectContaining({ code: "ENOENT", errno: -2 }));
    expect(thrown.children[0]?.thrown?.error).toMatchObject({ syscall: "spawn" });

    const { told, system, child, runtime } = started({ start: "refuses" });
    expect(child.pid).toBe(null);
    await system.settle();
    expect(types(told)).toStrictEqual(["error at 0"]);
    child.force();
    await system.advance(1);
    expect([told.length, runtime.alive]).toStrictEqual([1, 0]);
  });

  it("of a wrong call is a TypeError", () => {
    const runtime = virtualRuntime(manualSystem(), [{ start: "misuse" }]);
    expect(() => runtime.start()).toThrow(TypeError);
    expect(runtime.alive).toBe(0);
  });
});

describe("what runtimes do at times", () => {
  it.each([
    [{ odd: ["exits-twice"] }, ["started", "exit", "exit late"]],
    [{ odd: ["speaks-after-exit"] }, ["started", "exit", "said late", "said late"]],
    [{ odd: ["errs-after-exit"] }, ["started", "exit", "error late"]],
    [{ start: "refuses", odd: ["exits-after-refusal"] }, ["error", "exit late"]],
    [{ odd: ["errs-while-running"], runMs: 1 }, ["started", "error", "exit"]],
  ] as const)("%j", async (script, expected) => {
    const { system, record } = started({ runMs: 0, ...script });
    await system.advance(10);
    const told = record()?.told.map(({ event, isLate }) => `${event.type}${isLate ? " late" : ""}`);
    expect(told).toStrictEqual(expected);
    expect(system.pendingTimers).toBe(0);
  });
});

describe("the account", () => {
  it("says what was done to a child, and what came too late", async () => {
    const { system, child, record } = started({ runMs: 5 });
    child.send("hello");
    child.ask("stop");
    await system.advance(10);
    child.force();
    expect(record()?.calls).toStrictEqual([
      { call: "send", message: "hello", isLate: false },
      { call: "ask", message: undefined, isLate: false },
      { call: "force", message: undefined, isLate: true },
    ]);
  });

  it("says how many listened, and what they threw", async () => {
    const system = manualSystem();
    const runtime = virtualRuntime(system, [{ runMs: 5 }]);
    const child = runtime.start();
    const remove = child.onEvent(() => {});
    child.onEvent(({ type }) => {
      if (type === "exit") throw new Error("no");
    });
    await system.settle();
    remove();
    await system.advance(10);
    const told = runtime.children[0]?.told.map(({ heardBy, escaped }) => [heardBy, escaped]);
    expect(told).toStrictEqual([
      [2, []],
      [1, [new Error("no")]],
    ]);
  });

  it("counts who listens to the host, and lets children run on after the last script", async () => {
    const { system, runtime } = started({});
    const remove = runtime.onHost(() => {});
    expect(runtime.hostListeners).toBe(1);
    remove();
    expect(runtime.hostListeners).toBe(0);
    runtime.start();
    await system.advance(1_000_000);
    expect([runtime.alive, runtime.children.length]).toStrictEqual([2, 2]);
    const byNumber = virtualRuntime(system, (start) => ({ runMs: start }));
    byNumber.start();
    byNumber.start();
    expect(byNumber.children.map(({ script }) => script.runMs)).toStrictEqual([1, 2]);
  });
});
