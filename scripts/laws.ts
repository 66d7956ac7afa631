// `pnpm laws`: the tests again with a fresh seed, more runs per property, and no cache.
// FC_SEED and FC_NUM_RUNS repeat or vary a run: `FC_SEED=42 pnpm laws`. Arguments go to turbo:
// `pnpm laws --filter=@steadfast/backoff`.

import { randomInt } from "node:crypto";
import { interruption, run } from "./run.ts";

const seed = process.env.FC_SEED ?? String(randomInt(2 ** 31));
const numRuns = process.env.FC_NUM_RUNS ?? "1000";
const filters = process.argv.slice(2);

console.log(`FC_SEED=${seed} FC_NUM_RUNS=${numRuns}`);
let code = await run("turbo", ["run", "build", "--output-logs=errors-only", ...filters]);
if (code === 0 && interruption() === null) {
  code = await run("turbo", ["run", "test", "--only", "--force", "--continue", ...filters], {
    FC_SEED: seed,
    FC_NUM_RUNS: numRuns,
  });
}
console.log(`FC_SEED=${seed} FC_NUM_RUNS=${numRuns}`);
process.exitCode = interruption() ?? code;
