// The tests of the repository's own scripts.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["scripts/**/*.test.ts"],
    testTimeout: 30_000,
    reporters: ["dot", "json"],
    outputFile: { json: ".results/test.json" },
  },
});
