// What git knows: releases, and what was touched since. A release of `@steadfast/backoff` 1.2.0 has the
// tag `@steadfast/backoff@1.2.0`, which `changeset publish` makes.

import { spawnSync } from "node:child_process";
import type { Touched } from "./size.ts";

const HOW = { A: "added", M: "changed", T: "changed", D: "removed" } as const;

/** What git prints; null if it fails. */
function git(root: string, ...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout : null;
}

/** Whether there is such a commit, or tag, or branch. */
export function exists(root: string, ref: string): boolean {
  return git(root, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`) !== null;
}

/** What is different in a folder between then and the files as they are now. */
export function touchedSince(root: string, ref: string, folder: string): Touched[] {
  const options = ["--name-status", "--no-renames", "-z", `--relative=${folder}`];
  const changed = (git(root, "diff", ...options, ref, "--", folder) ?? "").split("\0");
  const touched: Touched[] = [];
  for (let i = 0; i + 1 < changed.length; i += 2) {
    const how = HOW[changed[i] as keyof typeof HOW];
    const path = changed[i + 1];
    if (how !== undefined && path !== undefined) touched.push({ path, how });
  }
  const listed = git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", folder) ?? "";
  const unknown = listed.split("\0").filter((path) => path !== "");
  return [
    ...touched,
    ...unknown.map((path) => ({ path: path.slice(folder.length + 1), how: "added" }) as const),
  ];
}

/** A file as it was; empty if it was not there. */
export function contentAt(root: string, ref: string, path: string): string {
  return git(root, "show", `${ref}:${path}`) ?? "";
}
