import { describe, expect, expectTypeOf, it } from "vitest";
import { cyclic, revoked, trap } from "../../../config/testing/strange-values.ts";
import {
  isPolicyStateError,
  launch,
  noted,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartPolicy,
} from "../src/index.js";
import { crash, restart, start } from "./traces.js";

const yes = restartPolicy({ name: "yes", launch: (state) => [state, launch()] });

interface Count {
  readonly n: number;
}

const counting = restartPolicy<Count>({
  name: "counting",
  initial: () => ({ n: 0 }),
  launch: ({ n }) => [{ n: n + 1 }, n < 2 ? launch() : refuse("enough", null)],
});

describe("restartPolicy", () => {
  it("has defaults: facts change nothing, the state is null", () => {
    expect(yes.initial()).toBeNull();
    for (const event of [crash, { type: "healthy" }, { type: "reset" }] as const) {
      expect(yes.step(null, event, 0)).toStrictEqual([null, noted]);
    }
    expect(yes.step(null, start, 0)).toStrictEqual([null, launch()]);
  });

  it("describes itself by its name unless told more", () => {
    expect(yes.describe).toStrictEqual({ kind: "yes", options: {}, timesMs: [] });
    const told = restartPolicy({
      name: "told",
      describe: { kind: "k", options: { a: 1 }, timesMs: [5], limit: 3, windowMs: 5 },
      launch: (state) => [state, launch()],
    });
    expect(told.describe).toStrictEqual({
      kind: "k",
      options: { a: 1 },
      timesMs: [5],
      limit: 3,
      windowMs: 5,
    });
  });

  it("tells each function its event and the instant, and notes every fact", () => {
    const told: unknown[] = [];
    const note = (...what: unknown[]) => told.push(...what);
    const policy = restartPolicy<string>({
      name: "p",
      initial: () => "",
      exited: (state, event, now) => `${state}e${note(event, now)}`,
      healthy: (state, event, now) => `${state}h${note(event, now)}`,
      reset: (state, event, now) => `${state}r${note(event, now)}`,
      launch: (state, event, now) => [`${state}l${note(event, now)}`, launch(7)],
    });
    const events = [crash, { type: "healthy" }, { type: "reset" }, restart] as const;
    let state = policy.initial();
    const decisions = events.map((event, now) => {
      const [next, decision] = policy.step(state, event, now);
      state = next;
      return decision;
    });
    expect(state).toBe("e2h4r6l8");
    expect(decisions).toStrictEqual([noted, noted, noted, launch(7)]);
    expect(told).toStrictEqual(events.flatMap((event, now) => [event, now]));
  });

  it("is quiet: the same reference comes back when nothing changed", () => {
    const state = { n: 2 };
    expect(counting.step(state, crash, 0)[0]).toBe(state);
    expect(counting.step(state, { type: "healthy" }, 0)[0]).toBe(state);
    const fresh = { n: 0 };
    expect(counting.step(fresh, { type: "reset" }, 0)[0]).toBe(fresh);
  });

  it("restores the initial state at a reset, unless told otherwise", () => {
    expect(counting.step({ n: 2 }, { type: "reset" }, 0)[0]).toStrictEqual({ n: 0 });
    const halving = restartPolicy<Count>({
      name: "halving",
      initial: () => ({ n: 0 }),
      reset: ({ n }) => ({ n: Math.floor(n / 2) }),
      launch: (state) => [state, launch()],
    });
    expect(halving.step({ n: 5 }, { type: "reset" }, 0)[0]).toStrictEqual({ n: 2 });
  });

  describe("parse, left out", () => {
    it("accepts the initial state only, and gives it back", () => {
      expect(yes.parse(null, 0)).toBeNull();
      expect(counting.parse(JSON.parse('{"n":0}'), 0)).toStrictEqual({ n: 0 });
    });

    it.each([
      ["another value", { n: 1 }],
      ["more fields", { n: 0, m: 0 }],
      ["nothing", undefined],
      ["null", null],
      ["a text", '{"n":0}'],
      ["a cycle", cyclic()],
      ["a bigint", { n: 0n }],
      ["a trap", trap()],
      ["a revoked Proxy", revoked()],
    ])("refuses %s", (_, raw) => {
      expect(() => counting.parse(raw, 0)).toThrow(
        expect.toSatisfy((error) => isPolicyStateError(error) && error.path === ""),
      );
      expect(counting.idle?.(raw as Count, 0)).toBe(false);
    });

    it.each([undefined, Number.NaN, 0, false, "null", {}, []])("refuses %s for null", (raw) => {
      expect(() => yes.parse(raw, 0)).toThrow(expect.toSatisfy(isPolicyStateError));
    });
  });

  it("asks a parse of its own, with the instant", () => {
    const policy = restartPolicy<Count>({
      name: "p",
      initial: () => ({ n: 0 }),
      launch: (state) => [state, launch()],
      parse: (raw, now) => ({ n: (raw as number) + now }),
    });
    expect(policy.parse(3, 4)).toStrictEqual({ n: 7 });
  });

  it("is idle while its state is the initial one, unless told otherwise", () => {
    expect(counting.idle?.({ n: 0 }, 0)).toBe(true);
    expect(counting.idle?.({ n: 1 }, 0)).toBe(false);
    expect(yes.idle?.(null, 0)).toBe(true);
    const forgetful = restartPolicy<Count>({
      name: "forgetful",
      initial: () => ({ n: 0 }),
      launch: (state) => [state, launch()],
      idle: ({ n }, now) => now >= n,
    });
    expect([9, 10].map((now) => forgetful.idle?.({ n: 10 }, now))).toEqual([false, true]);
  });

  it("has types: facts return a state, so that only noting is possible", () => {
    expectTypeOf(yes).toEqualTypeOf<RestartPolicy<null>>();
    expectTypeOf(counting).toEqualTypeOf<RestartPolicy<Count>>();
    restartPolicy<Count>({
      name: "p",
      initial: () => ({ n: 0 }),
      // @ts-expect-error: a fact cannot be answered
      exited: (state) => [state, launch()],
      launch: (state) => [state, launch()],
    });
    restartPolicy({
      name: "p",
      // @ts-expect-error: a request must be answered with launch or refuse
      launch: (state) => [state, noted],
    });
  });
});

describe("a function that is async", () => {
  const events = {
    exited: { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 1 },
    healthy: { type: "healthy" },
    reset: { type: "reset" },
    launch: { type: "launch", cause: "restart", draw: 0, wall: 0 },
  } as const satisfies Record<string, RestartEvent>;

  it.each(["exited", "healthy", "reset", "launch"] as const)(
    "is refused by name when it is called, and what it rejects with is heard: %s",
    async (part) => {
      const definition = { name: "own", launch: () => [null, launch()] as const };
      const rejects = () => Promise.reject(new Error("boom"));
      const own = restartPolicy({ ...definition, [part]: rejects as never });
      const step = () => own.step(null, events[part], 0);
      expect(step).toThrow(
        `own: ${part} must be a function that is not async, got [object Promise]`,
      );
      await new Promise(setImmediate); // an unhandled rejection would be red
    },
  );
});
