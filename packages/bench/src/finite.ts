// What a candidate measured, before it is written down.

import type { Figures } from "./suite.ts";

/** The figures, if each is a number. @throws Error that names the one that is none: JSON would make it null, and a page NaN. */
export function finite(figures: Figures): Figures {
  for (const [name, value] of Object.entries(figures)) {
    if (!Number.isFinite(value)) throw new Error(`${name} is ${value}, not a number`);
  }
  return figures;
}
