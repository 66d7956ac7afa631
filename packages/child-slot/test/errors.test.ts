import { describe, expect, it, vi } from "vitest";
import { IllegalTransitionError, isIllegalTransitionError } from "../src/index.js";

const impossible = new IllegalTransitionError("worker", "ready", "launch", "it is ready");

describe("isIllegalTransitionError", () => {
  it("knows its own, and those of another copy of this package", async () => {
    vi.resetModules();
    const copy = await import("../src/index.js");
    expect(copy.IllegalTransitionError).not.toBe(IllegalTransitionError);
    expect(isIllegalTransitionError(impossible)).toBe(true);
    expect(copy.isIllegalTransitionError(impossible)).toBe(true);
  });

  it.each([
    undefined,
    null,
    "ERR_ILLEGAL_TRANSITION",
    {},
    new Error("ERR_ILLEGAL_TRANSITION"),
    Object.assign(new Error("no such file"), { code: "ENOENT" }),
  ])("refuses %j", (value) => {
    expect(isIllegalTransitionError(value)).toBe(false);
  });
});
