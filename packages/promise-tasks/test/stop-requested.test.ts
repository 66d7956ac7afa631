// Who asks this stands in a `catch`: whatever was thrown, the answer is yes or no.

import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { isStopRequestedError, StopRequestedError } from "../src/index.js";
import { hostile } from "./launch.js";

const CODE = "ERR_STOP_REQUESTED";
const trap = (): never => {
  throw new Error("trapped");
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable(new StopRequestedError("stop"), {});
  revoke();
  return proxy;
}

describe("isStopRequestedError", () => {
  it.each([
    ["one of this copy", new StopRequestedError("kill")],
    ["one of another copy", Object.assign(new Error("x"), { code: CODE, reason: "stop" })],
    [
      "one of another realm",
      runInNewContext(`Object.assign(new Error("x"), { code: "${CODE}", reason: "stop" })`),
    ],
    [
      "one whose prototype cannot be read",
      new Proxy(new StopRequestedError("stop"), { getPrototypeOf: trap }),
    ],
  ])("yes: %s", (_, error) => {
    expect(isStopRequestedError(error)).toBe(true);
  });

  it.each([
    ["undefined", undefined],
    ["null", null],
    ["its code", CODE],
    ["a number", 1],
    ["a function", trap],
    ["an object without a prototype", Object.create(null)],
    ["an abort of the platform", new DOMException("x", "AbortError")],
    ["another error of another realm", runInNewContext("new TypeError('x')")],
    [
      "an error whose prototype cannot be read",
      new Proxy(new Error("x"), { getPrototypeOf: trap }),
    ],
    [
      "an error whose code cannot be read",
      Object.defineProperty(new Error("x"), "code", { get: trap }),
    ],
    ["a revoked Proxy", revoked()],
    ["a Proxy that traps everything", hostile()],
  ])("no: %s", (_, error) => {
    expect(isStopRequestedError(error)).toBe(false);
  });
});
