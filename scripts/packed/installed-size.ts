// What a package weighs in `node_modules`, in kB: a change that makes one much bigger is to be seen.
// Held a few kB above what was measured. The changelog is not counted: each release adds to it.

import { succeed } from "./command.ts";

export const INSTALLED_KB: Readonly<Record<string, number>> = {
  analysis: 290,
  backoff: 70,
  bridges: 517,
  "child-process": 300,
  "child-slot": 125,
  cli: 300,
  "crash-budget": 45,
  dashboard: 205,
  laws: 1575,
  policy: 260,
  presets: 350,
  "promise-tasks": 125,
  "sliding-window": 60,
  spec: 167,
  stores: 92,
  supervision: 425,
  supervisor: 625,
  "worker-threads": 235,
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
