import { pools } from "./pools.ts";
import { retries } from "./retries.ts";
import { retriesAtScale } from "./retries-at-scale.ts";
import type { Scenario } from "./scenario.ts";

/** All, in the order of the table. */
export const scenarios: readonly Scenario[] = [...pools, ...retries, ...retriesAtScale];
