import { describe, expect, it } from "vitest";
import { isLawsBrokenError, LawsBrokenError } from "../../src/kernel/errors.js";
import { lawReport, unbroken } from "../../src/kernel/report.js";
import type { LawFailed, LawResult } from "../../src/kernel/result.js";

const passed: LawResult = { verdict: "passed", law: "a", runs: 200, reached: { "a wait": 57 } };
const plain: LawResult = { verdict: "passed", law: "b", runs: 200, reached: {} };
const notRun: LawResult = { verdict: "not-run", law: "c", reason: "it has no `parse`" };
const failed: LawFailed = {
  verdict: "failed",
  law: "d",
  says: "a hint is exact",
  why: "told to wait 5\nand more",
  vacuous: false,
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
  it("has a line per law, and lists what passed and what was not run", () => {
    expect(lawReport("mine", [passed, plain, notRun, failed])).toEqual({
      subject: "mine",
      results: [passed, plain, notRun, failed],
      passed: ["a", "b"],
      notRun: { c: "it has no `parse`" },
      text: [
        "mine:",
        "  passed   a (200 runs, a wait 57)",
        "  passed   b (200 runs)",
        "  not run  c: it has no `parse`",
        "  FAILED   d: told to wait 5",
      ].join("\n"),
    });
  });

  it("is handed on if no law failed, also if some were not run", () => {
    const report = lawReport("mine", [passed, notRun]);
    expect(unbroken(report, () => "never")).toBe(report);
  });

  it("is thrown if one failed: each failure with its table, its place and its paste", () => {
    const report = lawReport("mine", [passed, failed, kept, vacuous]);
    try {
      unbroken(report, ({ law, input }) => `check(${law}, ${JSON.stringify(input)})`);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(LawsBrokenError);
      if (!isLawsBrokenError(error)) return;
      expect(error.report).toBe(report);
      expect(error.code).toBe("ERR_LAWS_BROKEN");
      expect(error.message.split("\n\n")).toEqual([
        report.text,
        "d: a hint is exact\ntold to wait 5\nand more",
        "  # now",
        'Again, at once: replay: {"law":"d","seed":7,"path":"3:0"}. As a test that stays:',
        "check(d, [1])",
        "e: a hint is exact\ntold to wait 5\nand more",
        "  # now",
        "A regression that was kept. As a test:",
        "check(e, [1])",
        "f: a hint is exact\nvacuous: met nothing",
      ]);
    }
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
