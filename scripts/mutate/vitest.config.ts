// How the tests are run for a mutant: as ever, but in one worker for all files and without reports, since
// every mutant pays for them. Each mutant has a worker of its own.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tests from "../../config/vitest.ts";
import { ExamplesFirst } from "./examples-first.ts";

const setup = fileURLToPath(new URL("vitest.setup.ts", import.meta.url));

export default defineConfig((env) => {
  const { setupFiles = [], ...test } = tests(env).test ?? {};
  return {
    test: {
      ...test,
      isolate: false,
      reporters: [{}],
      sequence: { sequencer: ExamplesFirst },
      setupFiles: [setupFiles, setup].flat(),
    },
  };
});
