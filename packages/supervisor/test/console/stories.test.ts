// Whole stories, as they are read: the golden outputs of `logEvents`.

import { allOf, giveUpOn, launch, refuse, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, delay } from "../policies.js";
import { crashes, FAILED, stage } from "../stage.js";
import { reading } from "./told.js";

const error = new Error("no database");

describe("for people", () => {
  it("a child that fails, is restarted, gets healthy, and is stopped", async () => {
    const { lines, onEvent } = reading({ time: "utc" });
    const { system, handle } = stage({
      id: "server",
      policy: delay(2_500),
      readiness: "explicit",
      script: [
        { runMs: 300, exit: { kind: "failed", code: 1, error } },
        {
          says: [{ afterMs: 1_200, signal: { type: "ready" } }],
          stopMs: 40,
          stopExit: { kind: "signalled", signal: "SIGTERM" },
        },
      ],
      onEvent,
    });
    await system.advance(60_000);
    void handle.stop();
    await system.advance(1_000);
    expect(lines).toEqual([
      "00:00:00 server  starting",
      "00:00:00 server  failed after 300 ms: exit code 1, no database",
      "00:00:00 server  restart in 2.5 s",
      "00:00:02 server  restarting, attempt 2",
      "00:00:04 server  ready after 1.2 s",
      "00:00:12 server  healthy again after 1 exit",
      "00:01:00 server  asked to stop",
      "00:01:00 server  ended after 57.2 s: signal SIGTERM",
      "00:01:00 server  stopped after 2 attempts",
    ]);
  });

  it("what is routine is not said: a first start, immediate readiness, health, a short delay", async () => {
    const { lines, onEvent } = reading();
    const { system, handle } = stage({ policy: delay(999), script: [{ runMs: 20_000 }], onEvent });
    await system.advance(60_000);
    void handle.stop();
    await system.settle();
    expect(lines).toEqual([
      "child  starting",
      "child  ended after 20 s: completed",
      "child  restarting, attempt 2",
      "child  healthy again after 1 exit",
      "child  asked to stop",
      "child  ended after 39 s: cancelled",
      "child  stopped after 2 attempts",
    ]);
  });

  it("a restart loop is said once, summed up, and its end is said", async () => {
    const { lines, onEvent } = reading();
    const { system, handle } = stage({
      policy: delay(100),
      script: (attempt) => (attempt <= 120 ? { runMs: 100, exit: FAILED } : {}),
      onEvent,
    });
    await system.advance(60_000);
    expect(lines).toEqual([
      "child  starting",
      ...[2, 3, 4, 5].flatMap((attempt) => [
        "child  failed after 100 ms: failed",
        `child  restarting, attempt ${attempt}`,
      ]),
      "child  restart loop: 5 exits in 800 ms, the last: failed; now one line per 10 s",
      "child  restart loop: 50 more exits in 10 s, the last: failed",
      "child  restart loop: 50 more exits in 10 s, the last: failed",
      "child  healthy again after 120 exits",
    ]);
    await handle.stop();
  });

  it("a limit that is reached says what will be silent, and for how long", async () => {
    const { lines, onEvent } = reading();
    const { system, handle } = stage({
      policy: answers(launch(), launch(), refuse("window-full", 570_000), launch()),
      script: [...crashes(5, 5), {}],
      onEvent,
    });
    await system.advance(600_000);
    await handle.stop();
    expect(lines).toEqual([
      "child  starting",
      "child  failed after 5 ms: failed",
      "child  restarting, attempt 2",
      "child  failed after 5 ms: failed",
      "child  not restarted yet: the limit of its window is reached (window-full), possible in 9 min 30 s",
      "child  restarting, attempt 3",
      "child  healthy again after 2 exits",
      "child  asked to stop",
      "child  ended after 29.9 s: cancelled",
      "child  stopped after 3 attempts",
    ]);
  });

  it("a child that is given up", async () => {
    const { lines, onEvent } = reading();
    const { system } = stage({
      policy: allOf(
        restartOn("permanent"),
        giveUpOn((exit) => exit.kind === "spawn-failed"),
      ),
      script: [{ cannotStart: Object.assign(new Error("spawn nod ENOENT"), { code: "ENOENT" }) }],
      onEvent,
    });
    await system.settle();
    expect(lines).toEqual([
      "child  starting",
      "child  could not be started, spawn nod ENOENT (no such file or command)",
      "child  not restarted any more: this failure is permanent (given-up)",
      "child  given up after 1 attempt",
    ]);
  });

  it("a child that is done is not called refused", async () => {
    const { lines, onEvent } = reading();
    const { system } = stage({
      policy: restartOn("transient"),
      script: [{ runMs: 61_000 }],
      onEvent,
    });
    await system.advance(61_000);
    expect(lines).toEqual([
      "child  starting",
      "child  ended after 1 min 1 s: completed",
      "child  completed after 1 attempt",
    ]);
  });

  it("a child that does not stop, does not die, and ends in the end", async () => {
    const { lines, onEvent } = reading();
    const { system, handle } = stage({
      script: [{ stopMs: Number.POSITIVE_INFINITY, killMs: 7_000 }, {}],
      onEvent,
    });
    handle.restart({ requester: "ops", reason: "new version" });
    await system.advance(20_000);
    await handle.stop();
    expect(lines).toEqual([
      "child  starting",
      "child  asked to stop, to be started again",
      "child  did not stop within 5 s: killed",
      "child  abandoned: it did not end when it was killed, and may still be running",
      "child  ended after 10 s: abandoned",
      "child  starting by an operator, attempt 2",
      "child  ended after all, although it was abandoned",
      "child  asked to stop",
      "child  ended after 10 s: cancelled",
      "child  stopped after 2 attempts",
    ]);
  });

  it("a loop of kills is a loop", async () => {
    const { lines, onEvent } = reading({ everyMs: 1_000 });
    const { system, handle } = stage({
      policy: delay(0),
      readiness: "explicit",
      readyTimeoutMs: 50,
      gracePeriodMs: 50,
      script: () => ({ stopMs: Number.POSITIVE_INFINITY }),
      onEvent,
    });
    await system.advance(2_600);
    const stopped = handle.stop();
    await system.advance(50);
    await stopped;
    expect(lines.slice(1, 5)).toEqual([
      "child  asked to stop: it was not ready in time",
      "child  did not stop within 50 ms: killed",
      "child  failed after 100 ms: timed out after 50 ms",
      "child  restarting, attempt 2",
    ]);
    expect(lines.slice(18)).toEqual([
      "child  did not stop within 50 ms: killed",
      "child  restart loop: 5 exits in 400 ms, the last: timed out after 50 ms; now one line per 1 s",
      "child  restart loop: 10 more exits (10 killed) in 1 s, the last: timed out after 50 ms",
      "child  restart loop: 10 more exits (10 killed) in 1 s, the last: timed out after 50 ms",
      "child  restart loop: 1 more exit (1 killed) in 100 ms, the last: timed out after 50 ms",
      "child  asked to stop",
      "child  did not stop within 50 ms: killed",
      "child  ended after 50 ms: signal SIGKILL",
      "child  stopped after 27 attempts",
    ]);
  });

  it("orders of an operator, and what goes wrong in the host", async () => {
    const { lines, onEvent } = reading();
    const { handle, system } = stage({
      script: [{}, {}, { throws: new TypeError("launcher is misused") }],
      journal: () => {
        throw new RangeError("disk full");
      },
      onEvent,
    });
    handle.pause();
    handle.restart({ requester: "ops", reason: "impatience" });
    handle.resume();
    handle.reset();
    await system.settle();
    handle.restart({ requester: "ops", reason: "again" });
    await handle.outcome;
    expect(lines).toEqual([
      "child  journal threw, and is not called again: RangeError: disk full",
      "child  starting",
      "child  paused",
      "child  asked to stop, for a pause",
      "child  restart rejected: it is paused",
      "child  resumed",
      "child  its past is forgiven",
      "child  ended after 0 ms: cancelled",
      "child  starting by an operator, attempt 2",
      "child  asked to stop, to be started again",
      "child  ended after 0 ms: cancelled",
      "child  could not be started, TypeError: launcher is misused",
      "child  supervision failed after 3 attempts: see `error` of its outcome",
    ]);
  });

  it("several children stand in columns", async () => {
    const { lines, onEvent } = reading();
    const ids = ["api", "a-much-longer-name-than-others", "db"];
    const stages = ids.map((id) => stage({ id, onEvent }));
    await Promise.all(stages.map(({ handle }) => handle.stop()));
    expect(lines).toHaveLength(12);
    expect(lines.slice(0, 3)).toEqual([
      "api  starting",
      "a-much-longer-name-than-others  starting",
      "db                starting",
    ]);
  });
});

describe("in colour", () => {
  it("what failed is yellow, what is lost is red, good news is green, the time is dim", () => {
    const { lines, onEvent } = reading({ color: true, time: "utc" });
    const about = { id: "a", at: 3_661_000, attempt: 2, generation: 1 } as const;
    onEvent({ ...about, type: "launched", cause: "start", pid: 7 });
    onEvent({ ...about, type: "not-ready" });
    onEvent({ ...about, type: "killing" });
    onEvent({ ...about, type: "ended", outcome: "completed" });
    onEvent({ ...about, type: "ended", outcome: "excused" });
    expect(lines).toEqual([
      "\u001b[2m01:01:01\u001b[0m a  started (pid 7)",
      "\u001b[2m01:01:01\u001b[0m a  \u001b[33mnot ready any more\u001b[0m",
      "\u001b[2m01:01:01\u001b[0m a  \u001b[31mkilled\u001b[0m",
      "\u001b[2m01:01:01\u001b[0m a  \u001b[32mcompleted after 2 attempts\u001b[0m",
      "\u001b[2m01:01:01\u001b[0m a  done after 2 attempts",
    ]);
  });
});

describe("for machines", () => {
  it("is one JSON object per line, with the event's own fields", async () => {
    const { lines, onEvent } = reading({ format: "json" });
    const exit = { kind: "failed", code: 1, error, stderrTail: ["secret"] } as const;
    const { system, handle } = stage({
      id: "server",
      policy: answers(launch(), launch(1_500.5), refuse("window-full", null)),
      script: [
        { runMs: 5, exit },
        { runMs: 5, exit },
      ],
      onEvent,
    });
    await system.advance(10_000);
    await handle.outcome;
    const about = (ms: number, level: string, attempt: number) => ({
      time: new Date(ms).toISOString(),
      level,
      id: "server",
      attempt,
    });
    const failed = {
      event: "exited",
      message: "failed after 5 ms: exit code 1, no database",
      exit: { kind: "failed", code: 1, error: { name: "Error", message: "no database" } },
      failed: true,
      uptimeMs: 5,
      ordered: false,
    };
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { ...about(0, "info", 1), event: "launched", message: "starting", cause: "start" },
      { ...about(5, "warn", 1), ...failed },
      {
        ...about(5, "info", 1),
        event: "delayed",
        message: "restart in 1.5 s",
        until: 1_506,
        delayMs: 1_500.5,
      },
      {
        ...about(1_506, "info", 2),
        event: "launched",
        message: "restarting, attempt 2",
        cause: "restart",
      },
      { ...about(1_511, "warn", 2), ...failed },
      {
        ...about(1_511, "error", 2),
        event: "refused",
        message: "not restarted any more: the limit of its window is reached (window-full)",
        reason: "window-full",
        retryAfterMs: null,
      },
      {
        ...about(1_511, "error", 2),
        event: "ended",
        message: "given up after 2 attempts",
        outcome: "refused",
      },
    ]);
    expect(lines[0]).toBe(
      '{"time":"1970-01-01T00:00:00.000Z","level":"info","id":"server","attempt":1,"event":"launched","message":"starting","cause":"start"}',
    );
  });

  it("a loop has its counts", async () => {
    const { lines, onEvent } = reading({ format: "json" });
    const { system, handle } = stage({
      policy: delay(1_000),
      script: () => ({ runMs: 1_000, exit: FAILED }),
      onEvent,
    });
    await system.advance(20_000);
    await handle.stop();
    const loops = lines
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === "restart-loop");
    expect(loops).toMatchObject([
      { level: "error", attempt: 5, exits: 5, kills: 0, abandoned: 0, overMs: 8_000 },
      { level: "error", attempt: 10, exits: 5, kills: 0, abandoned: 0, overMs: 10_000 },
    ]);
  });
});
