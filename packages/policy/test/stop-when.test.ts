import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Exit,
  type ExitedEvent,
  isPolicyOptionsError,
  isPolicyStateError,
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  type StopWhenState,
  stopWhen,
} from "../src/index.js";
import { crash, exits, frozen, operator, restart, start, wellEnded } from "./traces.js";

const stop = refuse("stop-when", null);
const onCodeZero = () => stopWhen((exit) => exit.kind === "completed");

const told = (exit: Exit): ExitedEvent => ({ ...crash, exit });
const spawnFailed = told({ kind: "spawn-failed", error: "ENOENT" });
const cancelled = told({ kind: "cancelled" });

function last<State>(policy: RestartPolicy<State>, story: readonly RestartEvent[]) {
  let state = policy.initial();
  let decision: unknown;
  for (const event of story) [state, decision] = policy.step(frozen(state), event, 0);
  return { state, decision };
}

describe("stopWhen decides", () => {
  it.each<[string, RestartEvent[], object]>([
    ["nothing has exited", [restart], launch()],
    ["the predicate says yes", [start, wellEnded, restart], stop],
    ["the predicate says no", [start, crash, restart], launch()],
    ["asked twice, it says the same", [start, wellEnded, restart, restart], stop],
    ["a start passes", [wellEnded, start], launch()],
    ["an operator passes", [start, wellEnded, operator], launch()],
    ["an admitted launch ends it", [start, wellEnded, operator, restart], launch()],
    ["a reset forgets", [start, wellEnded, { type: "reset" }, restart], launch()],
    ["health changes nothing", [start, wellEnded, { type: "healthy" }, restart], stop],
    ["the last exit counts: no", [wellEnded, crash, restart], launch()],
    ["the last exit counts: yes", [crash, wellEnded, restart], stop],
    ["a failed spawn is no result", [wellEnded, spawnFailed, restart], launch()],
    ["nor is a cancelled task", [wellEnded, cancelled, restart], launch()],
  ])("%s", (_, story, decision) => {
    expect(last(onCodeZero(), story).decision).toStrictEqual(decision);
  });

  it("whether an exit failed does not matter", () => {
    const story = [{ ...wellEnded, failed: true }, restart];
    expect(last(onCodeZero(), story).decision).toStrictEqual(stop);
  });
});

describe("stopWhen asks", () => {
  function asked(story: readonly RestartEvent[]) {
    const calls: [Exit, number][] = [];
    last(
      stopWhen((exit, ordinal) => calls.push([exit, ordinal]) === 0),
      story,
    );
    return calls;
  }

  it("once per exit that was a result, with its ordinal", () => {
    const calls = asked([
      start,
      crash,
      restart,
      restart,
      spawnFailed,
      restart,
      cancelled,
      wellEnded,
    ]);
    expect(calls).toStrictEqual([
      [crash.exit, 1],
      [wellEnded.exit, 2],
    ]);
  });

  it.each(exits.map((exit) => [exit.kind, exit] as const))("about %s or not", (kind, exit) => {
    const result = kind !== "spawn-failed" && kind !== "cancelled";
    expect(asked([told(exit), restart])).toHaveLength(result ? 1 : 0);
  });

  it("with the live exit: the very same object", () => {
    expect(asked([crash])[0]?.[0]).toBe(crash.exit);
  });

  it("counting from 1 again after a reset", () => {
    expect(asked([crash, { type: "reset" }, crash]).map(([, ordinal]) => ordinal)).toEqual([1, 1]);
  });

  it("with an ordinal that stands still at 2^53-1", () => {
    const MAX = Number.MAX_SAFE_INTEGER;
    const ordinals: number[] = [];
    const policy = stopWhen((_, ordinal) => ordinals.push(ordinal) < 0);
    const [state] = policy.step({ results: MAX - 1, stop: null }, crash, 0);
    policy.step(state, crash, 0);
    expect(ordinals).toEqual([MAX, MAX]);
  });

  it("and lets through what the predicate throws", () => {
    const policy = stopWhen(() => {
      throw new Error("mine");
    });
    expect(() => last(policy, [crash])).toThrow("mine");
  });
});

describe("stopWhen keeps", () => {
  it("plain JSON, also when the predicate answers something else than a boolean", () => {
    const sloppy = stopWhen((() => "yes") as unknown as () => boolean);
    expect(last(sloppy, [crash]).state).toStrictEqual({ results: 1, stop: true });
    const absent = stopWhen((() => undefined) as unknown as () => boolean);
    expect(last(absent, [crash]).state).toStrictEqual({ results: 1, stop: false });
  });

  it("its name", () => {
    expect(onCodeZero()).toMatchObject({ name: "stopWhen", describe: { kind: "stopWhen" } });
  });

  it("the ordinal over an exit that is no result, and not the answer", () => {
    for (const exit of [spawnFailed, cancelled]) {
      expect(last(onCodeZero(), [wellEnded, exit]).state).toStrictEqual({ results: 1, stop: null });
    }
  });

  it("the same reference when nothing changed", () => {
    const policy = onCodeZero();
    for (const event of [start, restart, operator, spawnFailed, cancelled, { type: "healthy" }]) {
      const state = policy.initial();
      expect(policy.step(state, event as RestartEvent, 0)[0]).toBe(state);
    }
    const stopped: StopWhenState = { results: 1, stop: true };
    expect(policy.step(stopped, restart, 0)[0]).toBe(stopped);
  });

  it("itself busy once there was a result, since the ordinal counts", () => {
    const policy = onCodeZero();
    const idle = (state: StopWhenState) => policy.idle?.(state, 0);
    expect(idle({ results: 0, stop: null })).toBe(true);
    expect(idle({ results: 1, stop: null })).toBe(false);
    expect(idle({ results: 0, stop: false })).toBe(false);
  });

  it.each([
    { results: 0, stop: null },
    { results: 3, stop: true },
    { results: 3, stop: false },
  ])("what it reads back: %j", (state) => {
    expect(onCodeZero().parse(JSON.parse(JSON.stringify(state)), 0)).toStrictEqual(state);
  });

  it.each([null, {}, { results: -1, stop: null }, { results: 1, stop: "yes" }, { results: 1 }])(
    "nothing of %j",
    (raw) => {
      expect(() => onCodeZero().parse(raw, 0)).toThrow(expect.toSatisfy(isPolicyStateError));
    },
  );
});

it.each([undefined, null, true, "exit", {}])("stopWhen refuses %j as a predicate", (predicate) => {
  expect(() => stopWhen(predicate as () => boolean)).toThrow(
    expect.toSatisfy(
      (error) =>
        isPolicyOptionsError(error) &&
        error.message.startsWith("stopWhen: predicate must be a function, got "),
    ),
  );
});

it("has its type", () => {
  expectTypeOf(onCodeZero()).toEqualTypeOf<RestartPolicy<StopWhenState>>();
  // @ts-expect-error: a promise is always true, and not what is meant
  expect(() => stopWhen(async () => false)).not.toThrow();
});
