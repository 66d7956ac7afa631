import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cyclic, revoked, trap, unreadable } from "../../../config/testing/strange-values.ts";
import { type ErrorRecord, type Exit, errorRecord, exitRecord } from "../src/index.js";
import { exits } from "./traces.js";

/** What survives JSON unchanged is plain. Compared deeply, so that -0 or undefined would show. */
function expectPlain(record: unknown): void {
  expect(JSON.parse(JSON.stringify(record))).toStrictEqual(record);
}

describe("errorRecord", () => {
  it.each<[string, unknown, ErrorRecord]>([
    ["undefined", undefined, { name: "undefined", message: "undefined" }],
    ["null", null, { name: "null", message: "null" }],
    ["a string", "boom", { name: "string", message: "boom" }],
    ["an empty string", "", { name: "string", message: "" }],
    ["a number", 7, { name: "number", message: "7" }],
    ["NaN", Number.NaN, { name: "number", message: "NaN" }],
    ["a boolean", false, { name: "boolean", message: "false" }],
    ["a bigint", 10n ** 20n, { name: "bigint", message: "100000000000000000000n" }],
    ["a symbol", Symbol("s"), { name: "symbol", message: "Symbol(s)" }],
    ["an object", { a: 1 }, { name: "object", message: '{"a":1}' }],
    ["an object that is not JSON", cyclic(), { name: "object", message: "an object" }],
    ["an array", [1, 2], { name: "object", message: "[1,2]" }],
    ["no prototype", Object.create(null), { name: "object", message: "an object" }],
    ["a Proxy that traps everything", trap(), { name: "object", message: "an object" }],
    ["a Proxy function", trap(() => {}), { name: "function", message: "a function" }],
    ["a revoked Proxy", revoked(), { name: "object", message: "an object" }],
    ["throwing getters", unreadable(), { name: "object", message: "an object" }],
    [
      "name and message of other types",
      { name: 5, message: { a: 1 }, code: null, stack: 3 },
      { name: "object", message: '{"name":5,"message":{"a":1},"code":null,"stack":3}' },
    ],
    [
      "a frozen error-like",
      Object.freeze({ name: "E", message: "m", code: "ENOENT" }),
      { name: "E", message: "m", code: "ENOENT" },
    ],
    [
      "a number as code",
      { name: "E", message: "m", code: 2 },
      { name: "E", message: "m", code: 2 },
    ],
    ["NaN as code", { name: "E", message: "m", code: Number.NaN }, { name: "E", message: "m" }],
  ])("records %s", (_, thrown, record) => {
    expect(errorRecord(thrown)).toStrictEqual(record);
    expectPlain(errorRecord(thrown));
  });

  it("keeps name, message, code and stack of an error", () => {
    const error = Object.assign(new TypeError("bad"), { code: "ERR_X" });
    expect(errorRecord(error)).toStrictEqual({
      name: "TypeError",
      message: "bad",
      code: "ERR_X",
      stack: error.stack,
    });
  });

  it("names a function that was thrown", () => {
    expect(errorRecord(function boom() {})).toStrictEqual({ name: "boom", message: "a function" });
  });

  it("keeps causes three deep and drops the fourth", () => {
    const chain = ["d", "c", "b", "a", "top"].reduce<object | undefined>(
      (cause, message) => ({ name: "E", message, ...(cause ? { cause } : {}) }),
      undefined,
    );
    const messages: string[] = [];
    let record: ErrorRecord | undefined = errorRecord(chain);
    for (; record; record = record.cause) messages.push(record.message);
    expect(messages).toEqual(["top", "a", "b", "c"]);
  });

  it("keeps a cause of undefined out and a cause of null in", () => {
    expect(errorRecord({ message: "m", cause: undefined })).not.toHaveProperty("cause");
    expect(errorRecord({ message: "m", cause: null }).cause?.name).toBe("null");
  });

  it("ends on an error that is its own cause", () => {
    const error = new Error("loop");
    error.cause = error;
    expect(errorRecord(error).cause?.cause?.cause).not.toHaveProperty("cause");
  });

  it("is bounded: a message of 1 000 characters stays, one more is cut; a stack likewise at 4 000", () => {
    const long = (message: number, stack: number) =>
      errorRecord({ name: "E", message: "m".repeat(message), stack: "s".repeat(stack) });
    expect(long(1_000, 4_000).message).toHaveLength(1_000);
    expect(long(1_001, 4_000).message).toHaveLength(1_000);
    expect(long(1, 4_000).stack).toHaveLength(4_000);
    expect(long(1, 4_001).stack).toHaveLength(4_000);
    expect(errorRecord("m".repeat(5_000)).message).toHaveLength(1_000);
    expect(errorRecord({ blob: "m".repeat(5_000) }).message).toHaveLength(1_000);
    expect(errorRecord({ message: "m", code: "c".repeat(5_000) }).code).toHaveLength(1_000);
  });

  it("may be given to map, whose second argument is an index", () => {
    const error = new Error("outer", { cause: new Error("inner") });
    expect([error, error].map(errorRecord)[0]?.cause?.message).toBe("inner");
  });

  it("is total, plain and settled for anything", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (thrown) => {
        const record = errorRecord(thrown);
        expectPlain(record);
        expect(errorRecord(record)).toStrictEqual(record);
      }),
    );
  });
});

describe("exitRecord", () => {
  it.each(exits.map((exit) => [exit.kind, exit] as const))(
    "projects %s to plain JSON",
    (_, exit) => {
      const record = exitRecord(exit);
      expect(record.kind).toBe(exit.kind);
      expectPlain(record);
      expect(exitRecord(record)).toStrictEqual(record);
    },
  );

  it("keeps what belongs to the kind", () => {
    expect(exitRecord({ kind: "signalled", signal: "SIGTERM" })).toStrictEqual({
      kind: "signalled",
      signal: "SIGTERM",
    });
    expect(exitRecord({ kind: "unhealthy", reason: "heartbeat-stale" })).toStrictEqual({
      kind: "unhealthy",
      reason: "heartbeat-stale",
    });
    expect(
      exitRecord({
        kind: "timed-out",
        afterMs: 10,
        ended: { kind: "failed", code: 3, error: "late" },
        stderrTail: ["a", "b"],
        rest: "killed",
        steps: ["SIGINT", "SIGKILL"],
      }),
    ).toStrictEqual({
      kind: "timed-out",
      afterMs: 10,
      ended: { kind: "failed", code: 3, error: { name: "string", message: "late" } },
      stderrTail: ["a", "b"],
      rest: "killed",
      steps: ["SIGINT", "SIGKILL"],
    });
  });

  it("leaves the value of a completed task out: journals carry no output", () => {
    expect(exitRecord({ kind: "completed", value: "secret" })).toStrictEqual({ kind: "completed" });
  });

  it("tells a thrown undefined from no error", () => {
    expect(exitRecord({ kind: "failed", code: 1 })).not.toHaveProperty("error");
    expect(exitRecord({ kind: "failed", error: undefined })).toHaveProperty(
      "error.name",
      "undefined",
    );
  });

  it("keeps the last 50 lines of stderr, each at most 1 000 characters", () => {
    const lines = (n: number) => Array.from({ length: n }, (_, i) => `${i}`);
    const tail = (stderrTail: string[]) => exitRecord({ kind: "failed", stderrTail }).stderrTail;
    expect(tail(lines(50))).toEqual(lines(50));
    expect(tail(lines(51))).toEqual(lines(51).slice(1));
    expect(tail(["x".repeat(1_001)])).toEqual(["x".repeat(1_000)]);
    expect(tail([])).toEqual([]);
  });

  it("makes -0 a 0, which JSON can hold", () => {
    expectPlain(exitRecord({ kind: "timed-out", afterMs: -0 }));
    expectPlain(errorRecord({ message: "m", code: -0 }));
  });

  it("ends on an exit that ended in itself", () => {
    const exit: { kind: "unhealthy"; reason: string; ended?: Exit } = {
      kind: "unhealthy",
      reason: "heartbeat-stale",
    };
    exit.ended = exit;
    expectPlain(exitRecord(exit));
    expect(exitRecord(exit)).toHaveProperty("ended.ended.ended.kind", "unhealthy");
    expect(exitRecord(exit)).not.toHaveProperty("ended.ended.ended.ended");
  });

  it.each([
    ["a Proxy that traps everything", trap()],
    ["a revoked Proxy", revoked()],
    ["an error with throwing getters", unreadable()],
    ["a function", () => {}],
    ["a symbol", Symbol("x")],
  ])("records an exit whose error is %s", (_, error) => {
    expectPlain(exitRecord({ kind: "spawn-failed", error }));
  });

  it.each([
    ["fields that cannot be read", trap()],
    ["names that are no list", { kind: "completed", escaped: "812 sleep" }],
    ["a tail that is no list", { kind: "failed", stderrTail: "text" }],
    ["steps that are no list", { kind: "failed", steps: 5 }],
    ["lines that are no text", { kind: "failed", stderrTail: [1, null] }],
    ["numbers that are none", { kind: "failed", code: Number.NaN, afterMs: -0 }],
  ])("does not throw on a broken exit: %s", (_, exit) => {
    expect(() => JSON.stringify(exitRecord(exit as unknown as Exit))).not.toThrow();
  });
});
