// Says once per vitest run which property tests these are, so that any failure can be repeated.

import { propertyRuns } from "./property-runs.ts";

export default function announce(): void {
  const { seed, numRuns } = propertyRuns();
  console.log(`property tests: FC_SEED=${seed} FC_NUM_RUNS=${numRuns}`);
}
