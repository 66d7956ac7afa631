// The laws of one policy for many keys, on any function that claims to keep them apart and to bound them.

import {
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  type Millis,
  type Policy,
  PolicyOptionsError,
  type RestartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { claim, claimSame, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import { checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { textTable } from "../kernel/text-table.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import { paste } from "../policy-laws/paste.js";
import { claimPlainJson } from "../policy-laws/pure-laws.js";
import { linesIn, pick, type RestartScript } from "../policy-laws/script.js";
import { atLine } from "../policy-laws/script-law.js";
import { scripts } from "../policy-laws/some-script.js";
import { decisionText, eventText } from "../policy-laws/table.js";
import { eventAt, WALL } from "../policy-laws/tell.js";
import { type CompositionCheckOptions, readMembers } from "./options.js";
import { windowOf } from "./zoo.js";

type Keyed = Policy<unknown, KeyedEvent, KeyedDecision>;
type MakeKeyed = (policy: RestartPolicy, options: KeyedOptions) => Keyed;

interface Store {
  readonly keyed: MakeKeyed;
  readonly members: readonly RestartPolicy[];
}

interface ManyKeys {
  /** A place in the list of members. */
  readonly member: number;
  readonly maxKeys: number;
  readonly script: RestartScript;
  /** The key of each event, counted round. */
  readonly keys: readonly string[];
}

interface KeyedMoment {
  readonly now: Millis;
  readonly told: KeyedEvent;
  readonly before: unknown;
  readonly after: unknown;
  readonly decision: KeyedDecision;
}

const NAMES = ["", "__proto__", "constructor", "a", "b", "toString", "0", "ä", "\u0000"];
const ROOMY = 1_000;

/** Time goes on as the script says; the keys of others do not wait for the delay of one. */
function tellKeyed(policy: Keyed, script: RestartScript, keys: readonly string[]): KeyedMoment[] {
  let now = 0;
  let before = policy.initial();
  return linesIn(script).map(({ gapMs, event }, i) => {
    now += gapMs;
    const told = { key: pick(keys, i), event: eventAt(event, WALL + now) };
    const [after, decision] = policy.step(before, told, now);
    const moment = { now, told, before, after, decision };
    before = after;
    return moment;
  });
}

interface KeyedLawParts {
  readonly name: string;
  readonly says: string;
  readonly cases: readonly string[];
  readonly maxKeys: readonly number[];
  readonly holds: (
    policy: RestartPolicy,
    maxKeys: number,
    moments: readonly KeyedMoment[],
    store: Keyed,
    reached: Reached,
  ) => void;
}

function keyedLaw({ name, says, cases, maxKeys: sizes, holds }: KeyedLawParts): Law<Store> {
  return {
    name,
    says,
    trial({ keyed, members }) {
      const all = members.flatMap(({ describe }) => describe.timesMs);
      const times = [...new Set([1, ...all])].filter((ms) => ms > 0).sort((a, b) => a - b);
      const policyOf = (member: number) => pick(members, member);
      const key = fc.oneof(
        fc.constantFrom(...NAMES),
        fc.nat(12).map((n) => `key ${n}`),
      );
      return trial<ManyKeys>({
        inputs: fc.record({
          member: fc.nat(members.length - 1),
          maxKeys: fc.constantFrom(...sizes),
          script: scripts({ times, counts: [2, 5] }, { start: false, maxParts: 12 }),
          keys: fc.array(key, { minLength: 1, maxLength: 20, size: "max" }),
        }),
        cases,
        holds({ member, maxKeys, script, keys }, reached) {
          const policy = policyOf(member);
          const store = keyed(policy, { maxKeys });
          holds(policy, maxKeys, tellKeyed(store, script, keys), store, reached);
        },
        show({ member, maxKeys, script, keys }) {
          const policy = policyOf(member);
          const rows = tellKeyed(keyed(policy, { maxKeys }), script, keys).map(
            ({ now, told, decision }, i) => [
              `${i + 1}`,
              `${now}`,
              JSON.stringify(told.key),
              eventText(told.event),
              `${decisionText(decision)} ${show(decision.forgotten ?? "")}`,
            ],
          );
          const head = `  ${policy.name}, maxKeys ${maxKeys}`;
          return `${head}\n${textTable([["#", "now", "key", "event", "decision"], ...rows])}`;
        },
      });
    },
  };
}

const SEVERAL = "a refusal of one of several keys";

const keysAreIndependent = keyedLaw({
  name: "keys-are-independent",
  says: "with room enough each key is decided as if it were alone, whatever its name, and none is said to be forgotten",
  cases: [SEVERAL],
  maxKeys: [ROOMY],
  holds(policy, _, moments, __, reached) {
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const state = states.has(key) ? states.get(key) : policy.initial();
      const [next, expected] = policy.step(state, event, now);
      states.set(key, next);
      atLine(i, () => claimSame(decision, expected, `for the key ${JSON.stringify(key)}`));
      if (states.size > 1 && decision.type === "refuse") reached(SEVERAL);
    });
  },
});

const FORGOTTEN = "a key that was forgotten";

const bounded = keyedLaw({
  name: "bounded-and-tells",
  says: "never more than maxKeys are remembered; a key that is forgotten because the store is full is named, is not the one that came, and starts again",
  cases: [FORGOTTEN],
  maxKeys: [3, 1, 0, 2, 5],
  holds(policy, maxKeys, moments, _, reached) {
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const { forgotten = [], ...answer } = decision;
      const state = states.has(key) ? states.get(key) : policy.initial();
      const [next, expected] = policy.step(state, event, now);
      states.set(key, next);
      atLine(i, () => {
        claimSame(answer, expected, `for the key ${JSON.stringify(key)}`);
        for (const gone of forgotten) {
          reached(FORGOTTEN);
          claim(states.delete(gone), () => `${JSON.stringify(gone)} was not there to be forgotten`);
          claim(gone !== key || maxKeys === 0, () => `the key that came was forgotten`);
        }
        const busy = [...states].filter(([, kept]) => !policy.idle?.(kept, now));
        claim(
          busy.length <= maxKeys,
          () => `${busy.length} keys are remembered, maxKeys ${maxKeys}`,
        );
      });
    });
  },
});

const leastRecentGoes = keyedLaw({
  name: "least-recent-goes",
  says: "when the store is full, a key goes that was used less recently than every other that still counts",
  cases: [FORGOTTEN],
  maxKeys: [3, 2, 5],
  holds(policy, _, moments, __, reached) {
    /** Least recently used first. */
    const states = new Map<string, unknown>();
    moments.forEach(({ now, told: { key, event }, decision }, i) => {
      const state = states.has(key) ? states.get(key) : policy.initial();
      states.delete(key);
      states.set(key, policy.step(state, event, now)[0]);
      for (const gone of decision.forgotten ?? []) {
        const counting = [...states].filter(([, kept]) => !policy.idle?.(kept, now));
        const least = counting[0]?.[0];
        const what = () => `${JSON.stringify(gone)} went, and not ${JSON.stringify(least)}`;
        atLine(i, () => claim(gone === least, what));
        states.delete(gone);
        reached(FORGOTTEN);
      }
    });
  },
});

const idleIsForgotten = keyedLaw({
  name: "idle-is-forgotten",
  says: "when every key is idle again and was met since, nothing is left: the state is the initial one",
  cases: ["something to forget"],
  maxKeys: [ROOMY],
  holds(policy, _, moments, store, reached) {
    const last = moments.at(-1);
    if (last === undefined || !policy.idle?.(policy.initial(), last.now)) return;
    let state = last.after;
    if (!deepEqual(state, store.initial())) reached("something to forget");
    for (const { told } of moments) {
      [state] = store.step(state, { key: told.key, event: { type: "reset" } }, last.now);
    }
    claimSame(state, store.initial(), "after a reset of every key the state");
  },
});

const keepsTheContract = keyedLaw({
  name: "keeps-the-contract",
  says: "it mutates nothing, is quiet, deterministic and JSON-safe, and reads back what it wrote",
  cases: ["several keys"],
  maxKeys: [ROOMY, 3],
  holds(_, __, moments, store, reached) {
    const keys = new Set<string>();
    moments.forEach(({ now, told, before, after, decision }, i) => {
      keys.add(told.key);
      if (keys.size > 2) reached("several keys");
      atLine(i, () => {
        claimPlainJson(after, "the state");
        claim(before === after || !deepEqual(before, after), () => `a copy of ${show(before)}`);
        const read = store.parse(JSON.parse(JSON.stringify(after)), now);
        claim(deepEqual(read, after), () => `${show(after)} was read as ${show(read)}`);
        const [next, again] = store.step(deepFreeze(before), deepFreeze(told), now);
        claimSame(again, decision, "told again, the decision");
        claim(deepEqual(next, after), () => "told again, another state");
      });
    });
  },
});

const laws = [keysAreIndependent, bounded, leastRecentGoes, idleIsForgotten, keepsTheContract];
const MEMBERS: readonly RestartPolicy[] = [windowOf(1, 60), windowOf(2, 35)];

/**
 * Checks a combinator that claims to do as `keyed` does: a state for each key, a bounded number of
 * them, and a decision that names whom it had to forget.
 *
 * Effect: wraps windows of the kit, or the members given, and runs them on some hundred scripts with
 * keys such as `__proto__`. Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError`
 * for bad options.
 *
 * @since 0.1.0
 * @example
 * checkKeyed(keyed).passed.includes("keys-are-independent"); // => true
 */
export function checkKeyed(
  keyed: (policy: RestartPolicy, options: KeyedOptions) => Keyed,
  options: CompositionCheckOptions = {},
): LawReport {
  if (typeof keyed !== "function") {
    throw new PolicyOptionsError("checkKeyed", "combinator", "a function", keyed);
  }
  const store: Store = { keyed, members: readMembers("checkKeyed", options) ?? MEMBERS };
  const settings = checkSettings("checkKeyed", options, laws);
  const results = laws.map(
    (law) => skipped(law, settings) ?? tryLaw(law, store, trySettings(law, settings)),
  );
  return unbroken(lawReport("Keyed", results), paste("checkKeyed(combinator"));
}
