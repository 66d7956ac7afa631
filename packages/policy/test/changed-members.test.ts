// A saved state under a policy that was changed since: members are found again by name and ordinal.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  allOf,
  changedMembers,
  giveUp,
  inTurn,
  isPolicyStateError,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  waitOut,
  when,
} from "../src/index.js";
import { anyMember, steadyMember, timesOf } from "./members.js";
import { backoff, slidingWindow, type Tally, willing } from "./sample-policies.js";
import { crash, decisionsOf, restart, start, tell, traces } from "./traces.js";

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A member that has heard `facts` exits, by its name. */
const a = willing("a");
const b = willing("b");
const c = willing("c");

/** The state after as many exits, as it was saved. */
function saved(policy: RestartPolicy, exits = 3): unknown {
  let state = policy.initial();
  for (let n = 0; n < exits; n++) [state] = policy.step(state, crash, n);
  return json(state);
}

/** How many exits each member has heard, compositions inside as lists. */
function heard(policy: RestartPolicy, state: unknown): unknown {
  const { members, wraps, holds } = policy;
  if (wraps) return heard(wraps, state);
  if (holds?.member) return heard(holds.member, (state as { member: unknown }).member);
  if (!members) return (state as Tally).facts;
  return members.map((member, i) => heard(member, (state as readonly unknown[])[i]));
}

const always = () => true;
const never = () => false;

const TABLE: readonly [
  what: string,
  before: RestartPolicy,
  after: RestartPolicy,
  facts: unknown,
  fresh: readonly string[],
  dropped: readonly string[],
][] = [
  ["the same", allOf(a, b), allOf(a, b), [3, 3], [], []],
  ["none of none", allOf(), allOf(), [], [], []],
  ["one added behind", allOf(a, b), allOf(a, b, c), [3, 3, 0], ["c"], []],
  ["one added in front", allOf(a, b), allOf(c, a, b), [0, 3, 3], ["c"], []],
  ["the first one", allOf(), allOf(a), [0], ["a"], []],
  ["one removed", allOf(a, b, c), allOf(a, c), [3, 3], [], ["b"]],
  ["the last one removed", allOf(a), allOf(), [], [], ["a"]],
  ["another order", allOf(a, inTurn(b)), allOf(inTurn(b), a), [[3], 3], [], []],
  ["one renamed", allOf(a, b), allOf(a, c), [3, 0], ["c"], ["b"]],
  ["a second of a name", allOf(a, b), allOf(a, a, b), [3, 0, 3], ["a#2"], []],
  ["of two of a name the second", allOf(a, a, b), allOf(b, a), [3, 3], [], ["a#2"]],
  ["another composition", allOf(a, b), inTurn(b, a), [3, 3], [], []],
  ["inside", allOf(a, inTurn(b)), allOf(a, inTurn(c, b)), [3, [0, 3]], ["inTurn.c"], []],
  [
    "inside the second",
    allOf(allOf(a), allOf(b)),
    allOf(allOf(a), allOf()),
    [[3], []],
    [],
    ["allOf#2.b"],
  ],
  ["a whole composition", allOf(a), allOf(a, inTurn(b, c)), [3, [0, 0]], ["inTurn"], []],
  ["a wrapper is looked through", giveUp(allOf(a)), waitOut(allOf(b, a)), [0, 3], ["b"], []],
  [
    "as a member, too",
    allOf(allOf(a), b),
    allOf(b, giveUp(allOf(a, c))),
    [3, [3, 0]],
    ["allOf.c"],
    [],
  ],
  ["when", when(always, allOf(a)), when(always, allOf(b, a)), [0, 3], ["b"], []],
  [
    "when as a member goes by what it holds",
    allOf(when(always, a), when(always, inTurn(b))),
    allOf(when(always, inTurn(b, c)), when(never, a)),
    [[3, 0], 3],
    ["when(inTurn).c"],
    [],
  ],
  [
    "a name that looks like an ordinal",
    allOf(a, willing("a#2"), a),
    allOf(willing("a#2"), a),
    [3, 3],
    [],
    ["a#3"],
  ],
  [
    "a name that objects have",
    allOf(a, willing("__proto__")),
    allOf(willing("__proto__")),
    [3],
    [],
    ["a"],
  ],
];

describe("a saved state under a changed policy", () => {
  it.each(TABLE)("%s", (_, before, after, facts, fresh, dropped) => {
    const raw = saved(before);
    const read = after.parse(raw, 10);
    expect(heard(after, read)).toEqual(facts);
    expect(changedMembers(after, raw)).toEqual({ fresh, dropped });
    expect(changedMembers(after, json(read))).toEqual({ fresh: [], dropped: [] });
    expect(after.parse(json(read), 10)).toStrictEqual(read);
  });

  it("keeps a budget when a predicate is put in front of it", () => {
    const window = slidingWindow({ limit: 1, windowMs: 100 });
    const before = allOf(lifetimeCap({ restarts: 5 }), window);
    const [full] = before.step(before.initial(), start, 0);
    const after = allOf(restartOn("transient"), lifetimeCap({ restarts: 5 }), window);
    const read = after.parse(json(full), 1);
    expect(after.step(read, restart, 1)[1]).toMatchObject({ reason: "window-full" });
  });
});

describe("version 1: as many states as members, without keys", () => {
  it("is read in the order given", () => {
    const policy = allOf(a, inTurn(b, c));
    const raw = [
      { facts: 1, asked: 0 },
      [
        { facts: 2, asked: 0 },
        { facts: 3, asked: 0 },
      ],
    ];
    const read = policy.parse(raw, 0);
    expect(heard(policy, read)).toEqual([1, [2, 3]]);
    expect(read.at(-1)).toEqual({ members: ["a", "inTurn"] });
    expect(changedMembers(policy, raw)).toEqual({ fresh: [], dropped: [] });
  });

  it("is not taken for keys if a member's state looks like them", () => {
    const words = { ...a, name: "words", initial: () => ["x"], parse: (raw: unknown) => raw };
    const policy = allOf(a, words as never);
    const raw = [{ facts: 1, asked: 0 }, ["x"]];
    expect(policy.parse(raw, 0).slice(0, 2)).toEqual(raw);
  });
});

describe("what nobody has saved", () => {
  const policy = allOf(a, b);
  const tally = { facts: 0, asked: 0 };

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["an object", { members: ["a", "b"] }],
    ["too few, without keys", [tally]],
    ["too many, without keys", [tally, tally, tally]],
    ["more keys than states", [tally, { members: ["a", "b"] }, tally].slice(0, 1)],
    ["fewer keys than states", [tally, tally, { members: ["a"] }]],
    ["a key twice", [tally, tally, { members: ["a", "a"] }]],
    ["keys that are no strings", [tally, tally, { members: ["a", 1] }]],
    ["keys and more", [tally, tally, { members: ["a", "b"], more: 1 }]],
    ["keys that are no list", [tally, tally, { members: "ab" }]],
    ["no keys", [tally, tally, null]],
  ])("is refused: %s", (_, raw) => {
    expect(() => policy.parse(raw, 0)).toThrow(
      expect.toSatisfy(
        (error) => isPolicyStateError(error) && error.expected === "an array of 2 states",
      ),
    );
    expect(changedMembers(policy, raw)).toEqual({ fresh: [], dropped: [] });
    expect(changedMembers(when(always, policy), raw)).toEqual({ fresh: [], dropped: [] });
  });

  it("a bad state is named by its place in what was saved", () => {
    const raw = [{ facts: "x", asked: 0 }, tally, { members: ["b", "gone"] }];
    expect(() => policy.parse(raw, 0)).toThrow("state[0].facts must be");
  });

  it("a state that is dropped is not looked at", () => {
    const raw = ["anything", tally, { members: ["gone", "b"] }];
    expect(policy.parse(raw, 0)).toStrictEqual(policy.initial());
  });
});

describe("laws of saved compositions", () => {
  const told = fc
    .array(anyMember, { minLength: 1, maxLength: 4 })
    .chain((members) => fc.tuple(fc.constant(members), traces(timesOf(members))));

  it("the same policy reads back what it wrote, and nothing has changed", () => {
    often(told, ([members, trace]) => {
      const policy = allOf(...members);
      const last = tell(policy, trace).at(-1);
      const state = last?.after ?? policy.initial();
      const now = Math.max(0, ...tell(policy, trace).map((moment) => moment.now));
      expect(policy.parse(json(state), now)).toStrictEqual(state);
      expect(changedMembers(policy, json(state))).toEqual({ fresh: [], dropped: [] });
      return new Set(members.map(({ name }) => name)).size < members.length;
    });
  });

  it("one willing member more, anywhere, changes no later answer", () => {
    const two = fc
      .array(steadyMember, { minLength: 1, maxLength: 3 })
      .chain((members) =>
        fc.tuple(
          fc.constant(members),
          fc.nat(members.length),
          traces(timesOf(members)),
          traces(timesOf(members)),
        ),
      );
    often(two, ([members, place, before, then]) => {
      const policy = allOf(...members);
      const raw = json(tell(policy, before).at(-1)?.after ?? policy.initial());
      const more = allOf(...members.slice(0, place), willing("new"), ...members.slice(place));
      const from = (one: RestartPolicy) => ({ ...one, initial: () => one.parse(raw, 0) });
      const expected = decisionsOf(tell(from(policy), then));
      expect(decisionsOf(tell(from(more), then))).toStrictEqual(expected);
      expect(changedMembers(more, raw)).toEqual({ fresh: ["new"], dropped: [] });
      return expected.some(({ type }) => type === "refuse");
    });
  });

  it("a step hands the keys on as they are, so that they cost nothing", () => {
    const policy = allOf(backoff({ initialMs: 5 }), slidingWindow({ limit: 1, windowMs: 9 }));
    const first = policy.initial();
    expect(policy.step(first, start, 0)[0].at(-1)).toBe(first.at(-1));
    expect(policy.parse(json(first), 0).at(-1)).toBe(first.at(-1));
  });
});
