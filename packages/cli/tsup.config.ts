// The library as every package is built; and the program, which is ESM alone: nobody requires a binary, and a terminal
// library that it uses has no other form.

import { defineConfig, type Options } from "tsup";
import library from "../../config/tsup.ts";

const program: Options = {
  entry: ["src/bin.ts"],
  format: ["esm"],
  target: "node20",
  silent: true,
  dts: false,
  sourcemap: false,
  treeshake: true,
  splitting: true,
  removeNodeProtocol: false,
};

export default defineConfig([library as Options, program]);
