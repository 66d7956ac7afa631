// Headless Chromium: each program is bundled by esbuild into one script. The browser of the system is
// used where there is one; else one comes from the npm registry, into a folder of its own.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { succeed } from "../packed/command.ts";
import type { ProgramName } from "../packed/programs.ts";
import { chromium } from "./chromium.ts";
import { PORTABLE } from "./hosts.ts";
import { judged, type Runtime } from "./runtime.ts";

const CHROMIUM = "@sparticuz/chromium@153.0.0";
const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

async function browserPath(cache: string): Promise<string> {
  const there = SYSTEM.find((path) => existsSync(path));
  if (there !== undefined) return there;
  const cwd = join(cache, "chromium");
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "package.json"), '{ "private": true, "type": "module" }');
  await succeed("npm", ["install", "--no-audit", "--no-fund", CHROMIUM], {
    cwd,
    timeoutMs: 300_000,
  });
  const ask = 'console.log(await (await import("@sparticuz/chromium")).default.executablePath())';
  // It unpacks into the folder for temporary files: into this one, to be found again.
  const env = { TMPDIR: cwd };
  const { stdout } = await succeed("node", ["--input-type=module", "--eval", ask], { cwd, env });
  return stdout.trim();
}

/** A program of `folder` as one script whose value is the promise that it is done. */
async function bundled(folder: string, program: ProgramName): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, `${program}.mjs`)],
    bundle: true,
    format: "iife",
    globalName: "program",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return `${outputFiles[0]?.text ?? ""}\nprogram.done`;
}

export function browserRuntime(folder: string, cache: string): Runtime {
  return {
    name: "chromium",
    programs: [...PORTABLE, "task-suite"],
    async prepare() {
      const browser = chromium(await browserPath(cache), join(folder, "profile"));
      return {
        async run(program) {
          const { printed, error } = await browser.evaluate(await bundled(folder, program));
          const form = judged("bundle", program, printed, error);
          return [error === "" ? form : { ...form, ok: false }];
        },
        end: () => browser.close(),
      };
    },
  };
}
