// How the tests are run for a mutant: as ever, but in one worker for all files and without reports, since
// every mutant pays for them. Each mutant has a worker of its own.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tests from "../../config/vitest.ts";
import { alsoShown } from "./also-shown.ts";
import { ExamplesFirst } from "./examples-first.ts";

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig((env) => {
  const { setupFiles = [], include = [], ...test } = tests(env).test ?? {};
  const folder = process.cwd();
  const { name } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { name: string };
  const elsewhere = alsoShown(name, folder);
  return {
    resolve: { alias: elsewhere?.entries ?? {} },
    test: {
      ...test,
      include: [...include, ...(elsewhere?.files ?? [])],
      isolate: false,
      reporters: [{}],
      sequence: { sequencer: ExamplesFirst },
      runner: beside("impatient-runner.ts"),
      setupFiles: [setupFiles, beside("vitest.setup.ts")].flat(),
    },
  };
});
