import { defineConfig, mergeConfig } from "vitest/config";
import tests from "../../config/vitest.ts";

// Tests here replace modules of Node and sources of the package: each file has a worker of its own.
export default defineConfig((env) => mergeConfig(tests(env), { test: { isolate: true } }));
