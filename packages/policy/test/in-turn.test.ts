// The rules of inTurn, a row or a story each. Its laws are in in-turn.laws.test.ts.

import { describe, expect, expectTypeOf, it } from "vitest";
import {
  decisionFault,
  type InTurnState,
  inTurn,
  launch,
  noted,
  type RestartDecision,
  type RestartPolicy,
  refuse,
} from "../src/index.js";
import {
  backoff,
  calendar,
  gate,
  never,
  ofMembers,
  pausing,
  slidingWindow,
  type Tally,
  tally,
  watching,
  willing,
} from "./sample-policies.js";
import { crash, frozen, restart, start, WALL } from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;
const asked = { facts: 0, asked: 1 };
const fresh = { facts: 0, asked: 0 };

function first<A, B>(a: RestartPolicy<A>, b: RestartPolicy<B>, now = 0) {
  const policy = inTurn(a, b);
  return policy.step(policy.initial(), { ...restart, wall: WALL + now }, now);
}

/** A delay that runs until an instant, however often it is asked. */
const until = (instant: number) =>
  tally("until", (_, now) => launch(Math.max(0, instant - now)), [instant]);

const table: readonly [string, RestartPolicy, RestartPolicy, RestartDecision][] = [
  ["neither waits", willing(), willing(), launch()],
  ["the first delay", pausing(5), willing(), launch(5)],
  ["the second delay", willing(), pausing(5), launch(5)],
  ["delays add", pausing(5), pausing(7), launch(12)],
  ["a fraction alone is kept", pausing(0.25), willing(), launch(0.25)],
  ["also of the second", willing(), pausing(0.25), launch(0.25)],
  ["another delay starts at a whole millisecond", pausing(0.25), pausing(0.5), launch(1.5)],
  ["exactly whole: nothing is rounded", pausing(2), pausing(0.5), launch(2.5)],
  ["the first refuses", gate("a", 5), pausing(9), refuse("a", 5)],
  ["the second refuses", willing(), gate("b", 5), refuse("b", 5)],
  ["the first refuses for good", never("a"), gate("b", 5), refuse("a", null)],
  ["the second refuses for good", pausing(5), never("b"), refuse("b", null)],
  ["never is found though it is said later", gate("a", 5), never("b"), refuse("b", null)],
  ["the second opens while the first waits", until(5), gate("b", 5), launch(5)],
  ["one millisecond too late", until(5), gate("b", 6), refuse("b", 6)],
  ["a delay from an exit is over when it is asked again", until(5), gate("b", 9), refuse("b", 9)],
  ["a delay from the request is not", pausing(5), gate("b", 9), refuse("b", 4)],
  ["a long delay and a short wait", until(10_000), gate("b", 10_001), refuse("b", 10_001)],
  ["a fraction counts as a whole millisecond", pausing(4.5), gate("b", 5), launch(4.5)],
  ["and reaches no further", pausing(4.5), gate("b", 6), refuse("b", 1)],
  ["one gate after the other", gate("a", 5), gate("b", 9), refuse("b", 9)],
  ["the later gate first", gate("a", 9), gate("b", 5), refuse("a", 9)],
  ["both gates at once: the first is named", gate("a", 5), gate("b", 5), refuse("a", 5)],
];

describe("inTurn decides", () => {
  it.each(table)("%s", (_, a, b, decision) => {
    expect(first(a, b)[1]).toStrictEqual(decision);
  });

  it("asks the second as of the instant at which the first lets go, wall and draw with it", () => {
    const seen: unknown[] = [];
    const watcher = tally("w", ({ wall, draw, cause }, now) =>
      launch(seen.push(now, wall - WALL, draw, cause)),
    );
    first(pausing(5.25), watcher, 100);
    expect(seen).toEqual([106, 106, 0.5, "restart"]);
  });

  it("by the wall clock too: a calendar is asked about the launch, not about the request", () => {
    const day = calendar("night", { openMs: 10, closedMs: 10, phaseMs: 0 });
    expect(first(until(12), day)[1]).toStrictEqual(refuse("night", 20));
    expect(first(until(9), day)[1]).toStrictEqual(launch(9));
    expect(first(until(20), day)[1]).toStrictEqual(launch(20));
  });

  it("does not ask the second at all while the first refuses for good", () => {
    let count = 0;
    const counted = tally("c", () => launch(count++));
    first(never("a"), counted);
    expect(count).toBe(0);
  });

  it("takes two looks where the hint is right: at it, and one millisecond before", () => {
    const asked: number[] = [];
    const counted = watching((_, now) => asked.push(now));
    first(inTurn(until(50), counted), gate("b", 90));
    expect(asked).toEqual([50, 90, 89]);
  });

  it("tells facts to both, now", () => {
    const seen: number[] = [];
    const clocked = (name: string): RestartPolicy<Tally> => ({
      ...willing(name),
      step: (state, _, now) => [state, seen.push(now) > 0 ? noted : noted],
    });
    const policy = inTurn(clocked("a"), clocked("b"));
    for (const fact of [crash, { type: "healthy" }, { type: "reset" }] as const) {
      expect(policy.step(policy.initial(), fact, 7)[1]).toStrictEqual(noted);
    }
    expect(seen).toEqual([7, 7, 7, 7, 7, 7]);
  });
});

describe("inTurn keeps", () => {
  it.each<[string, RestartPolicy, RestartPolicy, InTurnState]>([
    ["both steps when both launch", willing(), willing(), [asked, asked]],
    ["the first one's when it refuses", gate("a", 5), willing(), [asked, fresh]],
    ["the first one's when it refuses for good", never("a"), willing(), [asked, fresh]],
    ["the second one's when it refuses", willing(), gate("b", 5), [fresh, asked]],
    ["the second one's when it refuses for good", pausing(3), never("b"), [fresh, asked]],
  ])("%s", (_, a, b, state) => {
    expect(ofMembers(first(a, b)[0])).toStrictEqual(state);
  });

  it("facts, whatever is decided afterwards", () => {
    const policy = inTurn(willing(), never("b"));
    const [told] = policy.step(policy.initial(), crash, 0);
    expect(ofMembers(policy.step(told, restart, 0)[0])).toStrictEqual([
      { facts: 1, asked: 0 },
      { facts: 1, asked: 1 },
    ]);
  });

  it("the same reference when nothing changed", () => {
    const policy = inTurn(backoff({ initialMs: 5 }), slidingWindow({ limit: 1, windowMs: 100 }));
    const initial = frozen(policy.initial());
    expect(policy.step(initial, { type: "healthy" }, 0)[0]).toBe(initial);
    const [full] = policy.step(initial, start, 0);
    expect(policy.step(full, restart, 1)[0]).toBe(full);
    expect(full[0]).toBe(initial[0]);
    const other = inTurn(slidingWindow({ limit: 1, windowMs: 100 }), backoff({ initialMs: 5 }));
    const [used] = other.step(frozen(other.initial()), start, 0);
    expect(other.step(used, restart, 1)[0]).toBe(used);
  });
});

describe("inTurn(backoff, window) counts launches when they happen", () => {
  const policy = inTurn(backoff({ initialMs: 400 }), slidingWindow({ limit: 2, windowMs: 1_000 }));

  it("the stamp is the launch, not the admission", () => {
    const [started] = policy.step(policy.initial(), start, 100);
    const [exited] = policy.step(started, crash, 150);
    const [state, answer] = policy.step(exited, restart, 150);
    expect(answer).toStrictEqual(launch(400));
    expect(state[1]).toStrictEqual({ stamps: [100, 550] });
  });

  it("a refusal is exact: the wait of the window as of the launch, and the delay over by then", () => {
    const state: InTurnState = [{ exitedAt: 600, fails: 1 }, { stamps: [100, 550] }];
    expect(policy.step(state, restart, 600)[1]).toStrictEqual(refuse("window-full", 500));
    const late: InTurnState = [{ exitedAt: 600, fails: 3 }, state[1]];
    expect(policy.step(late, restart, 600)[1]).toStrictEqual(launch(1_600));
  });
});

describe("inTurn at the end of time", () => {
  it.each([0, 1, MAX - 5, MAX, -MAX])("stays in range at %d", (now) => {
    for (const delay of [0, 10, 1e300, Number.MAX_VALUE]) {
      const [, granted] = first(pausing(delay), pausing(delay), now);
      expect(decisionFault(restart, granted)).toBeNull();
      const far = tally("far", () => refuse("far", MAX));
      const [, refused] = first(pausing(delay), far, now);
      expect(decisionFault(restart, refused)).toBeNull();
      expect(refused).toStrictEqual(refuse("far", MAX));
    }
  });

  it("never asks the second beyond it", () => {
    const seen: number[] = [];
    first(
      pausing(1e300),
      tally("w", (_, now) => launch(seen.push(now))),
      10,
    );
    expect(seen).toEqual([MAX]);
  });
});

describe("inTurn with a member that breaks the contract", () => {
  const broken = (answer: unknown) =>
    ({
      ...willing(),
      step: () => [fresh, answer] as unknown as readonly [Tally, RestartDecision],
    }) satisfies RestartPolicy<Tally>;

  it.each([
    ["notes a request", noted],
    ["delays by NaN", { type: "launch", delayMs: Number.NaN }],
    ["delays by less than nothing", { type: "launch", delayMs: -1 }],
    ["waits for ever, but not null", { type: "refuse", reason: "x", retryAfterMs: Infinity }],
  ])("lets the fault show: %s", (_, answer) => {
    expect(decisionFault(restart, first(broken(answer), pausing(5))[1])).not.toBeNull();
    expect(decisionFault(restart, first(pausing(0), broken(answer))[1])).not.toBeNull();
  });

  it("a request that is noted stays noted", () => {
    expect(first(broken(noted), pausing(5))[1]).toStrictEqual(noted);
    expect(first(pausing(0), broken(noted))[1]).toStrictEqual(noted);
  });
});

describe("inTurn as a policy", () => {
  const policy = inTurn(backoff({ initialMs: 5 }), slidingWindow({ limit: 1, windowMs: 100 }));

  it("describes itself and its members", () => {
    expect(policy.name).toBe("inTurn(backoff, slidingWindow)");
    expect(policy.describe).toMatchObject({
      kind: "inTurn",
      options: {},
      timesMs: [5, 60_000, 100],
    });
    expect(policy.describe.members).toHaveLength(2);
  });

  it("reads back what it wrote, and says where it is wrong", () => {
    const [state] = policy.step(policy.initial(), start, 7);
    expect(policy.parse(JSON.parse(JSON.stringify(state)), 9)).toStrictEqual(state);
    expect(() => policy.parse([{ exitedAt: "x", fails: 0 }, { stamps: [] }], 0)).toThrow(
      "state[0].exitedAt must be a whole number or null",
    );
    expect(() => policy.parse([{}], 0)).toThrow("state must be an array of 2 states");
  });

  it("pulls an instant that is still to come back to now", () => {
    expect(policy.parse([{ exitedAt: null, fails: 0 }, { stamps: [900] }], 500)[1]).toStrictEqual({
      stamps: [500],
    });
  });

  it("is idle when both are", () => {
    const [counted] = policy.step(policy.initial(), start, 0);
    expect([0, 99, 100].map((now) => policy.idle?.(counted, now))).toEqual([false, false, true]);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
  });

  it("has types: the states of the members", () => {
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<InTurnState>>();
  });
});
