// Programs of their own: what cannot be seen from inside a test runner.

import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

function file(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Runs a program to its end, which it must find by itself. */
async function output(path: string, ...flags: string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [...flags, file(path)]);
  expect(stderr).toBe("");
  return stdout.trim();
}

/** Runs a program that logs its events; answers what they say, and then what it prints. */
async function logged(path: string): Promise<string[]> {
  const { stdout, stderr } = await run(process.execPath, [file(path)]);
  const said = stderr
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly message: string }).message)
    .map((text) => text.replaceAll(/\d+(\.\d)? m?s/g, "N").replaceAll(/thread \d+/g, "thread N"));
  return [...said, stdout.trim()];
}

describe("a program", () => {
  it("sees one exit for every ending, no stray error, and its own end", async () => {
    const printed = await output("hosts/every-ending.mjs", "--unhandled-rejections=strict");
    expect(JSON.parse(printed)).toStrictEqual({
      exits: {
        "code 0": "completed",
        "code 1": "failed",
        throw: "failed",
        "throw undefined": "failed",
        "later throw": "failed",
        rejection: "failed",
        "out of memory": "out-of-memory",
        "no module": "spawn-failed",
        "closed port": "completed",
        stop: "completed",
        kill: "cancelled",
        "stop, then kill": "cancelled",
        "terminate by another": "failed",
        "kill at once": "cancelled",
      },
      left: [],
    });
  });

  it("with flags of V8 and of its own has workers whose errors do not end it", async () => {
    const flags = ["--expose-gc", "--max-old-space-size=300", "--no-warnings", "--conditions=x"];
    expect(JSON.parse(await output("hosts/flags.mjs", ...flags))).toStrictEqual({
      exits: ["failed: bad list", "failed: bad list"],
      execArgv: ["--no-warnings", "--conditions=x"],
      nested: { error: "nested", fields: "kept", execArgv: [] },
    });
  });

  it("under examples/ keeps a worker running", async () => {
    expect(await logged("../../examples/keep-running.mjs")).toStrictEqual([
      "started (thread N)",
      "failed after N: exit code 1, out of luck",
      "restarted, attempt 2 (thread N)",
      "failed after N: exit code 1, out of luck",
      "restarted, attempt 3 (thread N)",
      "ready after N",
      "asked to stop",
      "ended after N: exit code 0",
      "stopped after 3 attempts",
      "stopped after 3 attempts, last exit: completed",
    ]);
  });
});

/** What the README says of big arrays, by the line of Node. On others the thread never ends. */
const BIG_ARRAYS: Readonly<Record<string, unknown>> = {
  20: { code: 0, stdout: "out-of-memory" },
  22: { code: 0, stdout: "out-of-memory" },
  24: { signal: "SIGABRT", stdout: "" },
};
const bigArrays = BIG_ARRAYS[process.versions.node.split(".")[0] ?? ""];

describe("a worker that collects big arrays under a memory limit", () => {
  it.skipIf(!bigArrays)("is out of memory, or ends the host, as the README says", async () => {
    const host = spawn(process.execPath, [file("hosts/heap-full.mjs")], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const exit = once(host, "exit");
    let stdout = "";
    for await (const piece of host.stdout) stdout += String(piece);
    const [code, signal] = await exit;
    expect({ code, signal, stdout }).toMatchObject(bigArrays as object);
  });
});

describe("a thread that cannot be ended", () => {
  it("has no exit, and once it is abandoned keeps the event loop alive no longer", async () => {
    const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const host = spawn(process.execPath, [file("hosts/stuck.mjs"), pipe], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(host, "exit");
    const facts: unknown[] = [];
    try {
      for await (const line of createInterface(host.stdout)) {
        facts.push(JSON.parse(line));
        // Node itself still waits for the thread, so there is only one way out.
        if (line.includes("loop")) break;
      }
    } finally {
      host.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
    expect(facts).toStrictEqual([
      { other: "cancelled", stuck: "pending" },
      { other: "cancelled", stuck: "pending" },
      { other: "cancelled", stuck: "pending" },
      { abandoned: true },
      { loop: "over" },
    ]);
    expect(await exit).toStrictEqual([null, "SIGKILL"]);
  });
});
