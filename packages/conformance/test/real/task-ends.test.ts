// However a promise task ends, its result or its cause is in the outcome, and the event loop goes on.

import { backoff } from "@steadfast/backoff";
import { giveUp, restartOn } from "@steadfast/policy";
import { type Task, taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { type Outcome, realSystem, type System, supervise } from "@steadfast/supervisor";
import { drained } from "@steadfast/supervisor/testing";
import { describe, expect, expectTypeOf, it } from "vitest";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { stage } from "../adapters/stage.js";

keepsHostQuiet();

const transient = restartOn("transient");
const restarts = (limit: number) =>
  giveUp(slidingWindow({ limit, windowMs: 3_600_000, counts: "restarts" }));

describe("the outcome", () => {
  it("carries the task's result, and its type", async () => {
    const launcher = taskLauncher(async ({ attempt }) => {
      if (attempt < 3) throw new Error(`attempt ${attempt}`);
      return { apples: attempt };
    });
    const handle = supervise(launcher, { policy: transient });
    expectTypeOf(handle.outcome).resolves.toEqualTypeOf<Outcome<{ apples: number }>>();
    const outcome = await handle.outcome;
    if (outcome.type === "completed") {
      expectTypeOf(outcome.value).toEqualTypeOf<{ apples: number }>();
    }
    expect(outcome).toStrictEqual({
      type: "completed",
      value: { apples: 3 },
      lastExit: { kind: "completed", value: { apples: 3 } },
      attempts: 3,
    });
  });

  it("is the very value, and no copy of it is in the journal or the events", async () => {
    const value = { secret: "the only copy" };
    const on = stage(
      taskLauncher(() => value),
      { policy: transient },
    );
    const outcome = await on.handle.outcome;
    expect(outcome.type === "completed" && outcome.value).toBe(value);
    expect(JSON.stringify([on.events, on.journal, on.handle.status()])).not.toContain("only copy");
  });
});

describe("whatever is thrown settles the supervision, and is the cause", () => {
  const proxy = new Proxy(
    {},
    {
      get() {
        throw new Error("trapped");
      },
      has() {
        throw new Error("trapped");
      },
      ownKeys() {
        throw new Error("trapped");
      },
      getPrototypeOf() {
        throw new Error("trapped");
      },
    },
  );
  const frozen = Object.freeze({ frozen: true });
  const thrown: readonly (readonly [string, unknown])[] = [
    ["undefined", undefined],
    ["null", null],
    ["a text", "boom"],
    ["NaN", Number.NaN],
    ["a frozen object", frozen],
    ["a Proxy that traps everything", proxy],
    ["an AbortError that nobody asked for", new DOMException("no", "AbortError")],
    [
      "an option error of ours",
      Object.assign(new RangeError("no"), { code: "ERR_POLICY_OPTIONS" }),
    ],
  ];
  const ways: readonly (readonly [string, (what: unknown) => Task<unknown>])[] = [
    [
      "thrown at once",
      (what) => () => {
        throw what;
      },
    ],
    ["rejected at once", (what) => () => Promise.reject(what)],
    [
      "rejected later",
      (what) => async () => {
        await drained();
        throw what;
      },
    ],
  ];

  describe.each(ways)("%s:", (_, task) => {
    it.each(thrown)("%s", async (_, what) => {
      const { handle, exits, journal } = stage(taskLauncher(task(what)), { policy: restarts(2) });
      const outcome = await handle.outcome;
      expect([outcome.type, outcome.attempts]).toStrictEqual(["refused", 3]);
      expect(outcome.lastExit?.kind).toBe("failed");
      const error = outcome.lastExit && "error" in outcome.lastExit && outcome.lastExit.error;
      expect(Object.is(error, what)).toBe(true);
      expect(exits().map(({ kind }) => kind)).toStrictEqual(["failed", "failed", "failed"]);
      expect(JSON.parse(JSON.stringify(journal))).toHaveLength(7);
    });
  });
});

describe("a task that fails at once, without a delay", () => {
  it.each<readonly [string, () => unknown]>([
    [
      "throwing",
      () => {
        throw new Error("boom");
      },
    ],
    ["rejecting", () => Promise.reject(new Error("boom"))],
    ["returning", () => "done"],
  ])("does not starve the event loop (%s): every round lets the others run", async (_, fail) => {
    const rounds = 50;
    let others = 0;
    const before: number[] = [];
    const on = stage(
      taskLauncher(() => {
        before.push(others);
        setImmediate(() => {
          others += 1;
        });
        return fail();
      }),
      { policy: restarts(rounds - 1) },
    );
    await on.handle.outcome;
    expect(before).toStrictEqual(Array.from({ length: rounds }, (_, round) => round));
  });
});

describe("a delay of more than 2^31-1 ms", () => {
  it("is never asked of a timer, which would ring at once", async () => {
    const timersMs: number[] = [];
    const { set, clear } = realSystem.timers;
    const timers: System["timers"] = {
      set(ring, delayMs) {
        timersMs.push(delayMs);
        return set(ring, delayMs);
      },
      clear,
    };
    const on = stage(
      taskLauncher(() => Promise.reject(new Error("boom"))),
      {
        policy: backoff({ initialMs: 2 ** 32, capMs: 2 ** 40, jitter: "none" }),
        healthyAfterMs: 2 ** 40, // or its timer, which stands earlier, would be left where it is
      },
      { ...realSystem, timers },
    );
    expect(await on.event("delayed")).toMatchObject({ delayMs: 2 ** 32 });
    await drained();
    expect(Math.max(...timersMs)).toBe(2 ** 31 - 1);
    expect(await on.handle.stop()).toMatchObject({ attempts: 1 });
  });
});
