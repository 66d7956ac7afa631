// How a law about one policy for many keys is written: a store is stepped with a script, each event under a key.

import type {
  KeyedDecision,
  KeyedEvent,
  KeyedOptions,
  Millis,
  Policy,
  RestartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { shorterList, shorterPart } from "../kernel/shorten.js";
import { textTable } from "../kernel/text-table.js";
import { linesIn, pick, type RestartScript } from "../policy-laws/script.js";
import { shorterScript } from "../policy-laws/shorter-script.js";
import { scripts } from "../policy-laws/some-script.js";
import { decisionText, eventText, fitting } from "../policy-laws/table.js";
import { eventAt, WALL } from "../policy-laws/tell.js";

export type Keyed = Policy<unknown, KeyedEvent, KeyedDecision>;
export type MakeKeyed = (policy: RestartPolicy, options: KeyedOptions) => Keyed;

export interface Store {
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

export interface KeyedMoment {
  readonly now: Millis;
  readonly told: KeyedEvent;
  readonly before: unknown;
  readonly after: unknown;
  readonly decision: KeyedDecision;
}

const LONG = "service/".repeat(40);
/** Keys that a careless store takes for one another: odd, numeric, in another case or form, long and alike. */
const FAMILIES: readonly (readonly string[])[] = [
  ["", " ", "__proto__", "constructor", "toString", "\u0000"],
  ["0", "00", "1", "01", "1.0", "-0"],
  ["a", "A", "a ", " a", "a\u0308", "ä"],
  [`${LONG}1`, `${LONG}2`, `${LONG}11`, `1${LONG}`, `2${LONG}`],
];
/** Of so many picks, those that are not of the family are ordinary keys. */
const PICKS = 20;
const OF_FAMILY = 12;

const someKeys = fc
  .tuple(
    fc.constantFrom(...FAMILIES),
    fc.array(fc.nat(PICKS - 1), { minLength: 1, maxLength: 20, size: "max" }),
  )
  .map(([family, picks]) => picks.map((n) => (n < OF_FAMILY ? pick(family, n) : `key ${n}`)));
export const ROOMY = 1_000;

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

/** A long key by its ends. */
export const keyText = (key: string): string =>
  JSON.stringify(key.length > 24 ? `${key.slice(0, 10)}...${key.slice(-10)}` : key);

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

export function keyedLaw({ name, says, cases, maxKeys: sizes, holds }: KeyedLawParts): Law<Store> {
  return {
    name,
    says,
    trial({ keyed, members }) {
      const all = members.flatMap(({ describe }) => describe.timesMs);
      const times = [...new Set([1, ...all])].filter((ms) => ms > 0).sort((a, b) => a - b);
      const policyOf = (member: number) => pick(members, member);
      return trial<ManyKeys>({
        inputs: fc.record({
          member: fc.nat(members.length - 1),
          maxKeys: fc.constantFrom(...sizes),
          script: scripts({ times, counts: [2, 5] }, { start: false, maxParts: 12 }),
          keys: someKeys,
        }),
        cases,
        *shorter(told) {
          yield* shorterPart(told, "script", shorterScript);
          yield* shorterPart(told, "keys", (keys) => shorterList(keys, { least: 1 }));
        },
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
              keyText(told.key),
              eventText(told.event),
              `${decisionText(decision)}${decision.forgotten ? `, forgot ${decision.forgotten.map(keyText).join()}` : ""}`,
            ],
          );
          const head = `  ${policy.name}, maxKeys ${maxKeys}`;
          return `${head}\n${textTable([["#", "now", "key", "event", "decision"], ...fitting(rows)])}`;
        },
      });
    },
  };
}
