// The built site in a real Chromium, and the model of its playground without: `pnpm site:test` builds it and says if there is none.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  test: {
    root: beside("."),
    include: ["site/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    globalSetup: [beside("../config/vitest.announce.ts")],
    setupFiles: [beside("../config/vitest.setup.ts")],
    reporters: ["default", "json"],
    outputFile: { json: beside("../.results/site.json") },
  },
});
