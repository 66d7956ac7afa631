// What the compiler says about programs, in a folder where foreign libraries and ours are found.

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");

/** Writes files into a folder of that name, and answers where it is. */
export function written(name: string, files: ReadonlyMap<string, string>): string {
  const folder = fileURLToPath(new URL(`node_modules/.${name}/`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) writeFileSync(`${folder}/${file}`, text);
  return folder;
}

/** The compiler's complaints about TypeScript files in a folder; empty for none. */
export function complaints(folder: string, files: readonly string[]): string {
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--target",
    "es2023",
  ];
  const modules = ["--module", "nodenext", "--exactOptionalPropertyTypes"];
  const args = [tsc, ...options, ...modules, ...files];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).stdout;
}
