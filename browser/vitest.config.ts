// The page of the dashboard in a real Chromium, one file at a time: `pnpm browser` builds it and says if there is none.

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
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "json"],
    outputFile: { json: beside("../.results/browser.json") },
  },
});
