// A release up to the point where it would leave the machine, on a throw-away copy of the last commit:
// versions and changelogs, build, tests, tarballs, provenance, tags, and an empty project in which the tarballs are
// installed without a network and every entry is imported and required.

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Published, publishedPackages } from "../api/published.ts";
import { command, succeed } from "../packed/command.ts";
import { pack, packPeers } from "../packed/pack.ts";
import { run } from "../run.ts";
import { tryInstalled } from "./try-installed.ts";

const PNPM = ["--offline", "--frozen-lockfile"];

export interface DryRun {
  readonly canary: boolean;
  readonly withTests: boolean;
}

/** The commands in the copy before anything is packed. */
function preparations({ canary, withTests }: DryRun): string[][] {
  return [
    ["pnpm", "install", ...PNPM],
    ["pnpm", "exec", "changeset", "version", ...(canary ? ["--snapshot", "canary"] : [])],
    ["pnpm", "build"],
    ...(withTests ? [["pnpm", "test"]] : []),
  ];
}

/** Packages whose version has changed must say what changed. */
function withoutChangelog(copy: string, before: readonly Published[]): string[] {
  const old = new Map(before.map(({ name, version }) => [name, version]));
  return publishedPackages(copy)
    .filter(({ name, version }) => old.get(name) !== version)
    .filter(({ folder }) => !existsSync(join(copy, folder, "CHANGELOG.md")))
    .map(({ name }) => name);
}

async function tagsIn(copy: string): Promise<string[]> {
  await succeed("pnpm", ["exec", "changeset", "tag"], { cwd: copy });
  const { stdout } = await succeed("git", ["tag", "--list"], { cwd: copy });
  return stdout.trim().split("\n");
}

async function tried(root: string, folder: string, options: DryRun): Promise<number> {
  const copy = join(folder, "copy");
  await succeed("git", ["clone", "--quiet", "--no-hardlinks", root, copy], { cwd: folder });
  const before = publishedPackages(copy);
  for (const [name = "", ...args] of preparations(options)) {
    console.log(`\n> ${[name, ...args].join(" ")}`);
    const code = await run(name, args, { CI: "true" }, copy);
    if (code !== 0) return code;
  }
  const silent = withoutChangelog(copy, before);
  if (silent.length > 0) throw new Error(`no CHANGELOG.md: ${silent.join(", ")}`);
  // Versions that are committed are what tags are put on.
  const commit = ["-c", "user.name=dry-run", "-c", "user.email=dry-run@localhost", "commit"];
  await succeed("git", ["add", "--all"], { cwd: copy });
  await succeed("git", [...commit, "--quiet", "--allow-empty", "-m", "versions"], { cwd: copy });

  const packages = publishedPackages(copy);
  const tarballs = new Map([
    ...(await pack(copy, packages, folder)),
    ...(await packPeers(copy, packages, folder)),
  ]);
  const entries = await tryInstalled(join(folder, "project"), packages, tarballs);
  const tag = options.canary ? ["--tag", "canary"] : [];
  console.log("\nwould be published, each with provenance:");
  for (const { name, version } of packages) {
    const args = ["publish", `${name}@${version}`, "--access", "public", "--provenance", ...tag];
    console.log(`  ${args.join(" ")}`);
  }
  if (!options.canary) console.log(`tags: ${(await tagsIn(copy)).join(", ")}`);
  console.log(`installed offline in an empty project: ${entries} entries imported and required`);
  return 0;
}

/** Runs it, and leaves nothing behind. The exit code. */
export async function dryRun(root: string, options: DryRun): Promise<number> {
  const changes = await command("git", ["status", "--porcelain"], { cwd: root });
  if (changes.stdout.trim() !== "") {
    console.log("The last commit is tried; what is not committed is not in it.");
  }
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  try {
    return await tried(root, folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
