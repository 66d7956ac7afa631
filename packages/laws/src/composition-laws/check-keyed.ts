// The laws of one policy for many keys, on any function that claims to keep them apart and to bound them.

import {
  type KeyedOptions,
  PolicyOptionsError,
  type RestartPolicy,
  readArguments,
} from "@steadfast/policy";
import { paste } from "../kernel/paste.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import { checkSettings, skipped, trySettings } from "../kernel/settings.js";
import { tryLaw } from "../kernel/try-law.js";
import { unbroken } from "../kernel/unbroken.js";
import type { Keyed, Store } from "./keyed-law.js";
import { keyedLaws } from "./keyed-laws.js";
import { type CompositionCheckOptions, readMembers } from "./options.js";
import { windowOf } from "./zoo.js";

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
  readArguments("checkKeyed", arguments, 2);
  if (typeof keyed !== "function") {
    throw new PolicyOptionsError("checkKeyed", "combinator", "a function", keyed);
  }
  const store: Store = { keyed, members: readMembers("checkKeyed", options) ?? MEMBERS };
  const settings = checkSettings("checkKeyed", options, keyedLaws, ["members"]);
  const results = keyedLaws.map(
    (law) => skipped(law, settings) ?? tryLaw(law, store, trySettings(law, settings)),
  );
  return unbroken(lawReport("Keyed", results), paste("checkKeyed(combinator"));
}
