// What the laws of combinators share: members are drawn from a list, by index, so that an input is plain
// JSON; they are composed by whatever is checked, and told a script.

import {
  decisionFault,
  type Millis,
  PolicyOptionsError,
  type RestartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import { deepEqual } from "../kernel/deep-equal.js";
import { deepFreeze } from "../kernel/deep-freeze.js";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { type LawReport, lawReport, unbroken } from "../kernel/report.js";
import { checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { tryLaw } from "../kernel/try-law.js";
import { paste } from "../policy-laws/paste.js";
import { claimPlainJson } from "../policy-laws/pure-laws.js";
import { type RestartScript, scripts, sequels } from "../policy-laws/script.js";
import { atLine, claimSameDecisions } from "../policy-laws/script-law.js";
import { bothTables } from "../policy-laws/table.js";
import { decisionsOf, endOf, launchedAt, type Moment, tell } from "../policy-laws/tell.js";
import { type CompositionCheckOptions, readMembers } from "./options.js";
import { type Animal, zoo } from "./zoo.js";

/** What is checked: a way to make one policy of several, perhaps with a unit. */
export interface Combinator {
  readonly animals: readonly Animal[];
  readonly make: (members: readonly RestartPolicy[], unitMs: Millis) => RestartPolicy;
}

export interface Told {
  /** Places in the list of members. */
  readonly members: readonly number[];
  readonly unitMs: Millis;
  readonly script: RestartScript;
  readonly after: RestartScript;
}

/** One input with its policies. */
export interface Composed {
  readonly make: Combinator["make"];
  readonly members: readonly RestartPolicy[];
  readonly steady: boolean;
  readonly composed: RestartPolicy;
  readonly unitMs: Millis;
  readonly script: RestartScript;
  readonly after: RestartScript;
}

export type CompositionLaw = Law<Combinator>;

interface CompositionLawParts {
  readonly name: string;
  readonly says: string;
  /** How many members: from, to. */
  readonly size: readonly [least: number, most: number];
  /** Whether only steady members are drawn. Default false. */
  readonly steady?: boolean;
  /** What must be met in one of twenty runs. */
  readonly cases: readonly string[];
  readonly holds: (composed: Composed, reached: Reached) => void;
}

const UNITS = [1, 7, 20, 25];

export function compositionLaw(parts: CompositionLawParts): CompositionLaw {
  const { name, says, size, steady = false, cases, holds } = parts;
  return {
    name,
    says,
    trial({ animals, make }) {
      const drawn = [...animals.keys()].filter((i) => !steady || animals[i]?.steady);
      const all = animals.flatMap(({ policy }) => policy.describe.timesMs);
      const times = [...new Set([1, ...all])].filter((ms) => ms > 0).sort((a, b) => a - b);
      const scale = { times, counts: [2, 4] };
      const composedOf = ({ members, unitMs, script, after }: Told): Composed => {
        const chosen = members.flatMap((i) => animals[i] ?? []);
        const policies = chosen.map(({ policy }) => policy);
        return {
          make,
          members: policies,
          steady: chosen.every((animal) => animal.steady),
          composed: make(policies, unitMs),
          unitMs,
          script,
          after,
        };
      };
      return trial<Told>({
        inputs: fc.record({
          members: fc.array(fc.constantFrom(...drawn), {
            minLength: size[0],
            maxLength: size[1],
            size: "max",
          }),
          unitMs: fc.constantFrom(...UNITS),
          script: scripts(scale, { maxParts: 8 }),
          after: sequels(scale),
        }),
        cases,
        holds: (told, reached) => holds(composedOf(told), reached),
        show(told) {
          const { composed, members } = composedOf(told);
          const names = members.map((member) => member.name).join(", ");
          return `  members: ${names}; unit ${told.unitMs}\n${bothTables(composed, told.script, "then", told.after)}`;
        },
      });
    },
  };
}

export const A_REFUSAL = "a refusal";
export const A_WAIT = "a wait";
export const A_DELAY = "a delay";

/** Notes what answers there are. */
export function noteAnswers(moments: readonly Moment[], reached: Reached): void {
  for (const { decision } of moments) {
    if (decision.type === "refuse") reached(A_REFUSAL);
    if (decision.type === "refuse" && decision.retryAfterMs !== null) reached(A_WAIT);
    if (decision.type === "launch" && decision.delayMs > 0) reached(A_DELAY);
  }
}

/** The two policies decide the whole script alike. */
export function claimAlike(
  one: RestartPolicy,
  other: RestartPolicy,
  script: RestartScript,
): Moment[] {
  const moments = tell(one, script);
  const what = `${other.name} decided otherwise than ${one.name}`;
  claimSameDecisions(decisionsOf(tell(other, script)), decisionsOf(moments), what);
  return moments;
}

type Size = readonly [least: number, most: number];

/** Laws of every combinator. */
export function contractLaws(size: Size): readonly CompositionLaw[] {
  return [
    compositionLaw({
      name: "keeps-the-contract",
      says: "a composition mutates nothing, is quiet, JSON-safe and read back, and decides without fault",
      size,
      cases: [A_REFUSAL],
      holds({ composed, script }, reached) {
        const moments = tell(composed, script);
        noteAnswers(moments, reached);
        moments.forEach((moment, i) => {
          const { event, before, after, decision } = moment;
          atLine(i, () => {
            const fault = decisionFault(event, decision);
            claim(fault === null, () => `${fault}; the decision was ${show(decision)}`);
            claimPlainJson(after, "the state");
            claim(before === after || !deepEqual(before, after), () => `a copy of ${show(before)}`);
            const read = composed.parse(JSON.parse(JSON.stringify(after)), launchedAt(moment));
            claim(deepEqual(read, after), () => `${show(after)} was read as ${show(read)}`);
            composed.step(deepFreeze(before), deepFreeze(event), moment.now);
          });
        });
      },
    }),
    compositionLaw({
      name: "reset-is-fresh",
      says: "after a reset a composition decides as a fresh one",
      size,
      cases: [A_REFUSAL],
      holds({ composed, script, after }, reached) {
        const moments = tell(composed, [...script, { gapMs: 0, event: { type: "reset" } }]);
        noteAnswers(moments, reached);
        const { now: at, state } = endOf(composed, moments);
        const fresh = decisionsOf(tell(composed, after, { at }));
        const answers = decisionsOf(tell(composed, after, { at, state }));
        claimSameDecisions(answers, fresh, "after a reset it decided");
      },
    }),
  ];
}

/** A hint of steady members is exact. */
export const hintExact = (size: Size): CompositionLaw =>
  compositionLaw({
    name: "hint-exact",
    says: "of steady members a hint is exact: refused one millisecond sooner, launched at it",
    size,
    steady: true,
    cases: [A_WAIT],
    holds({ composed, script }, reached) {
      const moments = tell(composed, script);
      noteAnswers(moments, reached);
      moments.forEach(({ event, now, after, decision }, i) => {
        if (decision.type !== "refuse" || event.type !== "launch") return;
        const { retryAfterMs: wait } = decision;
        if (wait === null) return;
        const [sooner, then] = [wait - 1, wait].map(
          (ms) => composed.step(after, { ...event, wall: event.wall + ms }, now + ms)[1],
        );
        atLine(i, () => {
          claim(
            sooner?.type === "refuse",
            () => `told to wait ${wait}, 1 ms sooner: ${show(sooner)}`,
          );
          claim(then?.type === "launch", () => `told to wait ${wait}, asked then: ${show(then)}`);
        });
      });
    },
  });

/** What a refusal costs, seen from outside: nothing. */
export const refusalCostsNothing = (size: Size): CompositionLaw =>
  compositionLaw({
    name: "refusal-costs-nothing",
    says: "a refused launch costs the willing members nothing: what follows is decided as if it had not been asked for",
    size,
    steady: true,
    cases: [A_REFUSAL],
    holds({ composed, script, after }, reached) {
      const moments = tell(composed, script);
      noteAnswers(moments, reached);
      const refused = moments.filter(({ decision }) => decision.type === "refuse");
      for (const { now, before, after: state, decision } of refused.slice(-4)) {
        const waitMs = (decision.type === "refuse" && decision.retryAfterMs) || 0;
        for (const at of [now, now + waitMs]) {
          const spared = decisionsOf(tell(composed, after, { at, state: before }));
          const answers = decisionsOf(tell(composed, after, { at, state }));
          claimSameDecisions(
            answers,
            spared,
            `after the refusal at ${now}, from ${at} on, it decided`,
          );
        }
      }
    },
  });

/** Tries the laws of one combinator. */
export function checkCombinator(
  owner: string,
  combinator: unknown,
  make: Combinator["make"],
  laws: readonly CompositionLaw[],
  options: CompositionCheckOptions,
): LawReport {
  if (typeof combinator !== "function") {
    throw new PolicyOptionsError(owner, "combinator", "a function", combinator);
  }
  const members = readMembers(owner, options);
  const animals = members ? members.map((policy) => ({ policy, steady: true })) : zoo;
  const settings = checkSettings(owner, options, laws);
  const results = laws.map(
    (law) => skipped(law, settings) ?? tryLaw(law, { animals, make }, trySettings(law, settings)),
  );
  return unbroken(lawReport(owner.slice("check".length), results), paste(`${owner}(combinator`));
}
