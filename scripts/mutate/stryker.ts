// Stryker is no dependency of the repository: its 61 MB would be part of every install, and few need it. It
// comes from the npm registry, into a folder below `node_modules`, so that it finds the root's vitest.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "../packed/command.ts";

const VERSION = "10.1.1";
const PACKAGES = ["@stryker-mutator/core", "@stryker-mutator/vitest-runner"];

function installed(folder: string, name: string): string | null {
  const path = join(folder, "node_modules", name, "package.json");
  if (!existsSync(path)) return null;
  return (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
}

/** The script of Stryker's command line. */
export async function stryker(folder: string): Promise<string> {
  if (!PACKAGES.every((name) => installed(folder, name) === VERSION)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }');
    const wanted = PACKAGES.map((name) => `${name}@${VERSION}`);
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts"];
    // The peer dependency, vitest, is the root's.
    await succeed("npm", ["install", ...quiet, "--legacy-peer-deps", ...wanted], {
      cwd: folder,
      timeoutMs: 300_000,
    });
  }
  return join(folder, "node_modules/@stryker-mutator/core/bin/stryker.js");
}
