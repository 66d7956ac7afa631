// The rules of allOf, a row or a story each. Its laws are in all-of.laws.test.ts, its hints in
// all-of.hints.test.ts.

import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type AllOfState,
  allOf,
  decisionFault,
  isPolicyStateError,
  type LaunchAnswer,
  launch,
  noted,
  type RestartDecision,
  type RestartPolicy,
  refuse,
  restartOn,
} from "../src/index.js";
import { ofMembers, slidingWindow, type Tally, tally, willing } from "./sample-policies.js";
import { crash, frozen, operator, restart, start } from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;

/** A steady member that answers so at 0, and launches when its wait is over. */
function member(answer: LaunchAnswer): RestartPolicy<Tally> {
  return tally("member", (_, now) => {
    if (answer.type === "launch" || answer.retryAfterMs === null) return answer;
    return now < answer.retryAfterMs
      ? refuse(answer.reason, answer.retryAfterMs - now)
      : launch(answer.retryAfterMs);
  });
}

const never = (reason: string) => refuse(reason, null);

const table: readonly [string, readonly LaunchAnswer[], RestartDecision][] = [
  ["nobody objects: at once", [], launch()],
  ["one is asked", [launch(5)], launch(5)],
  ["the longest delay wins", [launch(5), launch(9), launch(7)], launch(9)],
  ["fractions are kept", [launch(0.25), launch(0.5)], launch(0.5)],
  ["the longest delay there is", [launch(Number.MAX_VALUE), launch()], launch(Number.MAX_VALUE)],
  ["a refusal beats a launch", [launch(1_000), refuse("a", 1)], refuse("a", 1)],
  ["and before it", [refuse("a", 1), launch(1_000)], refuse("a", 1)],
  ["the longest wait wins", [refuse("a", 5), refuse("b", 9), refuse("c", 7)], refuse("b", 9)],
  ["of equal waits the first reason", [refuse("a", 9), refuse("b", 9)], refuse("a", 9)],
  ["so order is precedence", [refuse("b", 9), refuse("a", 9)], refuse("b", 9)],
  ["never beats not yet", [refuse("a", MAX), never("b")], never("b")],
  ["whatever the order", [never("b"), refuse("a", MAX)], never("b")],
  ["never beats a launch", [launch(5), never("b")], never("b")],
  ["of several nevers the first reason", [launch(), never("a"), never("b")], never("a")],
];

describe("allOf decides", () => {
  it("never, if one says never now, though it would not say so later", () => {
    const now = tally("now", (_, now) => (now < 3 ? refuse("now", null) : launch()));
    const policy = allOf(member(refuse("a", 5)), now);
    expect(policy.step(policy.initial(), restart, 0)[1]).toStrictEqual(refuse("now", null));
  });

  it("as a member alone, whose hint is not questioned", () => {
    const polled = tally("polled", () => refuse("busy", 100));
    const policy = allOf(polled);
    expect(policy.step(policy.initial(), restart, 0)[1]).toStrictEqual(refuse("busy", 100));
  });

  it.each(table)("%s", (_, answers, decision) => {
    const policy = allOf(...answers.map(member));
    expect(policy.step(policy.initial(), restart, 0)[1]).toStrictEqual(decision);
  });

  it("asks every member, also after one has refused for good", () => {
    let asked = 0;
    const counter = tally("counter", () => launch(asked++));
    const policy = allOf(counter, member(never("no")), counter);
    policy.step(policy.initial(), restart, 0);
    expect(asked).toBe(2);
  });

  it("gives all members the same event and the same draw", () => {
    const seen: unknown[] = [];
    const watcher = tally("watcher", (event, now) => launch(seen.push(event, now)));
    const policy = allOf(watcher, watcher);
    policy.step(policy.initial(), operator, 7);
    expect(seen).toStrictEqual([operator, 7, operator, 7]);
  });

  it("notes facts", () => {
    const policy = allOf(willing(), member(never("no")));
    for (const fact of [crash, { type: "healthy" }, { type: "reset" }] as const) {
      const [state, decision] = policy.step(policy.initial(), fact, 0);
      expect(decision).toStrictEqual(noted);
      expect(ofMembers(state)).toStrictEqual([
        { facts: 1, asked: 0 },
        { facts: 1, asked: 0 },
      ]);
    }
  });
});

describe("allOf keeps", () => {
  const asked = { facts: 0, asked: 1 };
  const fresh = { facts: 0, asked: 0 };

  it("everybody's step when all launch", () => {
    const policy = allOf(willing(), willing());
    expect(ofMembers(policy.step(policy.initial(), restart, 0)[0])).toStrictEqual([asked, asked]);
  });

  it.each([
    ["not yet", refuse("no", 5)],
    ["never", never("no")],
  ])("only the refuser's step when one refuses: %s", (_, refusal) => {
    const policy = allOf(willing(), member(refusal), willing());
    expect(ofMembers(policy.step(policy.initial(), restart, 0)[0])).toStrictEqual([
      fresh,
      asked,
      fresh,
    ]);
  });

  it("every refuser's step, not only that of the one whose reason is told", () => {
    const policy = allOf(member(refuse("a", 5)), member(never("b")), willing());
    expect(ofMembers(policy.step(policy.initial(), restart, 0)[0])).toStrictEqual([
      asked,
      asked,
      fresh,
    ]);
  });

  it("facts, whatever is decided afterwards", () => {
    const policy = allOf(willing(), member(never("no")));
    const [told] = policy.step(policy.initial(), crash, 0);
    expect(ofMembers(policy.step(told, restart, 0)[0])).toStrictEqual([
      { facts: 1, asked: 0 },
      { facts: 1, asked: 1 },
    ]);
  });

  it("a slot for a launch that was refused elsewhere: the window is not charged", () => {
    const policy = allOf(slidingWindow({ limit: 1, windowMs: 100 }), restartOn("temporary"));
    const [state, answer] = policy.step(policy.initial(), restart, 0);
    expect(answer).toStrictEqual(refuse("not-wanted", null));
    expect(policy.step(state, start, 0)[1]).toStrictEqual(launch());
  });

  it("the same reference when nothing changed", () => {
    const policy = allOf(restartOn("permanent"), slidingWindow({ limit: 1, windowMs: 100 }));
    const fresh = frozen(policy.initial());
    for (const event of [{ type: "healthy" }, { type: "reset" }] as const) {
      expect(policy.step(fresh, event, 0)[0]).toBe(fresh);
    }
    const [full] = policy.step(fresh, start, 0);
    expect(full).not.toBe(fresh);
    expect(policy.step(full, restart, 1)[0]).toBe(full);
    expect(allOf().step([], restart, 0)[0]).toStrictEqual([]);
  });

  it("the references of members that did not change", () => {
    const policy = allOf(restartOn("permanent"), slidingWindow({ limit: 1, windowMs: 100 }));
    const before = frozen(policy.initial());
    const [after] = policy.step(before, start, 0);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});

describe("allOf with a member that breaks the contract", () => {
  const broken = (answer: unknown) => ({
    ...willing(),
    step: () => [null, answer] as unknown as readonly [Tally, RestartDecision],
  });

  it.each([
    ["notes a request", noted],
    ["delays by NaN", { type: "launch", delayMs: Number.NaN }],
    ["waits for undefined", { type: "refuse", reason: "x", retryAfterMs: undefined }],
    ["waits for ever, but not null", refuse("x", Number.POSITIVE_INFINITY)],
  ])("lets the fault show: %s", (_, answer) => {
    for (const policy of [allOf(broken(answer), willing()), allOf(willing(), broken(answer))]) {
      const [, decision] = policy.step(policy.initial(), restart, 0);
      expect(decisionFault(restart, decision)).not.toBeNull();
    }
  });

  it("a request that is noted stays noted", () => {
    for (const policy of [allOf(broken(noted), willing()), allOf(willing(), broken(noted))]) {
      expect(policy.step(policy.initial(), restart, 0)[1]).toStrictEqual(noted);
    }
  });

  it("does not swallow what a member throws", () => {
    const thrower = tally("thrower", () => {
      throw new Error("mine");
    });
    const policy = allOf(willing(), thrower);
    expect(() => policy.step(policy.initial(), restart, 0)).toThrow("mine");
  });
});

describe("allOf as a policy", () => {
  const policy = allOf(restartOn("transient"), slidingWindow({ limit: 2, windowMs: 50 }));

  it("describes itself and its members", () => {
    expect(policy.name).toBe("allOf(restartOn, slidingWindow)");
    expect(policy.describe).toMatchObject({ kind: "allOf", options: {}, timesMs: [50] });
    expect(policy.describe.members?.map(({ kind }) => kind)).toEqual([
      "restartOn",
      "slidingWindow",
    ]);
    expect(allOf().name).toBe("allOf()");
    expect(allOf().describe).toStrictEqual({
      kind: "allOf",
      options: {},
      timesMs: [],
      members: [],
    });
  });

  it("lists each duration once", () => {
    const window = slidingWindow({ limit: 2, windowMs: 50 });
    expect(allOf(window, allOf(window, window)).describe.timesMs).toEqual([50]);
  });

  it("reads back what it wrote", () => {
    const [state] = policy.step(policy.initial(), start, 7);
    expect(policy.parse(JSON.parse(JSON.stringify(state)), 9)).toStrictEqual(state);
    expect(allOf().parse([], 0)).toStrictEqual(allOf().initial());
  });

  it("hands the instant of parsing to its members", () => {
    expect(ofMembers(policy.parse([{ last: null }, { stamps: [40] }], 9))).toStrictEqual([
      { last: null },
      { stamps: [9] },
    ]);
  });

  it.each([
    ["no list", {}, "", "an array of 2 states"],
    ["null", null, "", "an array of 2 states"],
    ["too few", [{ last: null }], "", "an array of 2 states"],
    ["too many", [{ last: null }, { stamps: [] }, 1], "", "an array of 2 states"],
    [
      "a bad member",
      [{ last: "x" }, { stamps: [] }],
      "[0].last",
      "one of failed, ended, lost, null",
    ],
  ])("says where a state is wrong: %s", (_, raw, path, expected) => {
    expect(() => policy.parse(raw, 0)).toThrow(
      expect.toSatisfy(
        (error) => isPolicyStateError(error) && error.path === path && error.expected === expected,
      ),
    );
  });

  it("says where in a nested state", () => {
    const nested = allOf(allOf(), allOf(policy));
    expect(() => nested.parse([[], [[{ last: 5 }, { stamps: [] }]]], 0)).toThrow(
      "state[1][0][0].last must be one of failed, ended, lost, null, got 5",
    );
  });

  it("is idle when every member is", () => {
    const [counted] = policy.step(policy.initial(), start, 0);
    const [exited] = policy.step(policy.initial(), crash, 0);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
    expect([49, 50].map((now) => policy.idle?.(counted, now))).toEqual([false, true]);
    expect(policy.idle?.(exited, 1_000)).toBe(false);
    expect(allOf().idle?.([], 0)).toBe(true);
  });

  it("is never idle with a member that does not say", () => {
    const { idle: _, ...silent } = willing();
    expect(allOf(willing(), silent).idle?.(allOf(willing(), silent).initial(), 0)).toBe(false);
  });

  it("has types: a restart policy of restart policies", () => {
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<AllOfState>>();
    // @ts-expect-error: a policy of another alphabet
    expect(() => allOf({ ...willing(), step: (s: Tally, _: "tick") => [s, "tock"] })).not.toThrow();
  });
});
