import { grouped } from "../simulate/grouped.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import type { Place } from "./places.js";

/** A cap that is shorter than the first delay: every delay is the cap, and nothing grows. */
export function capBelowInitial({ description, path }: Place): Finding | null {
  const { kind, options } = description;
  const curve = options.curve as { readonly options?: typeof options } | undefined;
  const own = curve?.options ?? {};
  const initialMs = number(options.initialMs ?? own.initialMs ?? own.delayMs);
  const capMs = Math.min(number(options.capMs, Infinity), number(own.capMs, Infinity));
  if (capMs >= initialMs || own.capFirst === false) return null;
  return {
    code: "cap-below-initial",
    severity: "warning",
    message: `${kind}: capMs of ${grouped(capMs)} is below the first delay of ${grouped(initialMs)} ms, so that every delay is the cap`,
    numbers: { initialMs, capMs },
    fix: `set capMs to at least ${grouped(initialMs)}, or the first delay to at most ${grouped(capMs)}`,
    by: "proof",
    path,
  };
}
