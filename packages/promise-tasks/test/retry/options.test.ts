// What `retry` and `retryable` take, and what their edges are. Time is an argument.

import { launch, restartPolicy } from "@steadfast/policy";
import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { RefusedError, type RetryFailure, refusedBy, retry, retryable } from "../../src/index.js";
import { slots } from "./policies.js";

const boom = new Error("boom");
const fails = () => Promise.reject(boom);
const caught = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const every = (delayMs: number) =>
  restartPolicy({
    name: "every",
    launch: (state, { cause }) => [state, launch(cause === "start" ? 0 : delayMs)],
  });

describe("a bad option", () => {
  it.each([
    [
      { attempts: -1 },
      "retry: attempts must be a whole number from 1 to 2^53-1, or Infinity, got -1",
    ],
    [{ attempts: 2, attemptTimeoutMs: -1 }, "attemptTimeoutMs must be a whole number from 0"],
    [{ deadlineMs: 0.5 }, "deadlineMs must be a whole number from 0"],
    [{ attempts: 2, signal: {} }, "signal must be an AbortSignal"],
    [{ attempts: 2, signal: { addEventListener() {} } }, "signal must be an AbortSignal"],
    [{ attempts: 2, retryOn: 1 }, "retryOn must be a function"],
    [{ attempts: 2, onFailure: "log" }, "onFailure must be a function"],
    [{ attempts: 2, onNotYet: "stop" }, "onNotYet must be wait or end"],
    [{ attempts: 2, throws: "never" }, "throws must be error or refused"],
    [{ attempts: 2, unref: 1 }, "unref must be true or false"],
    [{ policy: [slots] }, "did you mean allOf(...list)?"],
    [{ policy: slots, attempts: 2 }, "attempts must be left out beside a policy"],
    [{ policy: slots, delayFrom: () => 0 }, "delayFrom must be left out beside a policy"],
    [{ attempts: 2, retries: 3 }, "unknown option retries"],
    [null, "options must be an object"],
  ])("%j is refused at once", (options, message) => {
    expect(() => retry(fails, options as never)).toThrow(message);
  });

  it("names the function that was called", () => {
    expect(() => retryable(fails, { attempts: 0 })).toThrow("retryable: attempts must be");
    expect(() => retry("task" as never, { attempts: 1 })).toThrow("retry: task must be a function");
    expect(() => retry(fails, { attempts: 1 }, {} as never)).toThrow("retry: system must be");
  });

  it("is not one that is undefined", async () => {
    const options = { attempts: 1, signal: undefined, policy: undefined, retryOn: undefined };
    expect(await retry(() => 1, options as never)).toBe(1);
  });
});

describe("an attempt's time", () => {
  it.each([
    [99, "in time"],
    [100, "TimeoutError"],
    [101, "TimeoutError"],
  ])("of 100 ms, and a task that takes %i: %s", async (ms, expected) => {
    const system = manualSystem();
    const task = () =>
      new Promise((resolve) => void system.timers.set(() => resolve("in time"), ms));
    const settled = caught(retry(task, { attempts: 1, attemptTimeoutMs: 100 }, system));
    await system.advance(200);
    const end = await settled;
    expect(end instanceof Error ? end.name : end).toBe(expected);
    expect(system.pendingTimers).toBe(0);
  });

  it("begins once more, once, if its end is seen late by more than a tenth", async () => {
    const system = manualSystem();
    let isOver = false;
    const settled = caught(
      retry(() => new Promise(() => {}), { attempts: 1, attemptTimeoutMs: 100 }, system),
    );
    void settled.then(() => {
      isOver = true;
    });
    system.jump(111);
    await system.settle();
    await system.advance(99);
    expect(isOver).toBe(false);
    system.jump(system.now + 500);
    await system.settle();
    expect(isOver).toBe(true);
  });

  it("is over where its end is seen late by a tenth", async () => {
    const system = manualSystem();
    const settled = caught(
      retry(() => new Promise(() => {}), { attempts: 1, attemptTimeoutMs: 100 }, system),
    );
    system.jump(110);
    await system.settle();
    expect(await settled).toMatchObject({ code: "ERR_TIMED_OUT" });
  });
});

describe("the deadline", () => {
  it.each([
    [100, 101, 2, "cap-reached"],
    [100, 100, 1, "deadline"],
    [99.5, 100, 1, "deadline"],
    [0, 0, 0, "deadline"],
  ])("with a delay of %d, %i: %i attempts, %s", async (delayMs, deadlineMs, attempts, reason) => {
    const system = manualSystem();
    let left = 2;
    const policy = restartPolicy({
      name: "twice",
      launch: (state, { cause }) => [
        state,
        left-- > 0
          ? launch(cause === "start" ? 0 : delayMs)
          : { type: "refuse", reason: "cap-reached", retryAfterMs: null },
      ],
    });
    const settled = caught(retry(fails, { policy, deadlineMs }, system));
    await system.advance(1_000);
    expect(refusedBy(await settled)).toMatchObject({ attempts, reason });
  });

  it("is not put off by a late look", async () => {
    const system = manualSystem();
    const settled = caught(retry(() => new Promise(() => {}), { deadlineMs: 100 }, system));
    system.jump(500);
    await system.settle();
    expect(await settled).toMatchObject({
      code: "ERR_TIMED_OUT",
      limit: "deadlineMs",
      afterMs: 100,
    });
  });
});

describe("a refusal with a time", () => {
  it("is waited for", async () => {
    const system = manualSystem();
    const at: number[] = [];
    const task = () => {
      at.push(system.now);
      return at.length < 5 ? fails() : "done";
    };
    const settled = retry(task, { policy: slots }, system);
    await system.advance(1_000);
    expect(await settled).toBe("done");
    expect(at).toStrictEqual([0, 0, 0, 200, 200]);
  });

  it("is final if that is wanted, and says when it would have been admitted", async () => {
    const system = manualSystem();
    const settled = caught(retry(fails, { policy: slots, onNotYet: "end" }, system));
    await system.settle();
    const error = await settled;
    expect(error).toBe(boom);
    expect(refusedBy(error)).toMatchObject({
      reason: "window-full",
      attempts: 3,
      retryAfterMs: 200,
    });
  });
});

describe("what is told", () => {
  it("of each failure: what it was, and what follows", async () => {
    const system = manualSystem();
    const told: unknown[] = [];
    const onFailure = ({ attempt, delayMs, reason, exit }: RetryFailure) =>
      told.push([attempt, exit.kind, delayMs, reason]);
    const settled = caught(retry(fails, { attempts: 3, backoff: every(50), onFailure }, system));
    await system.advance(100);
    await settled;
    expect(told).toStrictEqual([
      [1, "failed", 50, null],
      [2, "failed", 50, null],
      [3, "failed", null, "cap-reached"],
    ]);
  });

  it("keeps the newest ten errors", async () => {
    let n = 0;
    const task = () => Promise.reject(++n);
    const error = (await caught(retry(task, { attempts: 12, throws: "refused" }))) as RefusedError;
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({ attempts: 12, reason: "cap-reached", cause: 12 });
    expect(error.errors).toStrictEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(refusedBy(error)).toBe(error);
  });

  it("is nothing for what no retry threw", () => {
    for (const error of [undefined, null, "boom", 5, new Error("another")]) {
      expect(refusedBy(error)).toBe(null);
    }
  });
});

describe("a second abort", () => {
  it("gives the attempt up at once", async () => {
    const target = new EventTarget();
    const signal = Object.assign(target, {
      aborted: false,
      reason: boom,
    }) as unknown as AbortSignal;
    const system = manualSystem();
    const settled = caught(retry(() => new Promise(() => {}), { attempts: 1, signal }, system));
    target.dispatchEvent(new Event("abort"));
    target.dispatchEvent(new Event("abort"));
    expect(await settled).toBe(boom);
    expect(system.pendingTimers).toBe(0);
  });
});

describe("restarts without delay", () => {
  it("let the event loop have its turn, also where the clock stands still", async () => {
    const system = manualSystem();
    let isOver = false;
    const settled = caught(retry(fails, { attempts: 2_500 }, system)).then(() => {
      isOver = true;
    });
    let turns = 0;
    while (!isOver && (await system.next())) turns++;
    await settled;
    expect(turns).toBe(3);
  });

  it("let it have its turn at least every 5 ms", async () => {
    const system = manualSystem();
    const turns: number[] = [0];
    const busy = () => {
      system.jump(system.clock() + 1);
      turns.push((turns.pop() ?? 0) + 1);
      throw boom;
    };
    let isOver = false;
    const settled = caught(retry(busy, { attempts: 21 }, system)).then(() => {
      isOver = true;
    });
    while (!isOver && (await system.next())) turns.push(0);
    await settled;
    // The first attempt is made at once, the others in four turns.
    expect(turns).toEqual([1 + 5, 5, 5, 5, 0]);
  });
});

describe("retryable", () => {
  it("passes arguments and this, and retries each call for itself", async () => {
    const account = {
      calls: 0,
      add: retryable(
        function (this: { calls: number }, one: number, other: number) {
          if (this.calls++ % 2 === 0) throw boom;
          return one + other;
        },
        { attempts: 2 },
      ),
    };
    expect(await account.add(1, 2)).toBe(3);
    expect(await account.add(3, 4)).toBe(7);
    expect(account.calls).toBe(4);
  });
});

describe("types", () => {
  it("the value is that of the task", () => {
    const attempts = 1;
    expectTypeOf(retry(async () => 42, { attempts })).toEqualTypeOf<Promise<number>>();
    expectTypeOf(retry(() => "text", { attempts })).toEqualTypeOf<Promise<string>>();
    expectTypeOf(retry(async () => {}, { attempts })).toEqualTypeOf<Promise<void>>();
    const mixed = (): "s" | Promise<number> => "s";
    expectTypeOf(retry(mixed, { attempts })).toEqualTypeOf<Promise<"s" | number>>();
    const half = retryable(async (n: number) => n / 2, { attempts });
    expectTypeOf(half).toEqualTypeOf<(this: unknown, n: number) => Promise<number>>();
  });

  it("a callback knows it, and it is not inferred from there", () => {
    void retry(async () => ({ status: 200 }), {
      attempts: 1,
      retryOn: (response) => response.status > 499,
      onFailure: ({ exit }) =>
        exit.kind === "completed" &&
        expectTypeOf(exit.value).toEqualTypeOf<{ status: number } | undefined>(),
    });
    // @ts-expect-error: the task returns a number
    void retry(async () => 42, { attempts: 1, retryOn: (value: string) => value === "" });
  });
});
