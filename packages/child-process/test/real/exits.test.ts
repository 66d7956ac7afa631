import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restartOn } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { afterAll, describe, expect, it, vi } from "vitest";
import { carryOut } from "../../src/carry-out.js";
import { forkLauncher, processLauncher, spawnLauncher } from "../../src/index.js";
import { fakeChild, NOBODY } from "../fake-child.js";
import { fixture, info, signalsOf } from "./observe.js";

const node = process.execPath;
const run = (code: string) => spawnLauncher(node, ["-e", code], { stderr: "ignore" }).launch(info);

const folder = mkdtempSync(join(tmpdir(), "steadfast-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, "exit 0\n", { mode });
  return path;
}

describe("a process that was started", () => {
  it("completes with code 0", async () => {
    expect(await run("").exited).toStrictEqual({ kind: "completed", code: 0 });
  });

  it("fails with any other code, and its last words are kept", async () => {
    const exit = await run("console.error('line 1\\nline 2'); process.exitCode = 3").exited;
    expect(exit).toStrictEqual({ kind: "failed", code: 3, stderrTail: ["line 1", "line 2"] });
  });

  it("is signalled when somebody else kills it", async () => {
    const child = spawnLauncher(node, ["-e", "setInterval(() => {}, 1000)"]).launch(info);
    expect(child.pid).toBeTypeOf("number");
    process.kill(Number(child.pid), "SIGKILL");
    expect(await child.exited).toStrictEqual({ kind: "signalled", signal: "SIGKILL" });
  });

  it.each(["group", "process"] as const)(
    "is asked to stop also while it is stopped by SIGSTOP: killScope %s",
    async (killScope) => {
      const code =
        "process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1e3)";
      const child = spawnLauncher(node, ["-e", code], {
        killScope,
        readyWhen: (line) => line === "up",
        stdout: "ignore",
      }).launch(info);
      await signalsOf(child)();
      process.kill(Number(child.pid), "SIGSTOP");
      child.requestStop("stop");
      expect(await child.exited).toMatchObject({ kind: "failed", code: 7 });
    },
  );

  it("is signalled when it aborts", async () => {
    expect(await run("process.abort()").exited).toMatchObject({
      kind: "signalled",
      signal: "SIGABRT",
    });
  });

  it("may end before it was ready, and says nothing then", async () => {
    const heard: unknown[] = [];
    const child = spawnLauncher(node, ["-e", "console.log('not yet')"], {
      readyWhen: (line) => line === "ready",
      stdout: "ignore",
    }).launch(info);
    child.onSignal((signal) => heard.push(signal));
    expect(await child.exited).toStrictEqual({ kind: "completed", code: 0 });
    expect(heard).toStrictEqual([]);
  });

  it("is a shell that did not find its command: code 127", async () => {
    const child = spawnLauncher("no-such-command", [], {
      shell: true,
      stderr: "ignore",
    }).launch(info);
    expect(await child.exited).toMatchObject({ kind: "failed", code: 127 });
  });
});

describe("a process that the system refuses to start", () => {
  const long = "x".repeat(4_000_000);

  it.each([
    ["ENOENT", "no such command", () => spawnLauncher("no-such-command")],
    ["ENOENT", "no such folder", () => spawnLauncher(node, [], { cwd: join(folder, "none") })],
    ["EACCES", "a file that may not be run", () => spawnLauncher(fileOf("plain", 0o600))],
    ["EACCES", "a folder", () => spawnLauncher(folder)],
    ["E2BIG", "an argument too long", () => spawnLauncher(node, [long])],
    ["E2BIG", "an environment too large", () => spawnLauncher(node, [], { env: { long } })],
    ["ENOENT", "a fork without a runtime", () => forkLauncher("x.mjs", [], { execPath: "/none" })],
    ["ENOENT", "a fork without a folder", () => forkLauncher("x.mjs", [], { cwd: "/none" })],
    ["E2BIG", "a fork with an argument too long", () => forkLauncher("x.mjs", [long])],
  ])("%s: %s", async (code, _why, launcher) => {
    const child = launcher().launch(info);
    child.requestStop("stop");
    child.kill();
    child.send?.("hello");
    const exit = await child.exited;
    const syscall = expect.stringMatching(/^spawn/);
    expect(exit).toStrictEqual({
      kind: "spawn-failed",
      error: expect.objectContaining({ code, syscall }),
    });
    expect(child.pid).toBeUndefined();
  });

  it("where the cwd is the cause, the error says so; else it is the system's own", async () => {
    const errorOf = async (options: object) => {
      const exit = await spawnLauncher("no-such-command", [], options).launch(info).exited;
      return exit.kind === "spawn-failed" ? (exit.error as Error) : null;
    };
    const gone = await errorOf({ cwd: join(folder, "none") });
    expect(gone?.message).toBe(
      "spawn no-such-command ENOENT: its cwd is not there, or is no folder",
    );
    expect(gone?.cause).toMatchObject({ code: "ENOENT" });
    expect((await errorOf({ cwd: fileOf("a-file", 0o600) }))?.message).toMatch(/its cwd is not/);
    expect((await errorOf({ cwd: folder }))?.message).toBe("spawn no-such-command ENOENT");
    expect((await errorOf({}))?.message).toBe("spawn no-such-command ENOENT");
  });

  it("ten times in a row is one warning of Node's; a start in between begins the count again", async () => {
    const warnings: string[] = [];
    const spy = vi.spyOn(process, "emitWarning").mockImplementation((text, options) => {
      warnings.push(`${String(text)} ${(options as { code?: string }).code}`);
    });
    const missing = spawnLauncher("no-such-command");
    for (let i = 0; i < 9; i++) await missing.launch(info).exited;
    expect(warnings).toStrictEqual([]);
    for (let i = 0; i < 12; i++) await missing.launch(info).exited;
    expect(warnings).toStrictEqual([
      "spawnLauncher: a child could not be started 10 times in a row (ENOENT) STEADFAST_NOT_STARTED",
    ]);
    const file = join(folder, "comes-and-goes");
    const flaky = spawnLauncher(file);
    for (let i = 0; i < 18; i++) {
      if (i === 9) {
        fileOf("comes-and-goes", 0o755);
        await flaky.launch(info).exited;
        rmSync(file);
      }
      await flaky.launch(info).exited;
    }
    expect(warnings).toHaveLength(1);
    spy.mockRestore();
  });

  it("a program that is not there is no refusal of the runtime that was to run it", async () => {
    const child = forkLauncher(join(folder, "none.mjs"), [], { stderr: "ignore" }).launch(info);
    expect(await child.exited).toMatchObject({ kind: "failed", code: 1 });
  });
});

describe("a programming error", () => {
  it.each([
    ["a NUL in the command", () => spawnLauncher("tr\0ue"), "ERR_INVALID_ARG_VALUE"],
    ["a NUL in an argument", () => spawnLauncher(node, ["a\0b"]), "ERR_INVALID_ARG_VALUE"],
    [
      "a uid that is no whole number",
      () => spawnLauncher(node, [], { uid: 1.5 }),
      expect.stringMatching(/^ERR_(INVALID_ARG_TYPE|OUT_OF_RANGE)$/), // until Node 24, since Node 26
    ],
    ["a NUL in a module's path", () => forkLauncher("a\0b"), "ERR_INVALID_ARG_VALUE"],
  ])("is thrown by launch: %s", (_why, launcher, code) => {
    expect(() => launcher().launch(info)).toThrow(expect.objectContaining({ code }));
  });
});

describe("arguments and environment", () => {
  it("may depend on the attempt", async () => {
    const launcher = spawnLauncher(
      node,
      ({ attempt }) => [
        "-e",
        "process.exit(Number(process.argv[1]) + Number(process.env.N))",
        `${attempt}`,
      ],
      { env: ({ generation }) => ({ ...process.env, N: `${generation}` }) },
    );
    const codes: unknown[] = [];
    for (const attempt of [1, 2]) {
      const exit = await launcher.launch({ ...info, attempt, generation: 40 }).exited;
      codes.push("code" in exit && exit.code);
    }
    expect(codes).toStrictEqual([41, 42]);
  });

  it("are the host's where nobody says otherwise, and the attempt's", async () => {
    const exit = await run("console.error(Object.keys(process.env).sort().join())").exited;
    const own = ["ID", "ATTEMPT", "GENERATION", "MARK"].map((name) => `STEADFAST_${name}`);
    const names = [...Object.keys(process.env), ...own].sort().join();
    expect(exit.stderrTail).toStrictEqual([names]);
  });

  it("reach a factory, too", async () => {
    const { spawn } = await import("node:child_process");
    const launcher = processLauncher(({ attempt }) =>
      spawn(node, ["-e", `console.error("attempt ${attempt}"); process.exit(${attempt})`]),
    );
    expect(await launcher.launch({ ...info, attempt: 7 }).exited).toStrictEqual({
      kind: "failed",
      code: 7,
      stderrTail: ["attempt 7"],
    });
  });

  it("reach a fork", async () => {
    const launcher = forkLauncher(fixture("speaker.mjs"), ({ attempt }) => [`${attempt}`]);
    const child = launcher.launch({ ...info, attempt: 5 });
    const said = new Promise((resolve) => child.onSignal(resolve));
    expect(await said).toStrictEqual({ type: "message", message: { attempt: "5" } });
    child.kill();
    await child.exited;
  });
});

describe("taskkill, where there is none", () => {
  it("is reported, and the process alone is ended", async () => {
    const made = fakeChild({ pid: NOBODY });
    const ended = new Promise((resolve) => {
      made.child.kill = (signal) => {
        resolve(signal);
        return true;
      };
    });
    const fault = new Promise((resolve) => {
      carryOut([{ via: "taskkill" }], made.child, "kill", resolve);
    });
    expect(await fault).toMatchObject({ code: "ENOENT", path: "taskkill" });
    expect(await ended).toBe("SIGKILL");
  });
});

it("a process that never was is reported by its exit alone: not launched, ready or healthy", async () => {
  const types: string[] = [];
  const outcome = await supervise(spawnLauncher("no-such-command"), {
    policy: restartOn("temporary"),
    healthyAfterMs: 0,
    onEvent: ({ type }) => void types.push(type),
  }).outcome;
  expect(outcome.lastExit).toMatchObject({ kind: "spawn-failed", error: { code: "ENOENT" } });
  expect(types).toEqual(["exited", "refused", "ended"]);
});
