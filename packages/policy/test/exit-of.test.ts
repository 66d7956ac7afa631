import { describe, expect, it } from "vitest";
import { trap, unreadable } from "../../../config/testing/strange-values.ts";
import { exitOf, isPolicyOptionsError } from "../src/index.js";

const oops = new Error("oops");
const noEntry = Object.assign(new Error("spawn x ENOENT"), { syscall: "spawn x", code: "ENOENT" });
const noConnection = Object.assign(new Error("connect"), { syscall: "connect" });

describe("exitOf", () => {
  it.each<[string, Parameters<typeof exitOf>, object]>([
    ["code 0", [0, null], { kind: "completed", code: 0 }],
    ["minus zero is zero", [-0, null], { kind: "completed", code: 0 }],
    ["so it is beside an error", [-0, null, oops], { kind: "failed", error: oops, code: 0 }],
    ["another code", [3, null], { kind: "failed", code: 3 }],
    ["a negative code", [-1], { kind: "failed", code: -1 }],
    ["a code of Windows", [0xc0000005, null], { kind: "failed", code: 0xc0000005 }],
    ["a signal", [null, "SIGKILL"], { kind: "signalled", signal: "SIGKILL" }],
    ["a signal beside a code", [0, "SIGTERM"], { kind: "signalled", signal: "SIGTERM" }],
    ["a signal beside an error", [null, "SIGTERM", oops], { kind: "signalled", signal: "SIGTERM" }],
    ["nothing", [], { kind: "failed" }],
    ["null and null", [null, null], { kind: "failed" }],
    ["null, null and undefined", [null, null, undefined], { kind: "failed" }],
    ["an error", [null, null, oops], { kind: "failed", error: oops }],
    ["null as an error", [null, null, null], { kind: "failed", error: null }],
    ["a text as an error", [null, null, "no"], { kind: "failed", error: "no" }],
    ["an error beside a code", [2, null, oops], { kind: "failed", error: oops, code: 2 }],
    ["an error beside code 0", [0, null, oops], { kind: "failed", error: oops, code: 0 }],
    ["an error of spawn", [null, null, noEntry], { kind: "spawn-failed", error: noEntry }],
    [
      "an error of spawn beside a code",
      [1, null, noEntry],
      { kind: "failed", error: noEntry, code: 1 },
    ],
    [
      "an error of another call",
      [null, null, noConnection],
      { kind: "failed", error: noConnection },
    ],
  ])("%s", (_, given, exit) => {
    expect(exitOf(...given)).toStrictEqual(exit);
  });

  it.each([trap(), unreadable()])("keeps an error that cannot be read", (error) => {
    const exit = exitOf(null, null, error);
    expect(exit.kind).toBe("failed");
    expect("error" in exit && exit.error === error).toBe(true);
  });

  it.each<[unknown[], string]>([
    [["1", null], 'exitOf: code must be a whole number or null, got "1"'],
    [[0.5], "exitOf: code must be a whole number or null, got 0.5"],
    [[Number.NaN], "exitOf: code must be a whole number or null, got NaN"],
    [
      [oops],
      "exitOf: code must be a whole number or null, got Error: oops (an error comes third: exitOf(null, null, error))",
    ],
    [["SIGTERM"], 'exitOf: code must be a whole number or null, got "SIGTERM"'],
    [[null, 15], "exitOf: signal must be the name of a signal or null, got 15"],
    [[null, ""], 'exitOf: signal must be the name of a signal or null, got ""'],
  ])("refuses %#", (given, message) => {
    const call = exitOf as (...given: unknown[]) => unknown;
    expect(() => call(...given)).toThrow(expect.toSatisfy(isPolicyOptionsError));
    expect(() => call(...given)).toThrow(message);
  });
});
