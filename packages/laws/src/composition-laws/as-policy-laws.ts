// A composition is a policy: what holds of every policy is tried on a few compositions of lawful members.

import fc from "fast-check";
import type { Trial } from "../kernel/law.js";
import { trial } from "../kernel/law.js";
import { LAWS } from "../policy-laws/laws.js";
import { type PolicySubject, policySubject } from "../policy-laws/subject.js";
import type { Combinator, CompositionLaw } from "./composition.js";

/** The laws that every combinator keeps, whatever it makes of its members and of time. */
const ALL = [
  "deterministic",
  "never-mutates",
  "json-safe",
  "decisions-without-fault",
  "survives-json",
  "parse-rejects-junk",
  "describes-itself",
  "total",
  "idle-is-honest",
  "stays-small",
  "reasons-are-codes",
];
/** Those that go by the durations which a policy describes. */
const TIMED = ["parse-pulls-back", "backwards-is-standing-still"];

/** So many compositions are tried. */
const TRIED = 6;
const UNITS = [1, 7, 20, 25];

interface Input {
  /** Which composition. */
  readonly composition: number;
  /** The input of the law about a policy. */
  readonly input: unknown;
}

interface Composition {
  readonly names: string;
  readonly subject: PolicySubject;
}

/** The laws; with `isTimed` also those that need honest durations of its description. */
export function asPolicyLaws(
  size: readonly [least: number, most: number],
  isTimed = true,
): readonly CompositionLaw[] {
  const names = isTimed ? [...ALL, ...TIMED] : ALL;
  const made = new WeakMap<Combinator, readonly Composition[]>();
  const compositionsOf = (combinator: Combinator) => {
    const known = made.get(combinator) ?? compositions(combinator, size);
    made.set(combinator, known);
    return known;
  };
  return LAWS.filter(({ name }) => names.includes(name)).map(
    (law): CompositionLaw => ({
      name: `policy-${law.name}`,
      says: `as of every policy: ${law.says}`,
      trial(combinator) {
        const all = compositionsOf(combinator);
        const trials = all.map(({ subject }) => law.trial(subject));
        const usable = [...trials.keys()].filter((i) => typeof trials[i] !== "string");
        const [first = ""] = trials;
        if (usable.length === 0 && typeof first === "string") return first;
        const trialOf = ({ composition }: Input) => trials[composition] as Trial;
        return trial<Input>({
          inputs: fc
            .constantFrom(...usable)
            .chain((composition) =>
              (trials[composition] as Trial).inputs.map((input) => ({ composition, input })),
            ),
          runsShare: 0.25,
          *shorter(one) {
            for (const input of trialOf(one).shorter(one.input)) yield { ...one, input };
          },
          holds: (one) => trialOf(one).holds(one.input, () => {}),
          show: (one) => `  of ${all[one.composition]?.names}\n${trialOf(one).show(one.input)}`,
        });
      },
    }),
  );
}

function compositions(
  { animals, make }: Combinator,
  [least, most]: readonly [number, number],
): readonly Composition[] {
  const lawful = animals.filter((animal) => animal.lawful).map(({ policy }) => policy);
  return Array.from({ length: TRIED }, (_, n) => {
    const count = Math.max(1, least) + (n % (most - Math.max(1, least) + 1));
    const members = Array.from(
      { length: count },
      (__, i) => lawful[(n + 3 * i) % lawful.length] ?? [],
    ).flat();
    const unitMs = UNITS[n % UNITS.length] ?? 1;
    const policy = make(members, unitMs);
    return {
      names: `${members.map(({ name }) => name).join(", ")}; unit ${unitMs}`,
      subject: policySubject(policy, { timesMs: members.flatMap(timesOf) }),
    };
  });
}

const timesOf = ({ describe }: { readonly describe: { readonly timesMs: readonly number[] } }) =>
  describe.timesMs.filter((ms) => ms >= 1);
