import {
  type AnyExit,
  PolicyOptionsError,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { paste } from "../kernel/paste.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import { checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import { animalsOf } from "./check-combinator.js";
import type { CompositionCheckOptions } from "./options.js";
import type { WhenSubject } from "./when-law.js";
import { whenLaws } from "./when-laws.js";
import { always } from "./zoo.js";

/**
 * Checks a combinator that claims to do as `when` does: a policy decides for the exits of one kind, and
 * every other launch is granted at once.
 *
 * Effect: wraps members of the kit, or those given, with three predicates, and runs them on some hundred
 * scripts. Errors: `LawsBrokenError` with every law that failed; `PolicyOptionsError` for bad options.
 *
 * @since 0.1.0
 * @example
 * checkWhen(when).passed.includes("asked-once-per-exit"); // => true
 */
export function checkWhen(
  when: (predicate: (exit: AnyExit) => boolean, policy: RestartPolicy) => RestartPolicy,
  options: CompositionCheckOptions = {},
): LawReport {
  readArguments("checkWhen", arguments, 2);
  if (typeof when !== "function") {
    throw new PolicyOptionsError("checkWhen", "combinator", "a function", when);
  }
  const animals = animalsOf("checkWhen", options);
  const subject: WhenSubject = {
    when,
    members: animals.map(({ policy }) => policy),
    ofOneCause: {
      animals,
      make: ([policy = always]) => when(({ kind }) => kind === "failed", policy),
    },
  };
  const settings = checkSettings("checkWhen", options, whenLaws, ["members"]);
  const results = whenLaws.map(
    (law) => skipped(law, settings) ?? tryLaw(law, subject, trySettings(law, settings)),
  );
  return unbroken(lawReport("When", results), paste("checkWhen(combinator"));
}
