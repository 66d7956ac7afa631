import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { trap } from "../../../config/testing/strange-values.ts";
import {
  isPolicyOptionsError,
  isPolicyStateError,
  PolicyOptionsError,
  PolicyStateError,
} from "../src/index.js";

describe("PolicyOptionsError", () => {
  it("is a RangeError with a code, and says the owner, the option, the range and the value", () => {
    const error = new PolicyOptionsError("slidingWindow", "limit", "a whole number", -3);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.code).toBe("ERR_POLICY_OPTIONS");
    expect(error.name).toBe("PolicyOptionsError");
    expect(error.option).toBe("limit");
    expect(error.allowed).toBe("a whole number");
    expect(error.message).toBe("slidingWindow: limit must be a whole number, got -3");
  });
});

describe("PolicyStateError", () => {
  it("is a TypeError with a code, and says the path, what belongs there and what was there", () => {
    const error = new PolicyStateError("stamps[0]", "a whole number", '"x"');
    expect(error).toBeInstanceOf(TypeError);
    expect(error.code).toBe("ERR_POLICY_STATE");
    expect(error.name).toBe("PolicyStateError");
    expect(error.path).toBe("stamps[0]");
    expect(error.expected).toBe("a whole number");
    expect(error.got).toBe('"x"');
    expect(error.message).toBe('state.stamps[0] must be a whole number, got "x"');
  });

  it.each([
    ["", "state must be an object, got 1"],
    ["n", "state.n must be an object, got 1"],
    ["[2].n", "state[2].n must be an object, got 1"],
  ])("puts the path %j into words", (path, message) => {
    expect(new PolicyStateError(path, "an object", "1").message).toBe(message);
  });
});

describe("guards", () => {
  const options = new PolicyOptionsError("x", "y", "z", 1);
  const state = new PolicyStateError("x", "y", "z");

  it("know their own kind only", () => {
    expect(isPolicyOptionsError(options)).toBe(true);
    expect(isPolicyStateError(options)).toBe(false);
    expect(isPolicyOptionsError(state)).toBe(false);
    expect(isPolicyStateError(state)).toBe(true);
  });

  it("know the errors of another copy of this package", async () => {
    vi.resetModules();
    const copy = await import("../src/index.js");
    expect(copy.PolicyStateError).not.toBe(PolicyStateError);
    expect(isPolicyStateError(new copy.PolicyStateError("a", "b", "c"))).toBe(true);
    expect(copy.isPolicyOptionsError(options)).toBe(true);
  });

  it("know an error of another realm", () => {
    const foreign = runInNewContext(
      `Object.assign(new RangeError("x"), { code: "ERR_POLICY_OPTIONS" })`,
    );
    expect(foreign instanceof Error).toBe(false);
    expect(isPolicyOptionsError(foreign)).toBe(true);
  });

  it.each([
    undefined,
    null,
    "ERR_POLICY_STATE",
    1,
    {},
    { code: "ENOENT" },
    new Error("ERR_POLICY_STATE"),
  ])("refuse %j", (value) => {
    expect(isPolicyStateError(value)).toBe(false);
    expect(isPolicyOptionsError(value)).toBe(false);
  });

  it("refuse a Proxy that traps everything, and do not throw", () => {
    expect(isPolicyStateError(trap())).toBe(false);
  });
});
