// The whole app, as a user runs it: real processes, threads and tasks.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const FIXTURE = fileURLToPath(new URL("../../fixture", import.meta.url));

let folder: string;
let journal: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steadfast-sample-"));
  journal = join(folder, "journal.jsonl");
});
afterAll(() => rm(folder, { recursive: true }));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs the app to its end, line by line. */
async function run(args: string[], onLine: (line: string, app: ChildProcess) => void = () => {}) {
  const app = start(...args);
  const lines: string[] = [];
  const errors: string[] = [];
  if (app.stdout) {
    createInterface(app.stdout).on("line", (line) => {
      lines.push(line);
      onLine(line, app);
    });
  }
  if (app.stderr) createInterface(app.stderr).on("line", (line) => errors.push(line));
  const [code] = (await once(app, "close")) as [number];
  return { code, lines, errors };
}

function pidsIn(lines: readonly string[]): number[] {
  return lines.flatMap((line) => {
    const pid = /has pid (\d+)/.exec(line)?.[1];
    return pid === undefined ? [] : [Number(pid)];
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("the sample", () => {
  it("finds the undisturbed count under some thirty strikes, and its journal can be replayed", async () => {
    const { code, lines } = await run(["--chaos", "--journal", journal, FIXTURE]);
    const text = lines.join("\n");
    expect(text).toMatch(/^equal: [1-9]\d* words in 74 files/m);
    expect(code).toBe(0);
    const [, strikes] = /^(\d+) strikes in/m.exec(text) ?? [];
    expect(Number(strikes)).toBeGreaterThanOrEqual(25);
    for (const cause of ["SIGKILL", "threw", "exit code 3", "out of memory", "hung"]) {
      expect(text).toMatch(new RegExp(`^(server|worker.\\d|task) .*\\d x ${cause}`, "m"));
    }
    expect(pidsIn(lines).filter(isAlive)).toEqual([]);

    const entries = (await readFile(journal, "utf8")).trimEnd().split("\n");
    const replayed = await run(["replay", journal]);
    expect(replayed.code).toBe(0);
    expect(replayed.lines[0]).toContain(`${entries.length} decisions`);
    expect(replayed.lines.join("\n")).toMatch(
      /^server: [1-9]\d* of \d+ decisions would be others/m,
    );
  });

  it("finds it in peace, too, with one worker", async () => {
    const { code, lines } = await run(["--workers", "1", "--journal", journal, FIXTURE]);
    expect(lines.at(-1)).toMatch(/^equal:/);
    expect(lines.join("\n")).toMatch(/^worker.1 +1 +0 +0 {2}$/m);
    expect(code).toBe(0);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "stops everybody on %s, leaves no process behind, and exits with %d",
    async (...row) => {
      const [signal, exitCode] = row;
      const { code, lines } = await run(["--chaos", "--journal", journal, FIXTURE], (line, app) => {
        if (line.includes("has pid")) app.kill(signal);
      });
      expect(code).toBe(exitCode);
      expect(lines.at(-1)).toMatch(/^interrupted/);
      expect(pidsIn(lines).length).toBeGreaterThan(0);
      expect(pidsIn(lines).filter(isAlive)).toEqual([]);
    },
  );

  it("counts nothing in an empty folder", async () => {
    const empty = await mkdtemp(join(folder, "empty-"));
    const { code, lines } = await run(["--chaos", "--journal", journal, empty]);
    expect(lines.at(-1)).toMatch(/^equal: 0 words in 0 files/);
    expect(code).toBe(0);
  });

  it.each([
    ["a missing folder", [join(FIXTURE, "missing")], /ENOENT.*missing/],
    ["a file in place of a folder", [join(FIXTURE, "LICENCE")], /ENOTDIR.*LICENCE/],
    ["a journal that cannot be written", ["--journal", "/nowhere/j", FIXTURE], /ENOENT.*nowhere/],
    [
      "a journal that cannot be read",
      ["replay", join(FIXTURE, "missing")],
      /cannot read the journal/,
    ],
    ["a journal that is none", ["replay", join(FIXTURE, "LICENCE")], /cannot read the journal/],
    ["an unknown option", ["--fast"], /--fast/],
  ])("says in one line what is wrong with %s, and exits with 2", async (_, args, message) => {
    const { code, errors } = await run(args);
    expect(code).toBe(2);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });
});
