// The settings with which Stryker looks at one package. Every mutant counts: only the lists of names in
// `index.ts` are left out, and no kind of mutant is. Everything else is Stryker's default.

import { fileURLToPath } from "node:url";

export interface Paths {
  /** Where the results of the last run are kept, so that only what changed is run again. */
  readonly incremental: string;
  readonly report: string;
}

export function settings({ incremental, report }: Paths, concurrency: number) {
  return {
    mutate: ["src/**/*.ts", "!src/index.ts"],
    plugins: ["@stryker-mutator/vitest-runner"],
    testRunner: "vitest",
    vitest: {
      configFile: fileURLToPath(new URL("vitest.config.ts", import.meta.url)),
      // All tests of a package are about its sources; to find that out takes longer than to believe it.
      related: false,
    },
    // A mutant is shown only to the tests that reach it.
    coverageAnalysis: "perTest",
    concurrency,
    // A copy of the package as deep below the root as the package: `../../config` is there for both.
    tempDirName: "../../.stryker-tmp",
    cleanTempDir: "always",
    // No file has this name. Stryker would rewrite the paths in it as if the copy lay deeper.
    tsconfigFile: "none.json",
    disableTypeChecks: false,
    // A test that hangs is stopped after so long; a loop that never ends long before, by its turns. It
    // is generous, since a busy machine must not kill a mutant.
    timeoutMS: 45_000,
    dryRunTimeoutMinutes: 15,
    incremental: true,
    incrementalFile: incremental,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
  };
}
