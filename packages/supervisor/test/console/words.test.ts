// What each event, exit and code is called, one by one.

import { describe, expect, it } from "vitest";
import { explainer } from "../../src/console/codes.js";
import { durationWords } from "../../src/console/duration.js";
import { said } from "./told.js";

const about = (exit: object, more: object = {}) =>
  said([{ type: "exited", exit, failed: true, uptimeMs: 1_500, ordered: false, ...more }])[0];

const failure = (name: string, message: string, code?: string | number) => ({
  name,
  message,
  ...(code === undefined ? {} : { code }),
});

describe("an exit", () => {
  it.each<[exit: object, words: string]>([
    [{ kind: "completed" }, "completed"],
    [{ kind: "completed", code: 0 }, "exit code 0"],
    [{ kind: "failed" }, "failed"],
    [{ kind: "failed", code: 3 }, "exit code 3"],
    [{ kind: "failed", code: 126 }, "exit code 126 (the command cannot be executed)"],
    [{ kind: "failed", code: 127 }, "exit code 127 (command not found)"],
    [{ kind: "failed", code: 137 }, "exit code 137 (as after SIGKILL)"],
    [{ kind: "failed", code: 143 }, "exit code 143 (as after SIGTERM)"],
    [{ kind: "failed", error: failure("Error", "no database") }, "no database"],
    [{ kind: "failed", error: failure("Error", "") }, "Error"],
    [{ kind: "failed", error: failure("TypeError", "no") }, "TypeError: no"],
    [{ kind: "failed", error: failure("undefined", "undefined") }, "undefined: undefined"],
    [
      { kind: "failed", error: failure("Error", "listen EADDRINUSE :::80", "EADDRINUSE") },
      "listen EADDRINUSE :::80 (the address is in use)",
    ],
    [
      { kind: "failed", code: 1, error: failure("Error", "uncaught", "ERR_OWN") },
      "exit code 1, uncaught",
    ],
    [{ kind: "signalled", signal: "SIGSEGV" }, "signal SIGSEGV (bad memory access)"],
    [{ kind: "signalled", signal: "SIGUSR1" }, "signal SIGUSR1"],
    [
      { kind: "completed", code: 0, rest: "killed" },
      "exit code 0, the rest of its group was killed",
    ],
    [
      { kind: "failed", code: 3, stderrTail: ["Error: no"], rest: "unverified" },
      "exit code 3, Error: no, the rest of its group is unknown",
    ],
    [
      { kind: "signalled", signal: "SIGUSR1", steps: ["SIGINT", "SIGUSR1"] },
      "signal SIGUSR1, after SIGINT, SIGUSR1",
    ],
    [
      { kind: "completed", code: 0, escaped: ["812 redis-server", "813 \u001B[2J"] },
      "exit code 0, it leaves behind 812 redis-server, 813 \\u{1b}[2J",
    ],
    [{ kind: "out-of-memory", code: 1 }, "out of memory"],
    [{ kind: "timed-out", afterMs: 90_000 }, "timed out after 1 min 30 s"],
    [{ kind: "cancelled" }, "cancelled"],
    [
      { kind: "unhealthy", reason: "heartbeat-stale" },
      "unhealthy, its heartbeats stopped (heartbeat-stale)",
    ],
    [{ kind: "abandoned" }, "abandoned"],
    [{ kind: "lost" }, "its end was not seen"],
    [{ kind: "something-new" }, "something-new"],
  ])("%j", (exit, words) => {
    expect(about(exit)).toBe(`failed after 1.5 s: ${words}`);
    expect(about(exit, { failed: false })).toBe(`ended after 1.5 s: ${words}`);
    expect(about(exit, { ordered: true })).toBe(`ended after 1.5 s: ${words}`);
  });

  it("that never began has no age", () => {
    const exit = { kind: "spawn-failed", error: failure("Error", "spawn x EACCES", "EACCES") };
    expect(about(exit)).toBe("could not be started, spawn x EACCES (no permission)");
  });

  const crash = [
    "/srv/server.js:1",
    "throw new Error('no database')",
    "^",
    "",
    "Error: no database",
    "    at Object.<anonymous> (/srv/server.js:1:7)",
    "",
    "Node.js v24.21.0",
  ];

  it.each<[tail: string[], words: string]>([
    [crash, "exit code 1, Error: no database"],
    [["listening", "  bye "], "exit code 1, bye"],
    [
      ["panic: index out of range", "goroutine 1 [running]:"],
      "exit code 1, panic: index out of range",
    ],
    [["bash: nod: command not found"], "exit code 1, bash: nod: command not found"],
    [["", "   ", "Node.js v20.0.0"], "exit code 1"],
    [[], "exit code 1"],
  ])("shows the line of stderr that says why: %j", (stderrTail, words) => {
    expect(about({ kind: "failed", code: 1, stderrTail })).toBe(`failed after 1.5 s: ${words}`);
  });

  it("does not repeat stderr where there is an error", () => {
    const exit = { kind: "failed", error: failure("Error", "boom"), stderrTail: ["Error: other"] };
    expect(about(exit)).toBe("failed after 1.5 s: boom");
  });
});

describe("an event", () => {
  it.each<[event: { type: string } & Record<string, unknown>, words: string | null]>([
    [{ type: "launched", cause: "start" }, "starting"],
    [{ type: "launched", cause: "start", pid: 4 }, "started (pid 4)"],
    [{ type: "launched", cause: "restart", attempt: 3, pid: 4 }, "restarted, attempt 3 (pid 4)"],
    [
      { type: "launched", cause: "operator", attempt: 3, pid: 4 },
      "started by an operator, attempt 3 (pid 4)",
    ],
    [{ type: "ready" }, "ready"],
    [{ type: "not-ready" }, "not ready any more"],
    [{ type: "healthy" }, null],
    [{ type: "delayed", delayMs: 999.9, until: 1_000 }, null],
    [{ type: "delayed", delayMs: 1_000, until: 1_000 }, "restart in 1 s"],
    [{ type: "delayed", delayMs: 1_000, until: 1_000, attempt: 0 }, "start in 1 s"],
    [
      { type: "refused", reason: "not-wanted", retryAfterMs: null, attempt: 0 },
      "not started any more: no restart is wanted after such an exit (not-wanted)",
    ],
    [{ type: "refused", reason: "not-wanted", retryAfterMs: null }, null],
    [
      { type: "refused", reason: "not-wanted", retryAfterMs: 5 },
      "not restarted yet: no restart is wanted after such an exit (not-wanted), possible in 5 ms",
    ],
    [{ type: "refused", reason: "my-own", retryAfterMs: null }, "not restarted any more: my-own"],
    [{ type: "stopping", reason: "stop" }, "asked to stop"],
    [{ type: "stopping", reason: "restart" }, "asked to stop, to be started again"],
    [{ type: "stopping", reason: "pause" }, "asked to stop, for a pause"],
    [{ type: "stopping", reason: "quarantine" }, "asked to stop, for quarantine"],
    [{ type: "stopping", reason: "remove" }, "asked to stop, to be removed"],
    [{ type: "stopping", reason: "heartbeat-stale" }, "asked to stop: its heartbeats stopped"],
    [{ type: "stopping", reason: "constructor" }, "asked to stop: constructor"],
    [{ type: "killing" }, "killed"],
    [{ type: "intent", intent: "active" }, "resumed"],
    [{ type: "intent", intent: "quarantined" }, "quarantined"],
    [{ type: "intent", intent: "removed" }, "removed"],
    [{ type: "fence", decision: "started-immediately" }, null],
    [{ type: "fence", decision: "queued-after-stop" }, null],
    [{ type: "fence", decision: "already-pending" }, null],
    [{ type: "fence", decision: "blocked-by-shutdown" }, "restart rejected: it is being stopped"],
    [{ type: "stale", report: "ready" }, null],
    [{ type: "stale", report: "exited" }, "ended after all, although it was abandoned"],
    [{ type: "disconnected" }, "disconnected: it cannot be spoken to any more"],
    [{ type: "lagged", missed: 1 }, "1 event missed: the reader was too slow"],
    [
      { type: "callback-failed", callback: "onMessage", error: failure("Error", "full") },
      "onMessage threw: full",
    ],
    [
      { type: "callback-failed", callback: "kill", error: failure("Error", "kill EPERM", "EPERM") },
      "kill threw: kill EPERM (not permitted)",
    ],
    [
      {
        type: "finding",
        code: "endless",
        severity: "warning",
        message: "It never ends.",
        fix: "End it.",
      },
      "finding: It never ends. (endless); End it.",
    ],
    [
      { type: "finding", code: "endless", severity: "warning", message: "It never ends." },
      "finding: It never ends. (endless)",
    ],
    [
      { type: "policy-changed", fresh: ["lifetimeCap"], dropped: ["inTurn.backoff", "allOf"] },
      "the policy is another one than before; new: lifetimeCap; forgotten: inTurn.backoff, allOf",
    ],
    [
      { type: "policy-changed", fresh: ["a", "a#2"], dropped: [] },
      "the policy is another one than before; new: a, a#2",
    ],
    [
      { type: "policy-changed", fresh: [], dropped: ["a"] },
      "the policy is another one than before; forgotten: a",
    ],
    [{ type: "ended", outcome: "completed" }, "completed after 1 attempt"],
    [{ type: "ended", outcome: "stopped", attempt: 0 }, "stopped after 0 attempts"],
    [{ type: "ended", outcome: "something-new" }, "over after 1 attempt"],
    [{ type: "something-new" }, "something-new"],
    [{ type: "something-new", reason: "odd" }, "something-new: odd"],
    [{ type: "stopping", reason: "ran-too-long" }, "asked to stop: it ran for too long"],
    [
      { type: "held", reason: "window-full" },
      "held until an operator starts it again: the limit of its window is reached (window-full)",
    ],
    [{ type: "recycled", reason: "age" }, "replaced as planned: it was old enough (age)"],
    [{ type: "launched", cause: "start", threadId: 3 }, "started (thread 3)"],
    [
      { type: "unreadable", error: { name: "Error", message: "too deep" } },
      "unreadable message: too deep",
    ],
    [
      { type: "standby-lost", standby: 2, exit: { kind: "failed", code: 1 }, until: 5 },
      "a standby ended before it was used: exit code 1",
    ],
    [
      { type: "standby-lost", standby: 2, exit: { kind: "failed", code: 1 }, until: null },
      "a standby ended before it was used, and is not replaced: exit code 1",
    ],
  ])("%j", (event, words) => {
    expect(said([event])).toEqual(words === null ? [] : [words]);
  });

  it("`not-wanted` after a failure is a refusal", () => {
    const exit = {
      type: "exited",
      exit: { kind: "failed", code: 1 },
      failed: true,
      uptimeMs: 1,
      ordered: false,
    };
    const refused = { type: "refused", reason: "not-wanted", retryAfterMs: null };
    expect(said([exit, refused])[1]).toBe(
      "not restarted any more: no restart is wanted after such an exit (not-wanted)",
    );
    expect(said([{ ...exit, failed: false }, refused])).toHaveLength(1);
  });
});

describe("more codes", () => {
  const explain = {
    night: "it is night",
    "exit-78": "its configuration is wrong",
    "window-full": "enough is enough",
    ERR_OWN: "our own fault",
    "something-new": "something that is new",
  };

  it.each<[{ type: string } & Record<string, unknown>, string]>([
    [
      { type: "refused", reason: "night", retryAfterMs: 1 },
      "not restarted yet: it is night (night), possible in 1 ms",
    ],
    [
      { type: "refused", reason: "window-full", retryAfterMs: null },
      "not restarted any more: enough is enough (window-full)",
    ],
    [
      {
        type: "exited",
        exit: { kind: "failed", code: 78 },
        failed: true,
        uptimeMs: 1,
        ordered: false,
      },
      "failed after 1 ms: exit code 78 (its configuration is wrong)",
    ],
    [
      { type: "callback-failed", callback: "send", error: failure("Error", "x", "ERR_OWN") },
      "send threw: x (our own fault)",
    ],
    [{ type: "something-new" }, "something that is new"],
  ])("%j", (event, words) => {
    expect(said([event], { explain })).toEqual([words]);
  });

  it("come from own properties alone", () => {
    const known = explainer({});
    expect(["constructor", "__proto__", "toString", ""].map(known)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(explainer(JSON.parse('{"__proto__":"odd"}'))("__proto__")).toBe("odd");
  });
});

describe("a duration", () => {
  const S = 1_000;
  const MIN = 60 * S;
  const H = 60 * MIN;
  const D = 24 * H;
  it.each([
    [Number.NaN, "0 ms"],
    [-1, "0 ms"],
    [0, "0 ms"],
    [0.9, "0 ms"],
    [999.9, "999 ms"],
    [S, "1 s"],
    [S + 99, "1 s"],
    [S + 100, "1.1 s"],
    [MIN - 1, "59.9 s"],
    [MIN, "1 min"],
    [MIN + S, "1 min 1 s"],
    [H - 1, "59 min 59 s"],
    [H, "1 h"],
    [D - 1, "23 h 59 min"],
    [D, "1 d"],
    [36_525 * D - 1, "36524 d 23 h"],
    [36_525 * D, "more than a century"],
    [Number.POSITIVE_INFINITY, "more than a century"],
  ])("of %d ms is %s", (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });
});
