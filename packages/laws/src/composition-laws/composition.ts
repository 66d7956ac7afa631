// What the laws of combinators share: members are drawn from a list, by index, so that an input is plain
// JSON; they are composed by whatever is checked, and told a script.

import type { Millis, RestartPolicy } from "@steadfast/policy";
import fc from "fast-check";
import { claim } from "../kernel/claim.js";
import { type Law, type Reached, trial } from "../kernel/law.js";
import { shorterPart } from "../kernel/shorten.js";
import type { RestartScript } from "../policy-laws/script.js";
import { claimSameDecisions } from "../policy-laws/script-law.js";
import { shorterScript } from "../policy-laws/shorter-script.js";
import { scripts, sequels } from "../policy-laws/some-script.js";
import { bothTables } from "../policy-laws/table.js";
import { decisionsOf, type Moment, tell } from "../policy-laws/tell.js";
import type { Animal } from "./zoo.js";

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
  /** Whether only members are drawn whose hints are exact. Default false. */
  readonly exact?: boolean;
  /** What must be met in one of twenty runs. */
  readonly cases: readonly string[];
  readonly holds: (composed: Composed, reached: Reached) => void;
}

const UNITS = [1, 7, 20, 25];

export function compositionLaw(parts: CompositionLawParts): CompositionLaw {
  const { name, says, size, steady = false, exact = false, cases, holds } = parts;
  return {
    name,
    says,
    trial({ animals, make }) {
      const drawn = [...animals.keys()].filter(
        (i) => (!steady || animals[i]?.steady) && (!exact || animals[i]?.exact),
      );
      if (exact && drawn.every((i) => animals[i]?.steady)) {
        return "every member is steady: `hint-exact` says more";
      }
      const all = animals.flatMap(({ policy }) => policy.describe.timesMs);
      const times = [...new Set([1, ...all])].filter((ms) => ms > 0).sort((a, b) => a - b);
      const scale = { times, counts: [2, 4] };
      const composedOf = ({ members, unitMs, script, after }: Told): Composed => {
        const chosen = members.map((i) => {
          const animal = animals[i];
          claim(animal !== undefined, () => `\`members\` has no number ${i}`);
          return animal;
        });
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
        *shorter(told) {
          yield* shorterPart(told, "after", shorterScript);
          yield* shorterPart(told, "script", shorterScript);
          if (told.unitMs !== 1) yield { ...told, unitMs: 1 };
        },
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
