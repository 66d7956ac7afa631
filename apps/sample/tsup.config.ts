// The sample is run, not imported: ESM only, one bundle per file directly under src/, so that child
// scripts and thread entry points can be started by path.

import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/*.ts"],
  format: ["esm"],
  target: "node20",
  sourcemap: true,
  clean: true,
});
