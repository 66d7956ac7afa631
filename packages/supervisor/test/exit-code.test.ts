// The table of `exitCode`, row by row, with what lies beside each.

import { constants } from "node:os";
import { type Exit, isPolicyOptionsError, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { type Outcome, supervise } from "../src/index.js";
import { exitCode, SignalReceivedError } from "../src/node.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";

const rest = { lastExit: null, attempts: 1 } as const;
const completed: Outcome = { type: "completed", value: "any", ...rest };
const failed: Outcome = { type: "failed", error: new Error("broken"), ...rest };
const stopped = (abortReason?: unknown): Outcome => ({
  type: "stopped",
  by: abortReason === undefined ? "stop" : "abort",
  abortReason,
  ...rest,
});
const refused = (lastExit: Exit | null): Outcome => ({
  type: "refused",
  reason: "window-full",
  retryAfterMs: null,
  lastExit,
  attempts: 3,
});
const trap = new Proxy(
  {},
  {
    get() {
      throw new Error("trap");
    },
  },
);
const unstarted = (code: unknown): Outcome => refused({ kind: "spawn-failed", error: { code } });

describe("exitCode", () => {
  it.each<[name: string, outcome: Outcome, code: number]>([
    ["completed", completed, 0],
    [
      "excused: an exit that was no failure, whatever its code",
      { type: "excused", lastExit: { kind: "failed", code: 3 }, attempts: 1 },
      0,
    ],
    ["stopped by the host", stopped(), 0],
    ["stopped by an AbortSignal of the host", stopped(new DOMException("over", "AbortError")), 0],
    ["stopped by an AbortSignal for a reason that cannot be looked at", stopped(trap), 0],
    ["stopped by SIGINT", stopped(new SignalReceivedError("SIGINT")), 130],
    ["stopped by SIGTERM", stopped(new SignalReceivedError("SIGTERM")), 143],
    ["stopped by SIGHUP", stopped(new SignalReceivedError("SIGHUP")), 129],
    [
      "stopped by a signal heard by another copy",
      stopped({ code: "ERR_SIGNAL_RECEIVED", signal: "SIGINT" }),
      130,
    ],
    [
      "stopped by a signal that is none here",
      stopped({ code: "ERR_SIGNAL_RECEIVED", signal: "SIGFOO" }),
      1,
    ],
    ["refused before any attempt", refused(null), 1],
    ["refused after code 0", refused({ kind: "completed", code: 0 }), 1],
    ["refused after a task's result", refused({ kind: "completed", value: 5 }), 1],
    ["refused after code 1", refused({ kind: "failed", code: 1 }), 1],
    ["refused after code 3", refused({ kind: "failed", code: 3 }), 3],
    ["refused after code 255", refused({ kind: "failed", code: 255 }), 255],
    [
      "refused after code 256, which a shell would see as 0",
      refused({ kind: "failed", code: 256 }),
      1,
    ],
    ["refused after a code of Windows", refused({ kind: "failed", code: 0xc0000005 }), 1],
    ["refused after a code that is none", refused({ kind: "failed", code: 1.5 }), 1],
    ["refused after a negative code", refused({ kind: "failed", code: -1 }), 1],
    [
      "refused after a task's error, whose code is none of a process",
      refused({ kind: "failed", error: { code: 7 } }),
      1,
    ],
    ["refused after SIGSEGV", refused({ kind: "signalled", signal: "SIGSEGV" }), 139],
    ["refused after SIGKILL", refused({ kind: "signalled", signal: "SIGKILL" }), 137],
    [
      "refused after a signal that is none here",
      refused({ kind: "signalled", signal: "SIGFOO" }),
      1,
    ],
    [
      "refused after a thread that ran out of memory",
      refused({ kind: "out-of-memory", code: 1 }),
      1,
    ],
    ["refused after an attempt that was not ready", refused({ kind: "timed-out", afterMs: 5 }), 1],
    ["refused after an attempt that was unhealthy", refused({ kind: "unhealthy", reason: "x" }), 1],
    ["refused after an attempt that was abandoned", refused({ kind: "abandoned" }), 1],
    ["refused, command not found", unstarted("ENOENT"), 127],
    ["refused, command not executable", unstarted("EACCES"), 126],
    ["refused, no executable format", unstarted("ENOEXEC"), 126],
    ["refused, no more processes", unstarted("EAGAIN"), 1],
    [
      "refused, an error that cannot be looked at",
      refused({ kind: "spawn-failed", error: trap }),
      1,
    ],
    ["failed", failed, 1],
    [
      "failed, whatever the child's last code",
      { ...failed, lastExit: { kind: "failed", code: 3 } },
      1,
    ],
  ])("%s", (_, outcome, code) => {
    expect(exitCode(outcome)).toBe(code);
  });

  it("knows every signal of this system", () => {
    for (const [name, number] of Object.entries(constants.signals)) {
      expect(exitCode(stopped(new SignalReceivedError(name as NodeJS.Signals)))).toBe(128 + number);
    }
  });

  it.each<[name: string, outcomes: [Outcome, ...Outcome[]], code: number]>([
    ["all well", [completed, stopped()], 0],
    [
      "excused beside a signal",
      [{ ...rest, type: "excused" }, stopped(new SignalReceivedError("SIGTERM"))],
      143,
    ],
    ["one signal", [completed, stopped(new SignalReceivedError("SIGTERM")), stopped()], 143],
    [
      "a failure beats a signal before it",
      [stopped(new SignalReceivedError("SIGTERM")), refused({ kind: "failed", code: 3 })],
      3,
    ],
    ["the first failure decides", [completed, failed, refused({ kind: "failed", code: 3 })], 1],
    [
      "the first signal decides",
      [stopped(new SignalReceivedError("SIGINT")), stopped(new SignalReceivedError("SIGTERM"))],
      130,
    ],
  ])("of several: %s", (_, outcomes, code) => {
    expect(exitCode(...outcomes)).toBe(code);
  });

  it.each<[given: unknown, words: string]>([
    [
      Promise.resolve(completed),
      'exitCode: outcome must be what `await handle.outcome` gave, got "a promise"',
    ],
    [undefined, "exitCode: outcome must be what `await handle.outcome` gave, got undefined"],
    ["completed", 'exitCode: outcome must be what `await handle.outcome` gave, got "completed"'],
    [
      { type: "done" },
      'exitCode: outcome must be what `await handle.outcome` gave, got {"type":"done"}',
    ],
    [[completed], "exitCode: outcome must be what `await handle.outcome` gave, got"],
    [trap, "exitCode: outcome must be what `await handle.outcome` gave, got"],
  ])("refuses what is no outcome: %#", (given, words) => {
    let error: unknown;
    try {
      exitCode(given as Outcome);
    } catch (caught) {
      error = caught;
    }
    expect(isPolicyOptionsError(error)).toBe(true);
    expect((error as Error).message).toContain(words);
  });

  it("takes what a supervision gives", async () => {
    const system = manualSystem();
    const launcher = scriptedLauncher(system, [{ runMs: 0, exit: { kind: "failed", code: 4 } }]);
    const { outcome } = supervise(launcher, { policy: restartOn("temporary") }, system);
    await system.settle();
    expect(exitCode(await outcome)).toBe(4);
  });
});
