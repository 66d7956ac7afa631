// How the tests are run for a mutant: as ever, but in one worker for all files and without reports, since
// every mutant pays for them. Each mutant has a worker of its own.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tests from "../../config/vitest.ts";
import { ExamplesFirst } from "./examples-first.ts";

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig((env) => {
  const { setupFiles = [], ...test } = tests(env).test ?? {};
  return {
    test: {
      ...test,
      isolate: false,
      reporters: [{}],
      sequence: { sequencer: ExamplesFirst },
      runner: beside("impatient-runner.ts"),
      setupFiles: [setupFiles, beside("vitest.setup.ts")].flat(),
    },
  };
});
