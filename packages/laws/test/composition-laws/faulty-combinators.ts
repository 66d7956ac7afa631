// Combinators with one fault each. What is right is taken from ours.

import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  keyed,
  launch,
  type Policy,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartOn,
  waitOut,
} from "@steadfast/policy";

export type Keyed = Policy<unknown, KeyedEvent, KeyedDecision>;

type Step = (
  state: unknown,
  event: RestartEvent,
  now: number,
) => readonly [unknown, RestartDecision];

/** A policy whose steps are changed; `step` is how it was. */
const changed = (policy: RestartPolicy, change: (step: Step) => Step): RestartPolicy => ({
  ...policy,
  step: change((state, event, now) => policy.step(state, event, now)),
});

type Many = (...members: readonly RestartPolicy[]) => RestartPolicy;

const ofAll =
  (change: (step: Step, members: readonly RestartPolicy[]) => Step): Many =>
  (...members) =>
    changed(allOf(...members), (step) => change(step, members));

/** The states as they are when nobody is rolled back. */
const everybody = (
  members: readonly RestartPolicy[],
  states: unknown,
  event: RestartEvent,
  now: number,
) => members.map((member, i) => member.step((states as unknown[])[i], event, now));

export const faultyAllOf: readonly (readonly [law: string, fault: string, Many])[] = [
  [
    "identity",
    "none of them says never",
    (...members) => (members.length > 0 ? allOf(...members) : restartOn("temporary")),
  ],
  [
    "associative",
    "puts its name before the reason",
    ofAll((step) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (answer.type !== "refuse") return [next, answer];
      return [next, { ...answer, reason: `all:${answer.reason}` }];
    }),
  ],
  [
    "commutative-but-for-the-reason",
    "the first refusal wins",
    ofAll((step, members) => (state, event, now) => {
      const first = everybody(members, state, event, now).find(([, { type }]) => type === "refuse");
      const [next, answer] = step(state, event, now);
      return [next, first ? first[1] : answer];
    }),
  ],
  [
    "strictest-answer-wins",
    "delays add",
    ofAll((step, members) => (state, event, now) => {
      const answers = everybody(members, state, event, now).map(([, answer]) => answer);
      const [next, answer] = step(state, event, now);
      if (answer.type !== "launch") return [next, answer];
      return [
        next,
        launch(answers.reduce((sum, one) => sum + ("delayMs" in one ? one.delayMs : 0), 0)),
      ];
    }),
  ],
  [
    "strictest-answer-wins",
    "rolls facts back, too: does not tell the last member of exits",
    ofAll((step, members) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (event.type !== "exited") return [next, answer];
      const last = members.length - 1;
      return [
        (next as unknown[]).map((one, i) => (i === last ? (state as unknown[])[i] : one)),
        answer,
      ];
    }),
  ],
  [
    "refusal-costs-nothing",
    "rolls nobody back",
    ofAll((step, members) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (answer.type !== "refuse") return [next, answer];
      return [everybody(members, state, event, now).map(([one]) => one), answer];
    }),
  ],
  [
    "hint-is-kept",
    "takes the first hint for the last",
    ofAll((step, members) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
      const waits = everybody(members, state, event, now).flatMap(([, one]) =>
        one.type === "refuse" ? [one.retryAfterMs ?? 0] : [],
      );
      return [next, { ...answer, retryAfterMs: Math.max(...waits) }];
    }),
  ],
  [
    "hint-exact",
    "the shortest wait",
    ofAll((step, members) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
      const waits = everybody(members, state, event, now).flatMap(([, one]) =>
        one.type === "refuse" ? [one.retryAfterMs ?? 0] : [],
      );
      return [next, { ...answer, retryAfterMs: Math.min(...waits) }];
    }),
  ],
  [
    "keeps-the-contract",
    "a new list each time",
    ofAll((step) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      return [[...(next as unknown[])], answer];
    }),
  ],
  [
    "reset-is-fresh",
    "keeps a reset to itself",
    ofAll(
      (step) => (state, event, now) =>
        event.type === "reset" ? [state, { type: "noted" }] : step(state, event, now),
    ),
  ],
];

/** What it hints at comes one millisecond later. */
const early = (policy: RestartPolicy): RestartPolicy =>
  changed(policy, (step) => (state, event, now) => {
    const [next, answer] = step(state, event, now);
    if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
    return [next, { ...answer, retryAfterMs: Math.max(1, answer.retryAfterMs - 1) }];
  });

type Two = (first: RestartPolicy, second: RestartPolicy) => RestartPolicy;

export const faultyInTurn: readonly (readonly [law: string, fault: string, Two])[] = [
  ["hint-is-kept", "a hint that is one too short", (a, b) => early(inTurn(a, b))],
  ["identity", "gives up on the way", (first, second) => giveUp(inTurn(first, second))],
  [
    "associative",
    "puts its name before the reason",
    (first, second) =>
      changed(inTurn(first, second), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse") return [next, answer];
        return [next, { ...answer, reason: `turn:${answer.reason}` }];
      }),
  ],
  ["second-asked-as-of-then", "asks both now", (first, second) => allOf(first, second)],
  ["launches-bounded", "asks both now", (first, second) => allOf(first, second)],
  [
    "refusal-costs-nothing",
    "the first one is not rolled back",
    (first, second) =>
      changed(inTurn(first, second), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse") return [next, answer];
        const [one] = first.step((state as unknown[])[0], event, now);
        return [[one, (next as unknown[])[1]], answer];
      }),
  ],
  [
    "hint-exact",
    "a hint that forgets the first delay",
    (first, second) =>
      changed(inTurn(first, second), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        const [, own] = second.step((state as unknown[])[1], event, now);
        return [next, answer.type === "refuse" && own.type === "refuse" ? own : answer];
      }),
  ],
  [
    "keeps-the-contract",
    "a new pair each time",
    (first, second) =>
      changed(inTurn(first, second), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        return [[...(next as unknown[])], answer];
      }),
  ],
  [
    "reset-is-fresh",
    "resets the first one only",
    (first, second) =>
      changed(inTurn(first, second), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (event.type !== "reset") return [next, answer];
        return [[(next as unknown[])[0], (state as unknown[])[1]], answer];
      }),
  ],
];

type One = (policy: RestartPolicy) => RestartPolicy;

export const faultyGiveUp: readonly (readonly [law: string, fault: string, One])[] = [
  ["not-yet-becomes-never", "does nothing", (policy) => policy],
  [
    "twice-is-once",
    "marks the reason",
    (policy) =>
      changed(giveUp(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse") return [next, answer];
        return [next, refuse(`${answer.reason}!`, null)];
      }),
  ],
  [
    "keeps-the-contract",
    "a wait that is no number",
    (policy) =>
      changed(giveUp(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse") return [next, answer];
        return [next, refuse(answer.reason, Infinity)];
      }),
  ],
  [
    "reset-is-fresh",
    "remembers that it gave up",
    (policy) =>
      changed(
        giveUp(policy),
        (step) => (state, event, now) =>
          event.type === "reset" ? [state, { type: "noted" }] : step(state, event, now),
      ),
  ],
];

export const faultyWaitOut: readonly (readonly [law: string, fault: string, One])[] = [
  ["not-yet-becomes-a-delay", "does nothing", (policy) => policy],
  [
    "given-up-stays-given-up",
    "a never becomes a day",
    (policy) =>
      changed(waitOut(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        return [next, answer.type === "refuse" ? launch(86_400_000) : answer];
      }),
  ],
  [
    "twice-is-once",
    "a millisecond more each time",
    (policy) =>
      changed(waitOut(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "launch" || answer.delayMs === 0) return [next, answer];
        return [next, launch(answer.delayMs + 1)];
      }),
  ],
  [
    "search-ends",
    "launches when it has waited long enough",
    (policy) =>
      changed(waitOut(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
        return [next, launch(answer.retryAfterMs)];
      }),
  ],
  [
    "keeps-the-contract",
    "a copy of the state each time",
    (policy) =>
      changed(waitOut(policy), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        return [structuredClone(next), answer];
      }),
  ],
  [
    "reset-is-fresh",
    "keeps reset to itself",
    (policy) =>
      changed(
        waitOut(policy),
        (step) => (state, event, now) =>
          event.type === "reset" ? [state, { type: "noted" }] : step(state, event, now),
      ),
  ],
];

type Coarse = (policy: RestartPolicy, unitMs: number) => RestartPolicy;

export const faultyCoarse: readonly (readonly [law: string, fault: string, Coarse])[] = [
  ["hint-is-kept", "a hint that is one too short", (one, unitMs) => early(coarse(one, unitMs))],
  [
    "unit-of-1-changes-nothing",
    "a unit of at least 10",
    (policy, unit) => coarse(policy, Math.max(10, unit)),
  ],
  [
    "as-of-the-whole-unit",
    "rounds up",
    (policy, unit) =>
      changed(
        policy,
        (step) => (state, event, now) => step(state, event, Math.ceil(now / unit) * unit),
      ),
  ],
  [
    "twice-is-once",
    "lifts the hint by a unit each time",
    (policy, unit) =>
      changed(coarse(policy, unit), (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "refuse" || answer.retryAfterMs === null) return [next, answer];
        return [next, refuse(answer.reason, answer.retryAfterMs + unit)];
      }),
  ],
  [
    "hint-exact",
    "leaves the hint as it was",
    (policy, unit) =>
      changed(
        policy,
        (step) => (state, event, now) => step(state, event, Math.floor(now / unit) * unit),
      ),
  ],
  [
    "keeps-the-contract",
    "a delay below 0",
    (policy, unit) =>
      changed(policy, (step) => (state, event, now) => {
        const [next, answer] = step(state, event, now);
        if (answer.type !== "launch") return [next, answer];
        return [next, { type: "launch", delayMs: answer.delayMs - (now % unit) }];
      }),
  ],
  [
    "reset-is-fresh",
    "passes no reset on",
    (policy, unit) =>
      changed(
        coarse(policy, unit),
        (step) => (state, event, now) =>
          event.type === "reset" ? [state, { type: "noted" }] : step(state, event, now),
      ),
  ],
];

type MakeKeyed = (policy: RestartPolicy, options: KeyedOptions) => Keyed;

const ofKeys =
  (change: (step: Keyed["step"]) => Keyed["step"]): MakeKeyed =>
  (policy, options) => {
    const store = keyed(policy, options) as Keyed;
    return { ...store, step: change((state, event, now) => store.step(state, event, now)) };
  };

export const faultyKeyed: readonly (readonly [law: string, fault: string, MakeKeyed])[] = [
  [
    "reads-back-at-any-time",
    "believes the instants of a clock that was ahead",
    (policy, options) => {
      const store = keyed(policy, options);
      return { ...store, parse: (raw) => store.parse(raw, Number.MAX_SAFE_INTEGER) };
    },
  ],
  [
    "reads-back-at-any-time",
    "is always idle",
    (policy, options) => ({ ...keyed(policy, options), idle: () => true }),
  ],
  [
    "keys-are-independent",
    "takes __proto__ and the empty key for one",
    ofKeys(
      (step) =>
        (state, { key, event }, now) =>
          step(state, { key: key === "__proto__" ? "" : key, event }, now),
    ),
  ],
  [
    "bounded-and-tells",
    "does not say whom it forgot",
    ofKeys((step) => (state, event, now) => {
      const [next, { forgotten: _, ...decision }] = step(state, event, now);
      return [next, decision];
    }),
  ],
  ["bounded-and-tells", "has no bound", (policy) => keyed(policy, { maxKeys: 1_000 }) as Keyed],
  [
    "least-recent-goes",
    "says that the key went which came",
    ofKeys((step) => (state, event, now) => {
      const [next, { forgotten, ...decision }] = step(state, event, now);
      return [next, forgotten ? { ...decision, forgotten: [event.key] } : decision];
    }),
  ],
  [
    "idle-is-forgotten",
    "keeps keys that are idle",
    (policy, options) => {
      const { idle: _, ...rest } = policy;
      return keyed(rest, options) as Keyed;
    },
  ],
  [
    "keeps-the-contract",
    "a copy each time",
    ofKeys((step) => (state, event, now) => {
      const [next, decision] = step(state, event, now);
      return [{ ...(next as object) }, decision];
    }),
  ],
];
