// A stack, from whatever file it came.

import type { Finding, Service } from "@steadfast/bridges";
import type { PolicySpec } from "@steadfast/spec";

export interface Stack {
  readonly name: string;
  /** The folder of its file: where a second terminal looks for it. */
  readonly folder: string;
  readonly services: readonly Service[];
  readonly strategy?: "one-for-one" | "one-for-all" | "rest-for-one";
  readonly budget?: PolicySpec;
  /** What restarts a child with `--watch`, by name: paths from `folder`. */
  readonly watch: { readonly [id: string]: readonly string[] };
  /** What of a foreign file does not map. */
  readonly report: readonly Finding[];
}
