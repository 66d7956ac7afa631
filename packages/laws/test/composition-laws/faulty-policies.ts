// What may be wrong with any policy, for compositions to be wrapped in: for each law about all policies
// that is tried on compositions, one fault.

import { launch, type RestartPolicy, refuse } from "@steadfast/policy";

type Spoil = (policy: RestartPolicy) => RestartPolicy;

const stepped =
  (change: (policy: RestartPolicy) => RestartPolicy["step"]): Spoil =>
  (policy) => ({ ...policy, step: change(policy) });

export const faultyPolicies: readonly (readonly [law: string, fault: string, spoil: Spoil])[] = [
  [
    "deterministic",
    "draws for itself",
    stepped(({ step }) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      return [next, answer.type === "launch" ? launch(answer.delayMs + Math.random()) : answer];
    }),
  ],
  [
    "never-mutates",
    "writes into the event",
    stepped(({ step }) => (state, event, now) => {
      const taken = step(state, event, now);
      if (event.type === "launch") Object.assign(event, { draw: 0.125 });
      return taken;
    }),
  ],
  [
    "json-safe",
    "leaves an undefined in its answers",
    stepped(({ step }) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      return [next, { ...answer, note: undefined }];
    }),
  ],
  [
    "decisions-without-fault",
    "answers a fact with a launch",
    stepped(({ step }) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      return [next, event.type === "exited" ? launch() : answer];
    }),
  ],
  [
    "survives-json",
    "reads a fresh state",
    (policy) => ({ ...policy, parse: () => policy.initial() }),
  ],
  [
    "parse-pulls-back",
    "believes the instants of a clock that was ahead",
    (policy) => ({ ...policy, parse: (raw) => policy.parse(raw, Number.MAX_SAFE_INTEGER) }),
  ],
  ["parse-rejects-junk", "reads anything", (policy) => ({ ...policy, parse: (raw) => raw })],
  [
    "describes-itself",
    "has half a millisecond among its times",
    (policy) => ({ ...policy, describe: { ...policy.describe, timesMs: [0.5] } }),
  ],
  [
    "total",
    "throws far in the future",
    stepped(({ step }) => (state, event, now) => {
      if (now > 2 ** 52) throw new RangeError("too late");
      return step(state, event, now);
    }),
  ],
  [
    "backwards-is-standing-still",
    "waits for a clock that went back",
    stepped(({ step }) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      return [next, answer.type === "launch" ? launch(answer.delayMs + Math.max(0, -now)) : answer];
    }),
  ],
  ["idle-is-honest", "is always idle", (policy) => ({ ...policy, idle: () => true })],
  ["stays-small", "keeps a list of all that happened", logging],
  [
    "reasons-are-codes",
    "gives its reasons in a sentence",
    stepped(({ step }) => (state, event, now) => {
      const [next, answer] = step(state, event, now);
      if (answer.type !== "refuse") return [next, answer];
      return [next, refuse(`refused: ${answer.reason}`, answer.retryAfterMs)];
    }),
  ],
];

interface Logged {
  readonly inner: unknown;
  readonly log: readonly string[];
}

function logging(policy: RestartPolicy): RestartPolicy {
  const logged: RestartPolicy<Logged> = {
    ...policy,
    initial: () => ({ inner: policy.initial(), log: [] }),
    step({ inner, log }, event, now) {
      const [next, answer] = policy.step(inner, event, now);
      return [{ inner: next, log: [...log, event.type] }, answer];
    },
    parse: (raw) => raw as Logged,
    idle: ({ inner }, now) => policy.idle?.(inner, now) ?? false,
  };
  return logged as RestartPolicy;
}
