// Each law can fail: for each there is at least one policy with one fault, and the law finds it alone.

import type { RestartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { checkPolicy, isLawsBrokenError, policyLaws, policyReport } from "../../src/index.js";
import { faults } from "./faults.js";
import { plainPause, plainWindow } from "./plain-policies.js";

describe("a law finds a fault by itself", () => {
  it.each(faults.map((fault) => [fault.law, fault.fault, fault] as const))(
    "%s: %s",
    (law, _, { policy, options }) => {
      const { results } = policyReport(policy, { ...options, only: [law] });
      const result = results.find((one) => one.law === law);
      expect(result).toMatchObject({ verdict: "failed", vacuous: false });
    },
  );

  it("and every law has such a fault", () => {
    const laws = policyLaws(plainWindow()).map(({ name }) => name);
    expect(laws.filter((law) => !faults.some((fault) => fault.law === law))).toEqual([]);
  });
});

describe("the same policies without a fault", () => {
  it.each<RestartPolicy>([plainWindow(), plainPause()])("$name keeps every law", (policy) => {
    const { results } = policyReport(policy);
    expect(results.filter(({ verdict }) => verdict === "failed")).toEqual([]);
  });
});

describe("a failure can be repeated", () => {
  it.each(faults.map((fault) => [fault.law, fault.fault, fault] as const))(
    "%s: %s: as a kept regression, and from its seed and path",
    (law, _, { policy, options }) => {
      const only = [law];
      const [first] = policyReport(policy, { ...options, only }).results.filter(
        ({ verdict }) => verdict === "failed",
      );
      if (first?.verdict !== "failed" || first.replay === null) throw new Error("not failed");
      const { input, replay } = first;
      const plain: unknown = JSON.parse(JSON.stringify(input));
      const kept = { ...options, only, runs: 1, regressions: [{ law, input: plain }] };
      const again = { ...options, only, runs: 1, replay: { law, ...replay } };
      for (const repeated of [kept, again]) {
        const found = policyReport(policy, repeated).results.find((one) => one.law === law);
        expect(found).toMatchObject({ verdict: "failed", vacuous: false, input: plain });
      }
    },
  );
});

describe("checkPolicy", () => {
  it("tells all that fail in one error, each with a table and a test to paste", () => {
    const broken = plainWindow({ exited: (state) => ({ ...state }), reset: (state) => state });
    try {
      checkPolicy(broken, { runs: 50 });
      expect.unreachable();
    } catch (error) {
      if (!isLawsBrokenError(error)) throw error;
      const failed = error.report.results.filter(({ verdict }) => verdict === "failed");
      expect(failed.map(({ law }) => law)).toEqual(["quiet-means-same", "reset-is-fresh"]);
      expect(error.message).toContain("FAILED   quiet-means-same: at #2: a copy of");
      expect(error.message).toContain('{ regressions: [{ law: "quiet-means-same", input: [');
    }
  });
});
