// The command on a real pseudo-terminal: `pnpm terminal` installs what looks at it.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  test: {
    root: beside("."),
    include: ["test/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", "json"],
    outputFile: { json: beside("../.results/terminal.json") },
  },
});
