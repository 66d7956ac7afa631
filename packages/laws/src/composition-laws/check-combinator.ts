import { PolicyOptionsError } from "@steadfast/policy";
import { paste } from "../kernel/paste.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import { checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import type { Combinator, CompositionLaw } from "./composition.js";
import { type CompositionCheckOptions, readMembers } from "./options.js";
import { type Animal, zoo } from "./zoo.js";

/** What is composed: the members that were given, taken at their word, or those of the kit. */
export function animalsOf(owner: string, options: CompositionCheckOptions): readonly Animal[] {
  const members = readMembers(owner, options);
  if (members === undefined) return zoo;
  return members.map((policy) => ({ policy, steady: true, exact: true, lawful: true }));
}

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
  const animals = animalsOf(owner, options);
  const settings = checkSettings(owner, options, laws, ["members"]);
  const results = laws.map(
    (law) => skipped(law, settings) ?? tryLaw(law, { animals, make }, trySettings(law, settings)),
  );
  return unbroken(lawReport(owner.slice("check".length), results), paste(`${owner}(combinator`));
}
