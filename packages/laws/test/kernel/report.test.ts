import { describe, expect, it } from "vitest";
import { BrokenClaim } from "../../src/kernel/claim.js";
import { isLawsBrokenError, LawsBrokenError } from "../../src/kernel/errors.js";
import { AtPlace, exceptionOf } from "../../src/kernel/exception.js";
import { lawReport } from "../../src/kernel/report.js";
import type { LawFailed, LawResult } from "../../src/kernel/result.js";
import { unbroken } from "../../src/kernel/unbroken.js";

const passed: LawResult = { verdict: "passed", law: "a", runs: 200, reached: { "a wait": 57 } };
const plain: LawResult = { verdict: "passed", law: "b", runs: 200, reached: {} };
const notRun: LawResult = { verdict: "not-run", law: "c", reason: "it has no `parse`" };
const failed: LawFailed = {
  verdict: "failed",
  law: "d",
  says: "a hint is exact",
  why: "told to wait 5\nand more",
  vacuous: false,
  exception: null,
  input: [1],
  table: "  # now",
  replay: { seed: 7, path: "3:0" },
};
const kept: LawFailed = { ...failed, law: "e", replay: null };
const vacuous: LawFailed = {
  ...failed,
  law: "f",
  why: "vacuous: met nothing",
  vacuous: true,
  table: "",
  input: null,
  replay: null,
};

describe("a report", () => {
  it("has a line per law, failures first, and lists what passed and what was not run", () => {
    expect(lawReport("mine", [passed, plain, notRun, failed])).toEqual({
      subject: "mine",
      results: [passed, plain, notRun, failed],
      passed: ["a", "b"],
      notRun: { c: "it has no `parse`" },
      text: [
        "mine:",
        "  FAILED   d: told to wait 5",
        "  not run  c: it has no `parse`",
        "  passed   a (200 runs, a wait 57)",
        "  passed   b (200 runs)",
      ].join("\n"),
    });
  });

  it("is handed on if no law failed, also if some were not run", () => {
    const report = lawReport("mine", [passed, notRun]);
    expect(unbroken(report, () => "never")).toBe(report);
  });

  it("is thrown if one failed: each failure with its table, its place and its paste", () => {
    const report = lawReport("mine", [passed, failed, kept, notRun, vacuous]);
    try {
      unbroken(report, ({ law, input }) => `check(${law}, ${JSON.stringify(input)})`);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(LawsBrokenError);
      if (!isLawsBrokenError(error)) return;
      expect(error.report).toBe(report);
      expect(error.code).toBe("ERR_LAWS_BROKEN");
      expect(error.message.split("\n\n")).toEqual([
        [
          "mine: 3 broken, 1 held, 1 not run",
          "  FAILED   d: told to wait 5",
          "  FAILED   e: told to wait 5",
          "  FAILED   f: vacuous: met nothing",
        ].join("\n"),
        "d: a hint is exact\ntold to wait 5\nand more",
        "  # now",
        'Again, at once: replay: {"law":"d","seed":7,"path":"3:0"}. As a test that stays:',
        "check(d, [1])",
        "e: a hint is exact\ntold to wait 5\nand more",
        "  # now",
        "Again, as a test:",
        "check(e, [1])",
        "f: a hint is exact\nvacuous: met nothing",
        "Held: a",
        "Not run: c (it has no `parse`)",
      ]);
    }
  });
});

describe("an exception", () => {
  const exception = { text: "TypeError: no list", at: "/a.ts:3:7", stack: ["at f (/a.ts:3:7)"] };
  const threw = { ...failed, why: "at #4: no list", exception };

  it("that many laws met is told once, with its stack and the first story", () => {
    const other = { ...threw, law: "g" };
    try {
      unbroken(lawReport("mine", [threw, kept, other]), ({ law }) => `check(${law})`);
      expect.unreachable();
    } catch (error) {
      if (!isLawsBrokenError(error)) throw error;
      const [overview, first] = error.message.split("\n\n");
      expect(overview).toBe(
        [
          "mine: 3 broken, 0 held, 0 not run",
          "  FAILED   2 laws: it threw TypeError: no list",
          "  FAILED   e: told to wait 5",
        ].join("\n"),
      );
      expect(first).toBe(
        [
          "d, g: the first of them by this story",
          "at #4: it threw TypeError: no list, at /a.ts:3:7",
          "    at f (/a.ts:3:7)",
        ].join("\n"),
      );
      expect(error.message.match(/at f \(/g)).toHaveLength(1);
    }
  });

  it("of one law is told with the law's sentence", () => {
    expect(() => unbroken(lawReport("mine", [threw]), () => "")).toThrow(
      "d: a hint is exact\nat #4: it threw TypeError: no list, at /a.ts:3:7\n    at f (/a.ts:3:7)",
    );
  });

  it("is known from a claim that does not hold, however deep it is told", () => {
    const inPolicy = new TypeError("no list");
    const told = new AtPlace("at #4", inPolicy);
    expect(exceptionOf(told)).toMatchObject({
      text: "TypeError: no list",
      at: expect.stringMatching(/report\.test\.ts:\d+:\d+$/),
    });
    expect(told.message).toBe("at #4: no list");
    expect(exceptionOf(new AtPlace("at #4", new BrokenClaim("no")))).toBeNull();
    expect(exceptionOf("a word")).toEqual({ text: "a word", at: null, stack: [] });
  });
});

describe("isLawsBrokenError", () => {
  it("goes by the code, so that two copies know each other's", () => {
    expect(isLawsBrokenError({ code: "ERR_LAWS_BROKEN" })).toBe(true);
    expect(isLawsBrokenError(new Error("laws"))).toBe(false);
    expect(isLawsBrokenError(null)).toBe(false);
    expect(isLawsBrokenError("ERR_LAWS_BROKEN")).toBe(false);
  });
});
