// How the tests are run for a mutant: as ever, but in one worker for all files, since a mutant pays for
// every one that is started. Each mutant has a worker of its own.

import { defineConfig, mergeConfig } from "vitest/config";
import tests from "../../config/vitest.ts";

export default defineConfig((env) => mergeConfig(tests(env), { test: { isolate: false } }));
