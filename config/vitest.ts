// How every package is tested. `vitest run` runs what needs nothing real (test/, without test/real);
// `vitest run --mode real` runs test/real: real processes and threads, one file at a time, in forks.
// Files that need nothing real share their workers: a worker of its own for each costs as much as most files run.
// Each run leaves a report under .results/ for scripts/summary.mjs.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { propertyRuns } from "./property-runs.ts";

const REAL = "test/real/**/*.test.ts";

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig(({ mode }) => {
  const real = mode === "real";
  return {
    test: {
      include: real ? [REAL] : ["test/**/*.test.ts"],
      exclude: real ? [] : [REAL],
      // That a published package has tests is checked by the walls, not here.
      passWithNoTests: true,
      pool: "forks",
      isolate: real,
      fileParallelism: !real,
      // By default one core is left free, which is half of a machine with two.
      ...(real ? {} : { maxWorkers: "100%" }),
      // Property tests take longer in proportion to the number of runs asked for.
      testTimeout: (real ? 60_000 : 30_000) * Math.max(1, propertyRuns().numRuns / 100),
      hookTimeout: 60_000,
      globalSetup: [beside("./vitest.announce.ts")],
      setupFiles: [beside("./vitest.setup.ts")],
      reporters: ["default", "json"],
      outputFile: { json: `.results/${mode}.json` },
      coverage: {
        provider: "v8",
        reporter: ["text", "json-summary"],
        include: ["src/**"],
      },
    },
  };
});
