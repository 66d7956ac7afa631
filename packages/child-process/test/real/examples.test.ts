import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

function run(example: string) {
  const path = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url));
  return promisify(execFile)(process.execPath, [path]);
}

it("examples/one-port.mjs restarts servers and loses no request", async () => {
  expect((await run("one-port.mjs")).stdout).toBe("rolled: true lost: 0\n");
});

it("examples/keep-running.mjs keeps a server running", async () => {
  const { stdout, stderr } = await run("keep-running.mjs");
  expect(stdout).toBe("stopped 3 signalled SIGTERM\n");
  const lines = stderr.trim().split("\n");
  const said = lines.map((line) => (JSON.parse(line) as { readonly message: string }).message);
  expect(said.map((text) => text.replaceAll(/\d+(\.\d)? m?s|pid \d+/g, "N"))).toStrictEqual([
    "started (N)",
    "failed after N: exit code 1, Error: attempt 1: no database",
    "restarted, attempt 2 (N)",
    "failed after N: exit code 1, Error: attempt 2: no database",
    "restarted, attempt 3 (N)",
    "ready after N",
    "asked to stop",
    "ended after N: signal SIGTERM",
    "stopped after 3 attempts",
  ]);
});
