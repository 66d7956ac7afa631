// What a cell refuses by name: options, events, and what its clock and its random source answer.

import { describe, expect, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import {
  type CellOptions,
  cell,
  type ExitKind,
  isPolicyOptionsError,
  keyed,
  launch,
  noted,
  type Policy,
  refuse,
  restartOn,
  restartPolicy,
} from "../src/index.js";
import { slidingWindow } from "./sample-policies.js";

const options = { clock: () => 0, random: () => 0 };
const crash = { type: "exited", exit: { kind: "failed", code: 1 }, failed: true, uptimeMs: 0 };

function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isPolicyOptionsError(error)) return error.message;
    throw error;
  }
  return expect.unreachable();
}

describe("options", () => {
  it.each<[unknown, string]>([
    [undefined, "options must be an object, got undefined"],
    [
      { random: () => 0 },
      "clock must be a function that answers milliseconds, got undefined (given: random)",
    ],
    [
      { clok: () => 0, random: () => 0 },
      "clock must be a function that answers milliseconds, got undefined (clok is given: did you mean clock?)",
    ],
    [{ clock: 5, random: () => 0 }, "clock must be a function that answers milliseconds, got 5"],
    [
      { clock: () => 0 },
      "random must be a function that answers a number in [0, 1), got undefined",
    ],
    [
      { ...options, random: 0.5 },
      "random must be a function that answers a number in [0, 1), got 0.5",
    ],
    [{ ...options, wall: 5 }, "wall must be a function, got 5"],
    [{ ...options, isFailure: true }, "isFailure must be a function, got true"],
    [
      { ...options, saved: {} },
      "unknown option saved (known: clock, random, wall, isFailure, state)",
    ],
    [{ ...options, stat: {} }, "unknown option stat (did you mean state?)"],
  ])("%#", (given, message) => {
    expect(refusal(() => cell(restartOn("transient"), given as CellOptions))).toBe(
      `cell: ${message}`,
    );
  });

  it("takes undefined for not given", () => {
    const given = { ...options, wall: undefined, isFailure: undefined, state: undefined };
    const it = cell(restartOn("transient"), given as unknown as CellOptions);
    expect(it.send({ type: "launch", cause: "start" })).toEqual(launch());
  });
});

describe("events", () => {
  const KINDS: readonly ExitKind[] = [
    "completed",
    "failed",
    "signalled",
    "out-of-memory",
    "timed-out",
    "cancelled",
    "spawn-failed",
    "unhealthy",
    "abandoned",
    "lost",
  ];
  const exit = (of: object) => ({ ...crash, exit: of });

  it.each<[unknown, string]>([
    [undefined, "event must be an object, got undefined"],
    ["launch", 'event must be an object, got "launch"'],
    [{}, "event.type must be one of exited, healthy, reset, launch, got undefined"],
    [
      { type: "lauch" },
      'event.type must be one of exited, healthy, reset, launch, got "lauch" (did you mean launch?)',
    ],
    [
      { type: "toString" },
      'event.type must be one of exited, healthy, reset, launch, got "toString"',
    ],
    [{ type: "launch" }, "event.cause must be one of start, restart, operator, got undefined"],
    [
      { type: "launch", cause: "crash" },
      'event.cause must be one of start, restart, operator, got "crash"',
    ],
    [
      { type: "launch", cause: "started" },
      'event.cause must be one of start, restart, operator, got "started" (did you mean start?)',
    ],
    [
      { type: "launch", reason: "start" },
      "event.cause must be one of start, restart, operator, got undefined (given: reason)",
    ],
    [
      { type: "launch", cause: "start", draw: 1 },
      "event.draw must be a number in [0, 1), or left out, got 1",
    ],
    [
      { type: "launch", cause: "start", draw: -0.1 },
      "event.draw must be a number in [0, 1), or left out, got -0.1",
    ],
    [
      { type: "launch", cause: "start", draw: Number.NaN },
      "event.draw must be a number in [0, 1), or left out, got NaN",
    ],
    [
      { type: "launch", cause: "start", wall: 0.5 },
      "event.wall must be a whole number from -9007199254740991 to 9007199254740991, or left out, got 0.5",
    ],
    [{ ...crash, failed: undefined }, "event.failed must be true or false, got undefined"],
    [{ ...crash, failed: 1 }, "event.failed must be true or false, got 1"],
    [
      { type: "exited", exit: crash.exit, fail: true, uptimeMs: 0 },
      "event.failed must be true or false, got undefined (fail is given: did you mean failed?)",
    ],
    [
      { ...crash, uptimeMs: 0.5 },
      "event.uptimeMs must be a whole number from 0 to 9007199254740991, got 0.5",
    ],
    [
      { ...crash, uptimeMs: -1 },
      "event.uptimeMs must be a whole number from 0 to 9007199254740991, got -1",
    ],
    [
      { ...crash, uptimeMs: undefined, uptime: 5 },
      "event.uptimeMs must be a whole number from 0 to 9007199254740991, got undefined (uptime is given: did you mean uptimeMs?)",
    ],
    [
      { ...crash, exit: undefined },
      "event.exit must be an exit, as exitOf(code, signal, error) makes one, got undefined",
    ],
    [
      exit({ kind: "crashed" }),
      `event.exit.kind must be a kind of exit, as exitOf(code, signal, error) makes one: ${KINDS.join(", ")}, got "crashed"`,
    ],
    [
      exit(new Error("x")),
      `event.exit.kind must be a kind of exit, as exitOf(code, signal, error) makes one: ${KINDS.join(", ")}, got undefined`,
    ],
    [
      exit({ kind: "signaled", signal: "SIGTERM" }),
      `event.exit.kind must be a kind of exit, as exitOf(code, signal, error) makes one: ${KINDS.join(", ")}, got "signaled" (did you mean signalled?)`,
    ],
    [
      exit({ kind: "failed", code: null }),
      "event.exit.code must be a whole number, or left out, got null",
    ],
    [
      exit({ kind: "failed", code: "1" }),
      'event.exit.code must be a whole number, or left out, got "1"',
    ],
    [exit({ kind: "signalled" }), "event.exit.signal must be a string, got undefined"],
    [
      exit({ kind: "timed-out", afterMs: "5s" }),
      'event.exit.afterMs must be a number of at least 0, or left out, got "5s"',
    ],
    [exit({ kind: "unhealthy" }), "event.exit.reason must be a string, got undefined"],
  ])("%#", (event, message) => {
    const it = cell(restartOn("transient"), options);
    expect(refusal(() => it.send(event as never))).toBe(`cell: ${message}`);
    expect(it.state).toEqual({ last: null });
  });

  it("takes whatever a supervisor makes", () => {
    const it = cell(restartOn("transient"), options);
    const exits = [
      { kind: "completed", value: { any: "thing" } },
      { kind: "completed", code: 0 },
      { kind: "failed" },
      { kind: "failed", error: trap(), code: -1 },
      { kind: "failed", error: undefined, stderrTail: ["x"] },
      { kind: "signalled", signal: "SIGKILL" },
      { kind: "out-of-memory", error: revoked() },
      { kind: "timed-out", afterMs: Number.POSITIVE_INFINITY, ended: { kind: "lost" } },
      { kind: "cancelled", error: null },
      { kind: "spawn-failed", error: new Error("ENOENT") },
      { kind: "unhealthy", reason: "heartbeat-stale" },
      { kind: "abandoned" },
      { kind: "lost" },
    ];
    for (const each of exits) expect(it.send(exit(each) as never)).toEqual(noted);
    expect(new Set(exits.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });

  it("of one key are checked inside, too", () => {
    const keys = cell(keyed(restartOn("transient"), { maxKeys: 2 }), options);
    const wrong: readonly [unknown, string][] = [
      [
        { type: "launch", cause: "start" },
        "event.key must be a string, got undefined (given: cause)",
      ],
      [{ key: 5, event: crash }, "event.key must be a string, got 5"],
      [{ key: "a" }, "event.event must be an object, got undefined"],
      [
        { key: "a", event: { type: "exited" } },
        "event.event.exit must be an exit, as exitOf(code, signal, error) makes one, got undefined",
      ],
    ];
    for (const [event, message] of wrong) {
      expect(refusal(() => keys.send(event as never))).toBe(`cell: ${message}`);
    }
    const plain = cell(restartOn("transient"), options);
    expect(refusal(() => plain.send({ key: "a", event: crash } as never))).toContain("event.type");
  });

  it("of another alphabet are not checked", () => {
    const counter: Policy<number, { readonly by: number }, number> = {
      name: "counter",
      describe: { kind: "counter", options: {}, timesMs: [] },
      alphabet: "other",
      initial: () => 0,
      step: (state, { by }) => [state + by, state + by],
      parse: Number,
    };
    const it = cell(counter, options);
    expect(it.send({ by: 2 })).toBe(2);
    expect(refusal(() => it.failed({ kind: "lost" }, { uptimeMs: 0 } as never))).toBe(
      'cell.failed: policy must be a restart policy, got "counter"',
    );
    const { alphabet: _, ...ticking } = { ...counter, deadline: () => null };
    expect(cell(ticking, options).send({ by: 3 })).toBe(3);
  });
});

describe("what the clock and the random source answer", () => {
  const request = { type: "launch", cause: "start" } as const;

  it.each([1, 5, -0.1, Number.NaN, "0.5", undefined, Promise.resolve(0.5)])(
    "random: %s",
    (value) => {
      const it = cell(restartOn("transient"), { ...options, random: () => value as number });
      expect(refusal(() => it.send(request))).toMatch(
        /^cell: random must be a function that answers a number in \[0, 1\), got /,
      );
      expect(it.send(crash as never)).toEqual(noted);
    },
  );

  it.each([10n, "10", null, undefined, Promise.resolve(5)])("clock: %s", (value) => {
    const it = cell(restartOn("transient"), {
      ...options,
      clock: () => value as unknown as number,
    });
    expect(refusal(() => it.send(request))).toMatch(
      /^cell: clock must be a function that answers /,
    );
  });

  it("a clock may answer dates", () => {
    const it = cell(restartOn("transient"), {
      ...options,
      clock: () => new Date(5) as unknown as number,
    });
    expect(it.send(request)).toEqual(launch());
  });
});

describe("failed: the exit and the request, at one instant", () => {
  const failure = { kind: "failed", code: 1 } as const;

  it("reads the clock once, and draws once", () => {
    const seen: unknown[] = [];
    const watching = restartPolicy<null>({
      name: "watching",
      initial: () => null,
      exited: (state, event, now) => {
        seen.push([event, now]);
        return state;
      },
      launch: (state, event, now) => {
        seen.push([event, now]);
        return [state, launch(now)];
      },
    });
    const times = [18, 20, 22];
    const draws = [0.25, 0.5];
    const it = cell(watching, {
      clock: () => times.shift() ?? 99,
      random: () => draws.shift() ?? 0.9,
      wall: () => 7.9,
    });
    expect(it.failed(failure, { uptimeMs: 3 })).toEqual(launch(18));
    expect(seen).toEqual([
      [{ type: "exited", exit: failure, failed: true, uptimeMs: 3 }, 18],
      [{ type: "launch", cause: "restart", draw: 0.25, wall: 7 }, 18],
    ]);
    expect(times).toEqual([20, 22]);
    expect(draws).toEqual([0.5]);
  });

  it("answers a refusal, and keeps the state of both steps", () => {
    const it = cell(slidingWindow({ limit: 1, windowMs: 100 }), options);
    expect(it.failed(failure, { uptimeMs: 0 })).toEqual(launch());
    expect(it.failed(failure, { uptimeMs: 0 })).toEqual(refuse("window-full", 100));
    expect(it.state).toEqual({ stamps: [0] });
  });

  it("is judged by isFailure", () => {
    const judged = cell(restartOn("transient"), options);
    expect(judged.failed({ kind: "completed" }, { uptimeMs: 0 })).toEqual(
      refuse("not-wanted", null),
    );
    const strict = cell(restartOn("transient"), { ...options, isFailure: () => true });
    expect(strict.failed({ kind: "completed" }, { uptimeMs: 0 })).toEqual(launch());
  });

  it("leaves the state as it was when the second step throws", () => {
    const moody = restartPolicy<number>({
      name: "moody",
      initial: () => 0,
      exited: (state) => state + 1,
      launch() {
        throw new Error("not today");
      },
    });
    const it = cell(moody, options);
    expect(() => it.failed(failure, { uptimeMs: 0 })).toThrow("not today");
    expect(it.state).toBe(0);
  });

  it("of one key names the keys that either step forgot", () => {
    const keys = cell(keyed(slidingWindow({ limit: 1, windowMs: 100 }), { maxKeys: 1 }), options);
    expect(keys.failed(failure, { key: "a", uptimeMs: 0 })).toEqual(launch());
    const answer = keys.failed(failure, { key: "b", uptimeMs: 0 });
    expect(answer).toEqual({ ...launch(), forgotten: ["a"] });
    const memory = restartPolicy<number>({
      name: "memory",
      initial: () => 0,
      exited: (state) => state + 1,
      launch: (state) => [state + 1, launch()],
    });
    const one = cell(keyed(memory, { maxKeys: 1 }), options);
    one.failed(failure, { key: "a", uptimeMs: 0 });
    expect(one.failed(failure, { key: "b", uptimeMs: 0 })).toEqual({
      ...launch(),
      forgotten: ["a"],
    });
  });

  it.each<[unknown, unknown, string]>([
    [failure, undefined, "options must be an object, got undefined"],
    [failure, {}, "uptimeMs must be a whole number from 0 to 9007199254740991, got undefined"],
    [
      failure,
      { uptime: 5 },
      "uptimeMs must be a whole number from 0 to 9007199254740991, got undefined (uptime is given: did you mean uptimeMs?)",
    ],
    [
      failure,
      { uptimeMs: 1.5 },
      "uptimeMs must be a whole number from 0 to 9007199254740991, got 1.5",
    ],
    [failure, { uptimeMs: 0, cause: "restart" }, "unknown option cause (known: uptimeMs)"],
    ...[undefined, null, 1, "SIGTERM"].map((exit): [unknown, unknown, string] => [
      exit,
      { uptimeMs: 0 },
      `exit must be an exit, as exitOf(code, signal, error) makes one, got ${JSON.stringify(exit)}`,
    ]),
  ])("refuses %#", (exit, circumstances, message) => {
    const it = cell(restartOn("transient"), options);
    expect(refusal(() => it.failed(exit as never, circumstances as never))).toBe(
      `cell.failed: ${message}`,
    );
    expect(it.state).toEqual({ last: null });
  });

  it("refuses an error that is no exit, and says how to make one", () => {
    const it = cell(restartOn("transient"), options);
    expect(refusal(() => it.failed(new Error("x") as never, { uptimeMs: 0 }))).toMatch(
      /^cell\.failed: exit\.kind must be a kind of exit, as exitOf\(code, signal, error\) makes one/,
    );
  });
});
