// The slot through the public kit: under options that the kit chooses, and under some of ours.

import { type ChildSlotOptions, childSlot } from "@steadfast/child-slot";
import { checkSlot, type LawReport } from "@steadfast/laws";
import { describe, expect, it } from "vitest";

const everyTime = {
  healthyAfterMs: 40,
  heartbeatTimeoutMs: 30,
  gracePeriodMs: 20,
  abandonAfterMs: 10,
} as const;

const rows: readonly (readonly [what: string, options: Omit<ChildSlotOptions, "id">])[] = [
  ["the defaults", {}],
  ["every time, ready at once", everyTime],
  [
    "every time, ready when it says so",
    { ...everyTime, readiness: "explicit", readyTimeoutMs: 50 },
  ],
  ["long times", { heartbeatTimeoutMs: 3_600_000, gracePeriodMs: 86_400_000 }],
];

const all = ({ results }: LawReport) => results.map(({ law, verdict }) => [law, verdict]);

describe("the slot keeps every law of the kit", () => {
  it("under the options that the kit chooses", () => {
    const report = checkSlot(childSlot);
    expect(all(report)).toEqual(report.passed.map((law) => [law, "passed"]));
  });

  it.each(rows)("under %s", (_, options) => {
    expect(checkSlot(childSlot({ id: "worker", ...options })).passed.length).toBeGreaterThan(20);
  });
});
