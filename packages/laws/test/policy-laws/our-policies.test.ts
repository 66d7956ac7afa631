// The kit is right about what is right: every policy of ours keeps every law that applies to it.

import { describe, expect, it } from "vitest";
import { policyReport } from "../../src/index.js";
import { ourPolicies } from "./our-policies.js";

describe("every policy of ours keeps every law", () => {
  it.each(ourPolicies)("%s", (_, policy, options) => {
    const { results } = policyReport(policy, options);
    expect(results.filter(({ verdict }) => verdict === "failed")).toEqual([]);
    expect(results.filter(({ verdict }) => verdict === "passed").length).toBeGreaterThan(8);
  });
});
