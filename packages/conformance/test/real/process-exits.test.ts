// How processes end, and what the policy, the outcome and the journal make of it.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backoff } from "@steadfast/backoff";
import { forkLauncher, processLauncher, spawnLauncher } from "@steadfast/child-process";
import { giveUp, inTurn, type JournalEntry, replay, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { Launcher } from "@steadfast/supervisor";
import { afterAll, describe, expect, it } from "vitest";
import { program } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { stage } from "../adapters/stage.js";

keepsHostQuiet();

const node = process.execPath;
const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const restarts = (limit: number) =>
  giveUp(slidingWindow({ limit, windowMs: 3_600_000, counts: "restarts" }));
const times = <Item>(count: number, ...items: Item[]) =>
  Array.from({ length: count }, () => items).flat();

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));

function plainFile(): string {
  const path = join(folder, "plain");
  writeFileSync(path, "exit 0\n", { mode: 0o600 });
  return path;
}

describe("a process that the system refuses to start is judged by the policy", () => {
  it.each<readonly [string, string, () => Launcher]>([
    ["ENOENT", "no such command", () => spawnLauncher("no-such-command")],
    ["ENOENT", "no such folder", () => spawnLauncher(node, [], { cwd: join(folder, "none") })],
    ["EACCES", "a file that may not be run", () => spawnLauncher(plainFile())],
    ["E2BIG", "thrown, not emitted", () => spawnLauncher("true", ["x".repeat(4_000_000)])],
    ["ENOENT", "a fork without a runtime", () => forkLauncher("x.mjs", [], { execPath: "/none" })],
    ["ENOENT", "a factory's", () => processLauncher(() => spawn("no-such-command"))],
  ])("%s (%s): five restarts, then a refusal that keeps the cause", async (code, _, launcher) => {
    const { handle, story, journal } = stage(launcher(), { policy: restarts(5) });

    const outcome = await handle.outcome;

    expect(outcome).toMatchObject({ type: "refused", reason: "window-full", retryAfterMs: null });
    expect(outcome).toMatchObject({ attempts: 6, lastExit: { kind: "spawn-failed" } });
    expect(outcome.lastExit).toMatchObject({ error: { code } });
    // There never was a process: nothing is launched.
    expect(story()).toStrictEqual([...times(6, "exited"), "refused", "ended"]);
    const told = journal.map(({ event }) => event).filter(({ type }) => type === "exited");
    expect(told).toMatchObject(
      times(6, { failed: true, uptimeMs: 0, exit: { kind: "spawn-failed", error: { code } } }),
    );
  });
});

const run = (code: string, flags: readonly string[] = []) =>
  spawnLauncher(node, [...flags, "-e", code], quiet);
const BUSY = "setInterval(() => {}, 1e3);";

describe("every way to end is one exit and one restart", () => {
  const ends: readonly (readonly [string, Launcher, object])[] = [
    ["exit 0", run("process.exit(0)"), { kind: "completed", code: 0 }],
    ["nothing left to do", run(""), { kind: "completed", code: 0 }],
    ["exit 1", run("process.exit(1)"), { kind: "failed", code: 1 }],
    ["exit 3", run("process.exitCode = 3"), { kind: "failed", code: 3 }],
    ["throw", run("throw new Error('boom')"), { kind: "failed", code: 1 }],
    ["throw later", run(`${BUSY} setImmediate(() => { throw 1 })`), { kind: "failed", code: 1 }],
    ["reject", run(`${BUSY} Promise.reject(1)`), { kind: "failed", code: 1 }],
    ["abort", run("process.abort()"), { kind: "signalled", signal: "SIGABRT" }],
    [
      "SIGKILL",
      run("process.kill(process.pid, 'SIGKILL')"),
      { kind: "signalled", signal: "SIGKILL" },
    ],
    [
      "SIGTERM",
      run(`${BUSY} process.kill(process.pid, 'SIGTERM')`),
      { kind: "signalled", signal: "SIGTERM" },
    ],
    [
      "out of memory",
      run("const a = []; for (;;) a.push({ a: [1, 2, 3], b: 'y' + a.length })", [
        "--max-old-space-size=16",
      ]),
      { kind: "signalled", signal: "SIGABRT" },
    ],
    [
      "closed streams",
      run("for (const fd of [1, 2]) fs.closeSync(fd); process.exitCode = 4"),
      { kind: "failed", code: 4 },
    ],
    [
      "closed channel",
      forkLauncher(program("children/leaves.mjs"), [], quiet),
      { kind: "failed", code: 5 },
    ],
    [
      "a shell that does not find its command",
      spawnLauncher("no-such-command", [], { shell: true, stderr: "ignore" }),
      { kind: "failed", code: 127 },
    ],
  ];

  it.each(ends)("%s", async (_, launcher, exit) => {
    const { handle, story, exits } = stage(launcher, { policy: restarts(1) });
    expect((await handle.outcome).lastExit).toMatchObject(exit);
    expect(exits()).toMatchObject([exit, exit]);
    expect(story()).toStrictEqual([...times(2, "launched", "exited"), "refused", "ended"]);
  });

  it("and all of them at once end all supervisions", async () => {
    const all = ends.map(([, launcher]) => stage(launcher, { policy: restarts(1) }));
    const outcomes = await Promise.all(all.map(({ handle }) => handle.outcome));
    expect(outcomes.map(({ lastExit }) => lastExit)).toMatchObject(ends.map(([, , exit]) => exit));
    expect(outcomes.map(({ attempts }) => attempts)).toStrictEqual(times(ends.length, 2));
  });
});

describe("the exit code", () => {
  it("decides whether a transient child is restarted", async () => {
    const launcher = spawnLauncher("sh", ({ attempt }) => ["-c", `exit ${3 - attempt}`]);
    const { handle, exits } = stage(launcher, { policy: restartOn("transient") });
    expect(await handle.outcome).toStrictEqual({
      type: "completed",
      value: undefined,
      lastExit: { kind: "completed", code: 0 },
      attempts: 3,
    });
    expect(exits()).toStrictEqual([
      { kind: "failed", code: 2 },
      { kind: "failed", code: 1 },
      { kind: "completed", code: 0 },
    ]);
  });
});

describe("the journal of a real crash loop", () => {
  const loop = (limit: number) =>
    inTurn(backoff({ initialMs: 1, capMs: 4, jitter: "full" }), restarts(limit));

  it("replays to the same decisions, and shows what another policy would have done", async () => {
    const { handle, journal } = stage(run("process.exit(3)"), { policy: loop(4) });
    expect(await handle.outcome).toMatchObject({ type: "refused", attempts: 5 });
    const lines = journal.map((entry) => JSON.parse(JSON.stringify(entry)) as JournalEntry);
    expect(replay(lines, loop(4)).filter(({ same }) => !same)).toStrictEqual([]);
    const others = replay(lines, loop(2)).filter(({ replayed }) => replayed.type === "refuse");
    expect(others).toHaveLength(3);
  });
});

describe("what a process said last", () => {
  const code = `
    console.log("stdout " + process.env.WORD);
    console.error("first"); console.error("password=hunter2"); console.error("last words");
    process.exitCode = Number(process.argv[1]);`;
  const redact = (line: string) => line.replace(/password=\S+/, "password=***");
  const tail = ["first", "password=***", "last words"];

  it("is in the outcome, in the events and in the journal, redacted", async () => {
    const launcher = spawnLauncher(node, ["-e", code, "3"], { ...quiet, redact });
    const { handle, exits, journal } = stage(launcher, { policy: restarts(0) });
    const exit = { kind: "failed", code: 3, stderrTail: tail };
    expect((await handle.outcome).lastExit).toStrictEqual(exit);
    expect(exits()).toStrictEqual([exit]);
    expect(journal.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: "exited", failed: true, exit }),
    );
    expect(handle.status().lastExit).toStrictEqual(exit);
  });

  it("is all that is told of it: no arguments, no environment, no output", async () => {
    const env = { ...process.env, WORD: "environment-word" };
    const launcher = spawnLauncher(node, ["-e", code, "3", "argument-word"], {
      ...quiet,
      redact,
      env,
    });
    const { handle, events, journal } = stage(launcher, { policy: restarts(1) });
    await handle.outcome;
    const told = JSON.stringify([events, journal, handle.status()]);
    expect(told).toContain("last words");
    expect(told).not.toMatch(/hunter2|environment-word|argument-word|console/);
  });

  it("is nobody's where it is turned off", async () => {
    const launcher = spawnLauncher(node, ["-e", code, "3"], { ...quiet, stderrTail: 0 });
    const { handle, events, journal } = stage(launcher, { policy: restarts(0) });
    expect((await handle.outcome).lastExit).toStrictEqual({ kind: "failed", code: 3 });
    expect(JSON.stringify([events, journal])).not.toContain("last words");
  });
});

describe("a mistake in the program", () => {
  it("is thrown by supervise, not restarted: a NUL in an argument", () => {
    const launcher = spawnLauncher("true", ["a\0b"]);
    const start = () => stage(launcher, { policy: restartOn("permanent") });
    expect(start).toThrow(expect.objectContaining({ code: "ERR_INVALID_ARG_VALUE" }));
  });
});
