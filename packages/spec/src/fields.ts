import { didYouMean, type Json } from "@steadfast/policy";
import { fieldAt, LEFT_OUT, wrong } from "./policy-spec-error.js";

/** Refuses the first field that is not among `known`. */
export function onlyFields(
  node: { readonly [key: string]: Json },
  known: readonly string[],
  path: string,
): void {
  for (const [field, value] of Object.entries(node)) {
    if (known.includes(field)) continue;
    const hint = didYouMean(field, known) || `known: ${known.join(", ")}; options stand in options`;
    throw wrong(fieldAt(path, field), LEFT_OUT, value, hint);
  }
}
