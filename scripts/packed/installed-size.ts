// What a package weighs in `node_modules`, in kB: a change that makes one much bigger is to be seen.
// Held a few kB above what was measured. The changelog is not counted: each release adds to it.

import { succeed } from "./command.ts";

export const INSTALLED_KB: Readonly<Record<string, number>> = {
  analysis: 250,
  backoff: 56,
  bridges: 404,
  "child-process": 272,
  "child-slot": 101,
  cli: 252,
  "crash-budget": 39,
  dashboard: 195,
  laws: 1165,
  policy: 196,
  presets: 265,
  "promise-tasks": 108,
  "sliding-window": 48,
  spec: 160,
  stores: 80,
  supervision: 333,
  supervisor: 440,
  "worker-threads": 192,
};

/** The bytes of all files in a tarball but its changelog. */
export async function installedBytes(tarball: string): Promise<number> {
  const { stdout } = await succeed("tar", ["tvzf", tarball], { cwd: "/" });
  const sizes = stdout
    .trim()
    .split("\n")
    .filter((line) => !line.endsWith("/CHANGELOG.md"))
    .map((line) => Number(line.split(/\s+/)[2]));
  return sizes.reduce((sum, size) => sum + size, 0);
}
