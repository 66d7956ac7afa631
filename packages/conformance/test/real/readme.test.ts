// The fifteen lines of the root README are run as they stand there, against a server that fails twice.

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

    const { stdout } = await promisify(execFile)(process.execPath, ["example.mjs"], {
      cwd: folder,
    });

    expect(stdout).toBe("completed\n");
    expect(await readFile(join(folder, "attempts"), "utf8")).toBe("xxx");
  } finally {
    await rm(folder, { recursive: true });
  }
});
