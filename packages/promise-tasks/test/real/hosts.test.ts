// Programs of their own: what cannot be seen from inside a test runner.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

/** Runs a program to its end, which it must find by itself. */
async function output(path: string, ...flags: string[]): Promise<string> {
  const file = fileURLToPath(new URL(path, import.meta.url));
  const { stdout, stderr } = await run(process.execPath, [...flags, file]);
  expect(stderr).toBe("");
  return stdout.trim();
}

/** Runs a program that logs its events; answers what they say, and then what it prints. */
async function logged(path: string): Promise<string[]> {
  const { stdout, stderr } = await run(process.execPath, [
    fileURLToPath(new URL(path, import.meta.url)),
  ]);
  const said = stderr
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly message: string }).message)
    .map((text) => text.replaceAll(/\d+(\.\d)? m?s/g, "N"));
  return [...said, stdout.trim()];
}

describe("a program", () => {
  it("sees every ending, no unhandled rejection, and its own end", async () => {
    expect(await output("hosts/every-ending.mjs", "--unhandled-rejections=strict")).toBe(
      "completed failed failed abandoned abandoned cancelled cancelled",
    );
  });

  it("keeps nothing of attempts that are over", async () => {
    const left = JSON.parse(await output("hosts/retention.mjs", "--expose-gc"));
    expect(left).toStrictEqual({ signals: 0, listeners: 0, messages: 0, kept: 100 });
  });

  it("under examples/ keeps a task running", async () => {
    expect(await logged("../../examples/keep-running.mjs")).toStrictEqual([
      "starting",
      "failed after N: attempt 1: no connection",
      "restarting, attempt 2",
      "failed after N: attempt 2: no connection",
      "restarting, attempt 3",
      "ended after N: completed",
      "completed after 3 attempts",
      "completed 3 { apples: 3 }",
    ]);
  });
});
