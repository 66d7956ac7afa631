// `pnpm release [--dry-run [--without-tests]] [--canary]`
//
// Without options: publishes what `pnpm version-packages` has versioned, from CI, with provenance, and tags it. With
// `--dry-run`: everything up to that, on a throw-away copy of the last commit, and the result is installed
// in an empty project without a network. With `--canary`: the changesets that are there as a snapshot, under the
// tag `canary`.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { run } from "../run.ts";
import { dryRun } from "./dry-run.ts";
import { REPOSITORY } from "./publication.ts";
import { refusals } from "./refusals.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const { values } = parseArgs({
  options: {
    "dry-run": { type: "boolean", default: false },
    "without-tests": { type: "boolean", default: false },
    canary: { type: "boolean", default: false },
  },
});

/** Steps that stop at the first one that fails; the code of that one. */
async function inOrder(steps: readonly (readonly string[])[]): Promise<number> {
  for (const [command = "", ...args] of steps) {
    console.log(`> ${[command, ...args].join(" ")}`);
    const code = await run(command, args, {}, root);
    if (code !== 0) return code;
  }
  return 0;
}

async function publish(canary: boolean): Promise<number> {
  const changes = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  const reasons = refusals({ repository: REPOSITORY, changes, env: process.env });
  for (const reason of reasons) console.error(`refused: ${reason}`);
  if (reasons.length > 0) return 1;
  const tag = canary ? ["--tag", "canary", "--no-git-tag"] : [];
  return inOrder([
    ...(canary ? [["changeset", "version", "--snapshot", "canary"]] : []),
    ["pnpm", "build"],
    ["changeset", "publish", ...tag],
    ...(canary ? [] : [["git", "push", "--follow-tags"]]),
  ]);
}

const { canary } = values;
process.exitCode = values["dry-run"]
  ? await dryRun(root, { canary, withTests: !values["without-tests"] })
  : await publish(canary);
