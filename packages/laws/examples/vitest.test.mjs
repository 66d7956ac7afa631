// A policy of one's own, checked with vitest: one test for all laws, or one test a law.

import { checkPolicy, policyLaws, registerLaws } from "@steadfast/laws";
import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";

const HOUR = 3_600_000;

/** From 8:00 to midnight, UTC. */
const dayOnly = restartPolicy({
  name: "day-only",
  describe: { timesMs: [8 * HOUR, 24 * HOUR] },
  launch(state, { wall }) {
    const untilMorning = 8 * HOUR - (wall % (24 * HOUR));
    return [state, untilMorning > 0 ? refuse("night", untilMorning) : launch()];
  },
});

it("keeps every law that applies to it", () => {
  const { passed, notRun } = checkPolicy(dayOnly);
  expect(passed).toContain("retry-after-exact");
  expect(notRun["rate-bound"]).toBe("it declares no limit with a windowMs");
});

describe("one by one", () => {
  registerLaws(it, policyLaws(dayOnly));
});
