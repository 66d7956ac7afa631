import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { holdReserve, withReserve } from "../src/descriptor-reserve.js";

/** Fails so often for want of a descriptor, or of something else, and counts its calls. */
function failing(times: number, code = "EMFILE") {
  const run = () => {
    run.calls++;
    if (run.calls <= times) throw Object.assign(new Error(code), { code });
    return "done";
  };
  run.calls = 0;
  return run;
}

const open = () => readdirSync("/proc/self/fd").length;

describe("withReserve", () => {
  it("runs once where nothing fails, also without a reserve", () => {
    const run = failing(0);
    expect(withReserve(run)).toBe("done");
    expect(run.calls).toBe(1);
  });

  it.each(["EMFILE", "ENFILE"])("runs again with the reserve after %s", (code) => {
    const release = holdReserve();
    const run = failing(1, code);
    expect(withReserve(run)).toBe("done");
    expect(withReserve(failing(1, code))).toBe("done"); // the reserve was taken again
    release();
  });

  it.each([
    ["there is no reserve", "EMFILE", false],
    ["it is another error", "ENOENT", true],
  ])("throws at once where %s", (_why, code, held) => {
    const release = held ? holdReserve() : () => {};
    const run = failing(1, code);
    expect(() => withReserve(run)).toThrow(code);
    expect(run.calls).toBe(1);
    release();
  });

  it("throws where the reserve is not enough", () => {
    const release = holdReserve();
    const run = failing(2);
    expect(() => withReserve(run)).toThrow("EMFILE");
    expect(run.calls).toBe(2);
    release();
  });
});

describe("holdReserve", () => {
  it("takes one descriptor for all holders, and gives it back with the last", () => {
    const before = open();
    const releases = [holdReserve(), holdReserve()];
    expect(open()).toBe(before + 1);
    releases[0]?.();
    releases[0]?.();
    expect(open()).toBe(before + 1);
    releases[1]?.();
    expect(open()).toBe(before);
  });
});
