// A pool on manual time: its limits at the very instant, and everything it does to its threads.

import { getEventListeners } from "node:events";
import { giveUp, isPolicyOptionsError, lifetimeCap } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { RunOptions, WorkerPoolOptions } from "../../src/pool.js";
import { workerPool } from "../../src/pool.js";
import { fate, scripted } from "./scripted.js";

describe("a time limit", () => {
  it("counts from the call, whatever is waited for, and leaves nothing", async () => {
    const { pool, system, turn } = scripted();
    const waits = fate(pool.run(1, { timeoutMs: 100 }));
    await system.advance(99);
    expect(pool.stats().queued).toBe(1);
    await system.advance(1);
    expect(await waits).toMatchObject({ error: { reason: "timed-out", name: "TimeoutError" } });
    expect(pool.stats()).toMatchObject({ queued: 0, timedOut: 1 });
    await turn();
  });

  it("of a request in flight asks the thread to let go, and ends it after the grace at the instant", async () => {
    const set = scripted({ abortGraceMs: 50, policy: giveUp(lifetimeCap({ restarts: 0 })) });
    set.ready();
    const late = fate(set.pool.run(1, { timeoutMs: 100 }));
    const next = fate(set.pool.run(2));
    await set.system.advance(100);
    expect(await late).toMatchObject({ error: { reason: "timed-out" } });
    expect(set.now.done).toStrictEqual(["unask 1"]);
    await set.system.advance(49);
    expect(set.now.done).toStrictEqual(["unask 1"]);
    await set.system.advance(1);
    await set.turn();
    expect(set.attempts[0]?.done).toStrictEqual(["unask 1", "stop: restart", "kill"]);
    expect(set.attempts).toHaveLength(2);
    set.ready();
    set.now.answer("ok");
    expect(await next).toStrictEqual({ value: "ok" });
    expect(set.pool.stats().replaced).toStrictEqual({ uses: 0, heap: 0, withdrawn: 1 });
  });

  it("that is not reached is taken back", async () => {
    const set = scripted();
    set.ready();
    const { signal } = new AbortController();
    const answer = set.pool.run(1, { timeoutMs: 100, signal });
    set.now.answer(7);
    expect(await answer).toBe(7);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    await set.system.advance(1_000);
    expect([set.now.done, set.pool.stats().timedOut]).toStrictEqual([[], 0]);
  });
});

describe("a thread", () => {
  it("that lets go in time keeps its work", async () => {
    const set = scripted({ abortGraceMs: 50 });
    set.ready();
    const controller = new AbortController();
    const gone = fate(set.pool.run(1, { signal: controller.signal }));
    const next = set.pool.run(2);
    controller.abort("enough");
    expect(await gone).toStrictEqual({ error: "enough" });
    set.now.answer(); // it is done
    set.now.answer("ok");
    expect(await next).toBe("ok");
    await set.system.advance(1_000);
    expect(set.now.done).toStrictEqual(["unask 1"]);
  });

  it("that is not ready any more is given nothing until it is", async () => {
    const set = scripted();
    set.ready();
    set.now.say({ type: "not-ready" });
    const answer = set.pool.run(1);
    expect([set.now.asked.length, set.pool.stats().up]).toStrictEqual([0, 0]);
    set.ready();
    set.now.answer("ok");
    expect(await answer).toBe("ok");
  });

  it("that never gets ready is ended in time, and what waits goes to the next", async () => {
    const set = scripted({ readyTimeoutMs: 100, gracePeriodMs: 10 });
    const answer = set.pool.run(1);
    await set.system.advance(110);
    await set.turn();
    expect(set.attempts[0]?.done).toStrictEqual(["stop: not-ready-in-time", "kill"]);
    set.ready();
    set.now.answer("ok");
    expect(await answer).toBe("ok");
  });

  it("is measured after an answer, and replaced above the limit when it has nothing left", async () => {
    const set = scripted({ recycle: { heapMb: 1 }, concurrency: 2 });
    set.ready();
    const [first, second] = [set.pool.run(1), set.pool.run(2)];
    set.now.answer();
    await first;
    expect(set.now.done).toStrictEqual(["measure"]);
    set.now.measured(2 ** 20);
    await set.turn();
    expect(set.now.done).toStrictEqual(["measure"]);
    set.now.measured(2 ** 20 + 1);
    const waits = set.pool.run(3);
    set.now.answer();
    await second;
    await set.turn();
    expect(set.now.done).toStrictEqual(["measure", "stop: restart"]);
    set.now.exit({ kind: "completed" });
    await set.turn();
    set.ready();
    set.now.answer("ok");
    expect(await waits).toBe("ok");
  });

  it("at an age is the tree's to replace: what it has is answered, and it gets nothing more", async () => {
    const set = scripted({ recycle: { ageMs: 100 } });
    set.ready();
    const [first, next] = [set.pool.run(1), set.pool.run(2)];
    await set.system.advance(100);
    expect(set.now.done).toStrictEqual(["stop: restart"]);
    set.now.answer("first");
    expect([await first, set.now.asked.length]).toStrictEqual(["first", 0]);
    set.now.exit({ kind: "completed" });
    await set.turn();
    set.ready();
    set.now.answer("next");
    expect(await next).toBe("next");
  });
});

describe("a request", () => {
  it("that cannot be sent rejects with the reason, and the next one is sent", async () => {
    const refuses = ({ message }: { readonly message: unknown }) => {
      if (message === "bad") throw new TypeError("no way");
    };
    const set = scripted({}, refuses);
    set.ready();
    const answers = ["first", "bad", "last"].map((message) => fate(set.pool.run(message)));
    set.now.answer(1);
    set.now.answer(3);
    expect(await Promise.all(answers)).toMatchObject([
      { value: 1 },
      { error: { message: "no way" } },
      { value: 3 },
    ]);
    expect(set.pool.stats()).toMatchObject({ unsent: 1, completed: 2, inFlight: 0 });
  });

  it("of another thread's past has no answer", async () => {
    const set = scripted({ policy: giveUp(lifetimeCap({ restarts: 5 })) });
    set.ready();
    const [first] = set.attempts;
    const lost = fate(set.pool.run(1));
    first?.exit({ kind: "failed", code: 3 });
    expect(await lost).toMatchObject({ error: { reason: "lost", attempt: 1, exit: { code: 3 } } });
    await set.turn();
    set.ready();
    const next = fate(set.pool.run(2));
    first?.say({ type: "answer", id: 2, value: "ghost" });
    set.now.answer("ok");
    expect(await next).toStrictEqual({ value: "ok" });
  });

  it("may be made from inside any callback", async () => {
    const answers: Promise<unknown>[] = [];
    const set = scripted({
      recycle: { uses: 1 },
      onEvent: ({ type }) => {
        if (type === "ready") answers.push(fate(set.pool.run(type)));
      },
      isFailure: () => {
        answers.push(fate(set.pool.run("isFailure")));
        return true;
      },
    });
    set.ready();
    set.now.answer(1);
    await set.turn();
    set.now.exit({ kind: "completed" });
    await set.turn();
    set.ready();
    set.now.answer(2);
    await set.turn();
    expect(await answers[0]).toStrictEqual({ value: 1 });
    expect(answers.length).toBeGreaterThan(1);
    await set.pool.stop({ force: true });
    await Promise.all(answers);
  });
});

describe("a stop", () => {
  it("in order waits for the answers, then asks the threads to end", async () => {
    const set = scripted();
    set.ready();
    const [first, next] = [set.pool.run(1), set.pool.run(2)];
    const stopped = set.pool.stop();
    await set.turn();
    expect(set.now.done).toStrictEqual([]);
    set.now.answer(1);
    set.now.answer(2);
    expect(await Promise.all([first, next])).toStrictEqual([1, 2]);
    await set.turn();
    expect(set.now.done).toStrictEqual(["stop: halt"]);
    set.now.exit({ kind: "completed" });
    expect(await stopped).toMatchObject({ type: "stopped" });
    expect(set.system.pendingTimers).toBe(0);
  });

  it("with a time becomes one by force at the instant; a second stop may force it before", async () => {
    const set = scripted();
    set.ready();
    const open = [fate(set.pool.run(1)), fate(set.pool.run(2))];
    void set.pool.stop({ timeoutMs: 100 });
    await set.system.advance(99);
    expect(set.now.done).toStrictEqual([]);
    await set.system.advance(1);
    await set.turn();
    expect(await Promise.all(open)).toMatchObject([
      { error: { reason: "over", exit: null } },
      { error: { reason: "over", exit: null } },
    ]);
    expect(set.now.done).toStrictEqual(["kill"]);
    expect(await set.pool.outcome).toMatchObject({ type: "stopped" });
    expect(set.system.pendingTimers).toBe(0);
  });
});

describe("a bad option", () => {
  const refusal = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      if (isPolicyOptionsError(error)) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  };
  const policy = giveUp(lifetimeCap({ restarts: 0 }));

  it.each([
    [{}, "policy"],
    [{ policy, threads: 0 }, "threads"],
    [{ policy, threads: 1_001 }, "threads"],
    [{ policy, concurrency: 0 }, "concurrency"],
    [{ policy, maxQueue: -1 }, "maxQueue"],
    [{ policy, maxQueue: 0.5 }, "maxQueue"],
    [{ policy, abortGraceMs: -1 }, "abortGraceMs"],
    [{ policy, abortGraceMs: Number.NaN }, "abortGraceMs"],
    [{ policy, id: "a/b" }, "id"],
    [{ policy, id: " " }, "id"],
    [{ policy, recycle: {} }, "uses"],
    [{ policy, recycle: { uses: 0 } }, "uses"],
    [{ policy, recycle: { heapMb: 0 } }, "heapMb"],
    [{ policy, recycle: { ageMs: 0 } }, "ageMs"],
    [{ policy, recycle: { spread: 1 } }, "spread"],
    [{ policy, signal: {} }, "signal"],
    [{ policy, signal: { addEventListener() {} } }, "signal"],
    [{ policy, onMessage: 1 }, "onMessage"],
    [{ policy, standby: -1 }, "standby"],
    [{ policy, gracePeriodMs: -1 }, "gracePeriodMs"],
    [{ policy, transferList: [] }, "transferList"],
    [{ policy, maxThreads: 2 }, "maxThreads"],
    [{ policy, stdout: true }, "stdout"],
  ])("is refused, and nothing is started: %j", (options, option) => {
    const entry = new URL("data:text/javascript,");
    expect(refusal(() => workerPool(entry, options as WorkerPoolOptions)).option).toBe(option);
  });

  it("is named with the pool, the allowed range, the value got, and the nearest right name", () => {
    const entry = new URL("data:text/javascript,");
    const message = (options: object) =>
      refusal(() => workerPool(entry, { policy, ...options } as WorkerPoolOptions)).message;
    expect(message({ gracePeriodMs: -1 })).toBe(
      "workerPool: gracePeriodMs must be a whole number from 0 to 9007199254740991, got -1",
    );
    expect(message({ budget: 3 })).toBe("workerPool: budget must be a restart policy, got 3");
    expect(message({ thread: 2 })).toBe(
      "workerPool: unknown option thread (did you mean threads?)",
    );
    expect(message({ heartbeatEveryMs: 0.5 })).toContain("workerPool: heartbeatEveryMs must be");
  });

  it.each([null, undefined, 7])("list is refused: %s", (options) => {
    const entry = new URL("data:text/javascript,");
    const given = options as unknown as WorkerPoolOptions;
    expect(refusal(() => workerPool(entry, given)).option).toBe("options");
  });

  it.each([
    [{ timeoutMs: 0 }, "timeoutMs"],
    [{ timeoutMs: 1.5 }, "timeoutMs"],
    [{ priority: 0.5 }, "priority"],
    [{ priority: Infinity }, "priority"],
    [{ resends: -1 }, "resends"],
    [{ resends: 1, transferList: [1] }, "transferList"],
    [{ transferList: {} }, "transferList"],
    [{ name: 1 }, "name"],
    [{ signal: 1 }, "signal"],
    [{ idempotent: true }, "idempotent"],
  ])("of a request rejects it: %j", async (options, option) => {
    const { pool } = scripted();
    expect(await fate(pool.run(1, options as RunOptions))).toMatchObject({ error: { option } });
    expect(pool.stats().requests).toBe(0);
  });

  it("of a stop is thrown", () => {
    const { pool } = scripted();
    const stop = pool.stop as (how: object) => unknown;
    expect(refusal(() => stop({ forced: true })).option).toBe("forced");
    expect(refusal(() => stop({ timeoutMs: -1 })).option).toBe("timeoutMs");
  });
});
