// The program of the root README is run as it stands there, against a server that fails twice.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const README = new URL("../../../../README.md", import.meta.url);
const MODULES = new URL("../../node_modules", import.meta.url);

/** Fails on its first two attempts, which it counts in a file; then ends well. */
const SERVER = `
import { appendFileSync, readFileSync } from "node:fs";
appendFileSync("attempts", "x");
const attempt = readFileSync("attempts", "utf8").length;
if (attempt < 3) process.exit(1);
`;

it("runs as it stands in the README, and restarts a failing server until it ends well", async () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(await readFile(README, "utf8")) ?? [];
  expect(code).toBeDefined();

  const folder = await mkdtemp(join(tmpdir(), "steadfast-readme-"));
  try {
    await symlink(MODULES.pathname, join(folder, "node_modules"));
    await writeFile(join(folder, "example.mjs"), code ?? "");
    await writeFile(join(folder, "server.mjs"), SERVER);

    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["example.mjs"], {
      cwd: folder,
    });

    expect(stdout).toBe("");
    const said = stderr
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly message: string }).message)
      .map((text) => text.replaceAll(/\d+(\.\d)? m?s|pid \d+/g, "N"))
      .filter((text) => !text.startsWith("restart in"));
    expect(said).toEqual([
      "started (N)",
      "failed after N: exit code 1",
      "restarted, attempt 2 (N)",
      "failed after N: exit code 1",
      "restarted, attempt 3 (N)",
      "ended after N: exit code 0",
      "completed after 3 attempts",
    ]);
    expect(await readFile(join(folder, "attempts"), "utf8")).toBe("xxx");
  } finally {
    await rm(folder, { recursive: true });
  }
});
