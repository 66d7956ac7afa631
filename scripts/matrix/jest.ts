// Jest in its CommonJS mode, as most projects that use it have it: a test that requires a program, which
// requires the packages; and the law kit's own example of a test.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, succeed } from "../packed/command.ts";
import { PORTABLE } from "./hosts.ts";
import { judged, type Runtime } from "./runtime.ts";

const JEST = "30.5.2";
const EXAMPLE = new URL("../../packages/laws/examples/jest.test.cjs", import.meta.url);

export function jestRuntime(folder: string, cache: string): Runtime {
  return {
    name: `jest ${JEST}`,
    programs: [...PORTABLE, "plain-spawn", "processes", "threads"],
    async prepare() {
      const home = join(cache, "jest");
      mkdirSync(home, { recursive: true });
      writeFileSync(join(home, "package.json"), '{ "private": true }');
      await succeed("npm", ["install", "--no-audit", "--no-fund", `jest@${JEST}`], {
        cwd: home,
        timeoutMs: 300_000,
      });
      const script = join(home, "node_modules/jest/bin/jest.js");
      return {
        async run(program) {
          const test = join(folder, `${program}.test.cjs`);
          writeFileSync(test, testOf(program));
          const { code, stdout, stderr } = await command(process.execPath, [script, test], {
            cwd: folder,
          });
          return [judged("require", program, code === 0 ? `${program}: ok` : stdout, stderr)];
        },
      };
    },
  };
}

function testOf(program: string): string {
  const test = `test("${program}", async () => {\n  await require("./${program}.cjs").done;\n});\n`;
  return program === "law-kit" ? `${test}${readFileSync(EXAMPLE, "utf8")}` : test;
}
