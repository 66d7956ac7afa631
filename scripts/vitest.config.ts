// The tests of the repository's own scripts, and of what the tests of several packages share. With `--mode packed`: those of the packed packages alone,
// which take longer and are run by turbo, so that they are run again only when a package has changed.

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const PACKED = "scripts/packed/**/*.test.ts";

export default defineConfig(({ mode }) => {
  const packed = mode === "packed";
  return {
    test: {
      root: fileURLToPath(new URL("..", import.meta.url)),
      include: packed ? [PACKED] : ["scripts/**/*.test.ts", "config/**/*.test.ts"],
      exclude: packed ? [] : [PACKED],
      // No test here replaces a module: one worker serves all files.
      isolate: packed,
      testTimeout: 30_000,
      hookTimeout: 60_000,
      reporters: ["dot", "json"],
      outputFile: { json: `.results/${mode}.json` },
    },
  };
});
