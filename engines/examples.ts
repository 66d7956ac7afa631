// The examples of bridges that say at their top what they print: written into a folder where foreign libraries are found, and run
// there.

import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { written } from "./typescript.ts";

const FOLDER = fileURLToPath(new URL("../packages/bridges/examples/", import.meta.url));
const FOREIGN = /from "(?!node:|\.|@steadfast\/)/;

export interface Example {
  readonly name: string;
  readonly text: string;
  /** What it says that it prints; empty where it says nothing. */
  readonly printed: string;
  /** Whether it imports a foreign library. */
  readonly isForeign: boolean;
}

function exampleOf(file: string): Example {
  const text = readFileSync(FOLDER + file, "utf8");
  const [, comment = ""] = /^\/\/ It prints:\n((?:\/\/ {3}.*\n)+)/m.exec(text) ?? [];
  return {
    name: basename(file),
    text,
    printed: comment.replaceAll(/^\/\/ {3}/gm, ""),
    isForeign: FOREIGN.test(text),
  };
}

export const examples: readonly Example[] = globSync("*.mjs", { cwd: FOLDER })
  .sort()
  .map(exampleOf)
  .filter(({ printed, isForeign }) => printed !== "" || isForeign);

/** Runs one to its end: what it printed, on either stream. */
export async function outputOf(
  { name, text }: Example,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const cwd = written(`example-${basename(name, ".mjs")}`, new Map([[name, text]]));
  const options = {
    cwd,
    env: { ...process.env, ...env },
    timeout: 45_000,
    killSignal: "SIGKILL",
  } as const;
  return promisify(execFile)(process.execPath, [name], options);
}
