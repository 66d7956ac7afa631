// Which parts a docstring must have, by what it describes, and how a part is recognised.
//
// | what it describes                         | parts                                                    |
// |-------------------------------------------|----------------------------------------------------------|
// | a policy, combinator, slot, curve, jitter | says, decides, units, range, edge, errors, source, since, example |
// | what runs something: launcher, supervisor | says, decides, edge, effect, errors, since, example      |
// | any other function                        | says, effect or errors, since, example                   |
// | a guard                                   | says, since                                              |
// | an error class                            | says, fix, since                                         |
// | a constant                                | says, since                                              |
// | a type                                    | says, since; a sentence per field                        |
// | an option                                 | a default where it may be left out; bounds where it is a number |

import type { Kind, PublicName } from "./surface.ts";

export type Part =
  | "says"
  | "decides"
  | "units"
  | "range"
  | "bounds"
  | "edge"
  | "effect"
  | "errors"
  | "effect or errors"
  | "source"
  | "fix"
  | "default"
  | "since"
  | "example";

/** What is looked for in the text; `since` and `example` are tags. */
const WORDS: Readonly<Record<Exclude<Part, "since" | "example">, RegExp>> = {
  says: /\w+ \w+[\s\S]*[.:|]/,
  decides: /\bDecides\b/,
  units: /\b[Uu]nits?\b/,
  range: /\b([Rr]anges?|[Dd]efaults?|at least|at most)\b|\bfrom \S[^.]* to\b|\bin [[(]/,
  bounds:
    /\bfrom \S[^.]* to\b|\b\d+ to \S|\bat least\b|\bat most\b|\bin [[(]|\bany (finite )?number\b/,
  edge: /\b[Ee]dges?\b|\b[Ee]xactly\b/,
  effect: /\b[Ee]ffects?\b/,
  errors: /\bErrors?\b|\b[Nn]ever throws\b/,
  "effect or errors": /\b[Ee]ffects?\b|\bErrors?\b|\b[Nn]ever throws\b|\bPure\b/,
  source: /\bSources?:/,
  fix: /\bFix:/,
  default: /\b[Dd]efaults?\b|\bLeft out\b/,
};

const RULE: readonly Part[] = [
  "says",
  "decides",
  "units",
  "range",
  "edge",
  "errors",
  "source",
  "since",
  "example",
];
const ENGINE: readonly Part[] = ["says", "decides", "edge", "effect", "errors", "since", "example"];
const FUNCTION: readonly Part[] = ["says", "effect or errors", "since", "example"];
const PLAIN: readonly Part[] = ["says", "since"];
const ERROR: readonly Part[] = ["says", "fix", "since"];

/** What a function returns tells what it is. */
const RULES = /^(RestartPolicy|Policy|ChildSlot|DescribedCurve|Jitter)\b/;
const ENGINES = /^(\w*Launcher|SupervisorHandle|SignalGuard)\b/;
const GUARD = / is /;

const BY_KIND: Readonly<Record<Exclude<Kind, "function">, readonly Part[]>> = {
  class: ERROR,
  const: PLAIN,
  interface: PLAIN,
  type: PLAIN,
};

/** The parts that the docstring of a public name must have. */
export function partsOf({ kind, result }: Pick<PublicName, "kind" | "result">): readonly Part[] {
  if (kind !== "function") return BY_KIND[kind];
  if (GUARD.test(result)) return PLAIN;
  if (RULES.test(result)) return RULE;
  return ENGINES.test(result) ? ENGINE : FUNCTION;
}

/** What to write, where a part is missing. */
export const HOW: Readonly<Record<Part, string>> = {
  says: "a sentence that says what it is",
  decides: '"Decides: ..."',
  units: '"Units: ...", or "Units: none"',
  range:
    '"Range: from ... to ...", "at least ...", "at most ..." or a default, here or at its options',
  bounds: '"from ... to ...", "at least ...", "at most ..." or "any number"',
  edge: '"Edge: ...", what happens exactly at a limit',
  effect: '"Effect: ..." or "Effect on state: ..."',
  errors: '"Errors: ...", or "Errors: none"',
  "effect or errors": '"Effect: ...", "Errors: ..." or "Pure"',
  source: '"Source: ...", where the rule comes from',
  fix: '"Fix: ...", what to do about it',
  default: '"Default: ..." or "Left out: ..."',
  since: "@since with one version, not later than that of the package",
  example: "@example with a program, which is executed",
};

/** Whether a text has a part that is made of words. */
export function says(text: string, part: Exclude<Part, "since" | "example">): boolean {
  return WORDS[part].test(text);
}
