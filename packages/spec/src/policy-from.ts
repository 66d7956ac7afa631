import { type RestartPolicy, readArguments } from "@steadfast/policy";
import { plain } from "./plain.js";
import { policyAt } from "./read-node.js";

/**
 * Reads a restart policy from plain JSON: a configuration, a link, the output of a compiler.
 *
 * Decides: the policy that the document describes, decision for decision and state for state: a `kind` is a
 * factory, called with `options` and `members`; a `preset` is the policy of that preset; a short text is
 * what the grammar in the README says. Durations, wherever an option ends in `Ms`, are milliseconds, or
 * text such as `10s`.
 * Units: milliseconds. Ranges and defaults: those of the factories; a document is nested at most 128 levels
 * deep and holds at most 10 000 values. Edge: a property that is undefined is left out; `-0` is 0.
 * Effect on state: none; the document is copied first. The state of the policy is the one that it would
 * have if it were made by hand.
 * Errors: `PolicySpecError` with the path of the first bad field, what is allowed there, what was there and
 * the nearest right name; what takes a function (`stopWhen`, `giveUpOn`, `when`) is refused by name, and so is
 * `keyed`, which `keyedFrom` reads. Nothing else is thrown, whatever the document.
 * Source: none; the shape is that of `describe`.
 *
 * @since 0.1.0
 * @example
 * const policy = policyFrom({
 *   kind: "allOf",
 *   members: ["on-failure", { kind: "inTurn", members: ["200ms..30s", "10/10m"] }],
 * });
 * policy.name; // => "allOf(restartOn, inTurn(backoff, slidingWindow))"
 */
export function policyFrom(json: unknown): RestartPolicy {
  readArguments("policyFrom", arguments, 1);
  return policyAt(plain(json), "");
}
