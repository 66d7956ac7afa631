import { constants } from "node:os";
import { isFailure } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { processExit, withStderrTail } from "../src/process-exit.js";

const table: readonly [
  why: string,
  code: number | null,
  signal: string | null,
  exit: object,
  failure: boolean,
][] = [
  ["a clean end", 0, null, { kind: "completed", code: 0 }, false],
  ["the smallest failure", 1, null, { kind: "failed", code: 1 }, true],
  ["any other code", 3, null, { kind: "failed", code: 3 }, true],
  ["a shell without its command", 127, null, { kind: "failed", code: 127 }, true],
  ["the largest POSIX code", 255, null, { kind: "failed", code: 255 }, true],
  ["a Windows status", 0xc000_0005, null, { kind: "failed", code: 0xc000_0005 }, true],
  ["a negative code", -2, null, { kind: "failed", code: -2 }, true],
  ["minus zero is zero", -0, null, { kind: "completed", code: 0 }, false],
  ["a signal", null, "SIGKILL", { kind: "signalled", signal: "SIGKILL" }, true],
  [
    "a signal beside 0 is no clean end",
    0,
    "SIGTERM",
    { kind: "signalled", signal: "SIGTERM" },
    true,
  ],
  ["a signal beside a code", 1, "SIGSEGV", { kind: "signalled", signal: "SIGSEGV" }, true],
  ["nobody knows: no silent 0", null, null, { kind: "failed" }, true],
];

describe("processExit", () => {
  it.each(table)("%s: code %s, signal %s", (_why, code, signal, exit, failure) => {
    expect(processExit(code, signal)).toStrictEqual(exit);
    expect(isFailure(processExit(code, signal))).toBe(failure);
  });

  it("knows every signal there is", () => {
    for (const signal of Object.keys(constants.signals)) {
      expect(processExit(null, signal)).toStrictEqual({ kind: "signalled", signal });
    }
  });

  it("has exactly one clean end among all codes of a POSIX process", () => {
    const clean = Array.from({ length: 256 }, (_, code) => processExit(code, null)).filter(
      (exit) => !isFailure(exit),
    );
    expect(clean).toStrictEqual([{ kind: "completed", code: 0 }]);
  });
});

describe("withStderrTail", () => {
  it("adds lines where there are any", () => {
    expect(withStderrTail({ kind: "failed", code: 1 }, ["a", "b"])).toStrictEqual({
      kind: "failed",
      code: 1,
      stderrTail: ["a", "b"],
    });
  });

  it("leaves the exit alone where there are none", () => {
    const exit = processExit(1, null);
    expect(withStderrTail(exit, [])).toBe(exit);
  });
});
