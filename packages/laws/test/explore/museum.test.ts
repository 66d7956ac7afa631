// Each faulty supervision of the museum is caught, by the invariant that it breaks, with a shortest trace.

import { restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervision } from "@steadfast/supervision";
import { describe, expect, it } from "vitest";
import { exploreSupervision } from "../../src/index.js";
import { faultySupervisions } from "../../src/museum.js";

const TIMES = { healthyAfterMs: 1, gracePeriodMs: 1, abandonAfterMs: 1 } as const;
const policy = slidingWindow({ limit: 1, windowMs: 2 });
const healthy = supervision({ policy, ...TIMES, notes: false });

describe("the museum of supervisions", () => {
  it("has at least twelve, under names of their own", () => {
    const names = faultySupervisions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(12);
  });

  it.each(faultySupervisions.map((faulty) => [faulty.name, faulty] as const))(
    "%s is caught",
    (name, { spoil }) => {
      const options = { ...TIMES, supervision: spoil(healthy), mostStates: 1_500 };
      const { findings } = exploreSupervision(policy, options);
      const [first] = [...findings].sort((one, other) => one.trace.length - other.trace.length);
      expect(first, name).toBeDefined();
      expect(first?.trace.length).toBeLessThanOrEqual(8);
      expect(first?.story.split("\n")).toHaveLength((first?.trace.length ?? 0) + 1);
    },
  );

  it("every invariant catches one of them", () => {
    const caught = faultySupervisions.flatMap(({ spoil }) => {
      const options = { ...TIMES, supervision: spoil(healthy), mostStates: 1_500 };
      return exploreSupervision(policy, options).findings.map(({ invariant }) => invariant);
    });
    expect([...new Set(caught)].sort()).toEqual([
      "at-most-one-alive",
      "never-waits-while-alive",
      "no-launch-after-stop",
      "settles-once",
      "somebody-or-something",
      "stop-ends",
      "ticks-come-to-rest",
    ]);
  });

  it("the healthy one is not, as far", () => {
    const { findings, isComplete } = exploreSupervision(policy, { ...TIMES, mostStates: 1_500 });
    expect(findings).toEqual([]);
    expect(isComplete).toBe(false);
  });

  it("a story is what happened, and what was done about it, a line each", () => {
    const spoil = faultySupervisions.find(({ name }) => name === "settles-twice")?.spoil;
    const supervised = spoil?.(
      supervision({ policy: restartOn("temporary"), ...TIMES, notes: false }),
    );
    const options = { ...TIMES, ...(supervised && { supervision: supervised }), mostStates: 200 };
    const { findings } = exploreSupervision(restartOn("temporary"), options);
    expect(findings[0]?.story).toBe(
      [
        "settles-once: it settled twice, not at all, or has a deadline after its end",
        "   0 ms  begin",
        "   0 ms  stop   -> settle, settle",
      ].join("\n"),
    );
  });
});
