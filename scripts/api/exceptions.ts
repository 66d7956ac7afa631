// Docstrings that lack a part on purpose, each with the reason. One that is not needed is red.

import type { Part } from "./parts.ts";

export interface Exception {
  /** The entry and the name, such as `@steadfast/backoff#backoff`. */
  readonly place: string;
  readonly parts: readonly Part[];
  readonly why: string;
}

export const exceptions: readonly Exception[] = [];
