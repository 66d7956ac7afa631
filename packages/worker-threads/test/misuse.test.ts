// What is thrown at a launch: a mistake goes to the caller, a refusal of the system to the policy.

import { PolicyOptionsError } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { isMisuse } from "../src/misuse.js";
import { hostile } from "./hostile.js";

const coded = (code: string) => Object.assign(new Error(code), { code });

describe("isMisuse", () => {
  it.each([
    ["a wrong type", new TypeError("x")],
    ["a wrong path", Object.assign(new TypeError("x"), { code: "ERR_WORKER_PATH" })],
    ["a value out of range", new RangeError("x")],
    ["a misspelt name", new ReferenceError("x")],
    ["a bad option of ours", new PolicyOptionsError("workerLauncher", "name", "a string", 1)],
    ["data that cannot be cloned", new DOMException("x", "DataCloneError")],
    ["bad execArgv", coded("ERR_WORKER_INVALID_EXEC_ARGV")],
  ])("yes: %s", (_, thrown) => {
    expect(isMisuse(thrown)).toBe(true);
  });

  it.each([
    ["no more threads", coded("ERR_WORKER_INIT_FAILED")],
    ["no more files", coded("EMFILE")],
    ["an error of the user's", new Error("no configuration yet")],
    ["an abort", new DOMException("x", "AbortError")],
    ["undefined", undefined],
    ["null", null],
    ["a string", "TypeError"],
    ["a Proxy that traps everything", hostile()],
  ])("no: %s", (_, thrown) => {
    expect(isMisuse(thrown)).toBe(false);
  });
});
