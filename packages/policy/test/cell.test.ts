import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Cell,
  cell,
  isPolicyOptionsError,
  isPolicyStateError,
  type KeyedDecision,
  keyed,
  type LaunchAnswer,
  type LaunchEvent,
  launch,
  type Noted,
  type RestartDecision,
  type RestartEvent,
  restartOn,
  restartPolicy,
} from "../src/index.js";
import { slidingWindow, type WindowState } from "./sample-policies.js";
import { crash } from "./traces.js";

/** Remembers what it was asked, and when. */
const recorder = restartPolicy<readonly (readonly [number, number, number])[]>({
  name: "recorder",
  initial: () => [],
  launch: (state, { draw, wall }, now) => [[...state, [now, draw, wall]], launch()],
  parse: (raw) => raw as (readonly [number, number, number])[],
});

const sequence = (...values: number[]) => {
  const left = [...values];
  return () => left.shift() ?? Number.NaN;
};

describe("cell", () => {
  it("reads the clock and draws for each request", () => {
    const it = cell(recorder, { clock: sequence(10.9, 20), random: sequence(0.25, 0.75) });
    expect(it.send({ type: "launch", cause: "start" })).toStrictEqual(launch());
    it.send({ type: "launch", cause: "restart" });
    expect(it.state).toStrictEqual([
      [10, 0.25, 10],
      [20, 0.75, 20],
    ]);
  });

  it("reads the wall clock where there is one, rounded down; it may go back", () => {
    const wall = sequence(5_000.7, 4_000);
    const it = cell(recorder, { clock: () => 0, random: () => 0, wall });
    it.send({ type: "launch", cause: "start" });
    it.send({ type: "launch", cause: "start" });
    expect(it.state.map(([, , at]) => at)).toStrictEqual([5_000, 4_000]);
  });

  it("holds a clock that goes back", () => {
    const it = cell(recorder, { clock: sequence(100, 50, 101), random: () => 0 });
    for (let n = 0; n < 3; n++) it.send({ type: "launch", cause: "start" });
    expect(it.state.map(([now]) => now)).toStrictEqual([100, 100, 101]);
  });

  it("draws only where it must: neither for facts nor for a draw that is given", () => {
    let drawn = 0;
    const it = cell(recorder, { clock: () => 0, random: () => ++drawn / 10, wall: () => 9 });
    it.send(crash);
    it.send({ type: "launch", cause: "start", draw: 0.5, wall: 7 });
    it.send({ type: "launch", cause: "start", draw: 0, wall: 0 });
    expect(drawn).toBe(0);
    expect(it.state).toStrictEqual([
      [0, 0.5, 7],
      [0, 0, 0],
    ]);
  });

  it("takes undefined for not given", () => {
    const it = cell(recorder, { clock: () => 1, random: () => 0.5 });
    const event = { type: "launch", cause: "start", draw: undefined, wall: undefined };
    it.send(event as unknown as LaunchEvent);
    expect(it.state).toStrictEqual([[1, 0.5, 1]]);
  });

  it("leaves the caller's event alone", () => {
    const event = Object.freeze({ type: "launch", cause: "start" } as const);
    cell(recorder, { clock: () => 1, random: () => 0.5 }).send(event);
    expect(event).toStrictEqual({ type: "launch", cause: "start" });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "refuses a clock or wall that answers %d",
    (bad) => {
      const refused = expect.toSatisfy(isPolicyOptionsError);
      const request = { type: "launch", cause: "start" } as const;
      const clocks = [
        { clock: () => bad, random: () => 0 },
        { clock: () => 0, wall: () => bad, random: () => 0 },
      ];
      for (const options of clocks) {
        const it = cell(recorder, options);
        expect(() => it.send(request)).toThrow(refused);
        expect(() => it.send(request)).toThrow(
          `cell: ${"wall" in options ? "wall" : "clock"} must be`,
        );
        expect(it.state).toStrictEqual([]);
      }
    },
  );

  it("starts from a saved state, parsed at the present instant", () => {
    const window = slidingWindow({ limit: 1, windowMs: 100 });
    const saved = JSON.parse(JSON.stringify({ stamps: [500] }));
    const late = cell(window, { state: saved, clock: () => 599, random: () => 0 });
    expect(late.send({ type: "launch", cause: "restart" })).toHaveProperty("retryAfterMs", 1);
    const early = cell(window, { state: saved, clock: () => 20, random: () => 0 });
    expect(early.state).toStrictEqual({ stamps: [20] });
  });

  it("reads null as a saved state, not as none, and refuses a bad one", () => {
    const options = { clock: () => 0, random: () => 0 };
    const memoryless = restartPolicy({ name: "yes", launch: (state) => [state, launch()] });
    expect(cell(memoryless, { ...options, state: null }).state).toBeNull();
    expect(() => cell(restartOn("transient"), { ...options, state: null })).toThrow(
      expect.toSatisfy(isPolicyStateError),
    );
  });

  it("keeps its state when a step throws, and goes on", () => {
    let broken = false;
    const moody = restartPolicy<number>({
      name: "moody",
      initial: () => 0,
      launch(state) {
        if (broken) throw new Error("not today");
        return [state + 1, launch()];
      },
    });
    const it = cell(moody, { clock: () => 0, random: () => 0 });
    it.send({ type: "launch", cause: "start" });
    broken = true;
    expect(() => it.send({ type: "launch", cause: "restart" })).toThrow("not today");
    expect(it.state).toBe(1);
    broken = false;
    it.send({ type: "launch", cause: "restart" });
    expect(it.state).toBe(2);
  });

  it("keeps its state when the random source throws", () => {
    const it = cell(recorder, {
      clock: () => 0,
      random: () => {
        throw new Error("no luck");
      },
    });
    expect(() => it.send({ type: "launch", cause: "start" })).toThrow("no luck");
    expect(it.state).toStrictEqual([]);
  });

  it("has types: a request is answered, a fact is noted; draw and wall may be left out", () => {
    const it = cell(slidingWindow({ limit: 1, windowMs: 1 }), { clock: () => 0, random: () => 0 });
    expectTypeOf(it.send({ type: "launch", cause: "start" })).toEqualTypeOf<LaunchAnswer>();
    expectTypeOf(it.send({ type: "healthy" })).toEqualTypeOf<Noted>();
    expectTypeOf(it.send(crash)).toEqualTypeOf<Noted>();
    expectTypeOf(it.send(crash as RestartEvent)).toEqualTypeOf<RestartDecision>();
    const exit = { kind: "failed", code: 1 } as const;
    expectTypeOf(it.failed(exit, { uptimeMs: 0 })).toEqualTypeOf<LaunchAnswer>();
    expectTypeOf(
      it.send({ type: "exited", exit, failed: true, uptimeMs: 0 }),
    ).toEqualTypeOf<Noted>();
    // @ts-expect-error: a request must say its cause
    expect(() => it.send({ type: "launch" })).toThrow("event.cause");
    // @ts-expect-error: there is no such cause
    expect(() => it.send({ type: "launch", cause: "crash" })).toThrow("event.cause");
    // @ts-expect-error: an exit must say whether it failed
    expect(() => it.send({ type: "exited", exit: { kind: "lost" }, uptimeMs: 0 })).toThrow(
      "failed",
    );
    // @ts-expect-error: there is no such event
    expect(() => it.send({ type: "lauch", cause: "start" })).toThrow("did you mean launch?");
    // @ts-expect-error: only a keyed policy has keys
    expect(() => it.failed(exit, { uptimeMs: 0, key: "a" })).toThrow("unknown option key");
    const keys = cell(keyed(slidingWindow({ limit: 1, windowMs: 1 }), { maxKeys: 1 }), {
      clock: () => 0,
      random: () => 0,
    });
    const answer = keys.failed(exit, { key: "a", uptimeMs: 0 });
    expectTypeOf(answer).toEqualTypeOf<Exclude<KeyedDecision, { type: "noted" }>>();
    // @ts-expect-error: a keyed policy must be told whose exit it was
    expect(() => keys.failed(exit, { uptimeMs: 0 })).toThrow("key must be a string");
  });

  it("has types: state and decision of the policy", () => {
    const it = cell(slidingWindow({ limit: 1, windowMs: 1 }), { clock: () => 0, random: () => 0 });
    expectTypeOf(it).toEqualTypeOf<Cell<WindowState, RestartEvent, RestartDecision>>();
    expectTypeOf(it.state).toEqualTypeOf<WindowState>();
    expect(() => Object.assign(it, { state: null })).toThrow(TypeError);
  });
});
