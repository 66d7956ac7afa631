// The bridges against the real libraries and the real servers: `pnpm engines` installs the former here and says which
// of the latter are missing.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  test: {
    root: beside("."),
    include: ["test/**/*.test.ts"],
    pool: "forks",
    // Most of them wait for a server: three files at a time take as long as the longest of them.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: [beside("vitest.key.ts"), beside("../config/vitest.announce.ts")],
    setupFiles: [beside("../config/vitest.setup.ts")],
    reporters: ["default", "json"],
    outputFile: { json: beside("../.results/engines.json") },
  },
});
