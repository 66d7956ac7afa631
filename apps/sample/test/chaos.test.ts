import { describe, expect, it } from "vitest";
import { Chaos, planChaos, type Strike } from "../src/app/chaos.js";

describe("the plan", () => {
  it("has thirty strikes, at 3 %, 6 %, ... 90 %", () => {
    const plan = planChaos(1_000);
    expect(plan).toHaveLength(30);
    expect(plan[0]?.after).toBe(30);
    expect(plan.at(-1)?.after).toBe(900);
  });

  it("strikes every kind of child, and workers in all four ways", () => {
    const kinds = planChaos(500).map(({ strike }) =>
      strike.on === "worker" ? strike.how : strike.on,
    );
    expect(new Set(kinds)).toEqual(
      new Set(["server", "task", "throw", "exit", "run out of memory", "hang"]),
    );
  });

  it("is empty without files", () => {
    expect(planChaos(0)).toEqual([]);
  });
});

describe("carrying it out", () => {
  it("strikes when its share is counted, not before", () => {
    const struck: Strike[] = [];
    const chaos = new Chaos((strike) => struck.push(strike) > 0);
    chaos.progress(2, 100);
    expect(struck).toEqual([]);
    chaos.progress(3, 100);
    expect(struck).toEqual([{ on: "server" }]);
    chaos.progress(3, 100);
    expect(chaos.struck).toBe(1);
  });

  it("keeps a strike until its victim is up", () => {
    let up = false;
    const chaos = new Chaos(() => up);
    chaos.progress(3, 100);
    expect(chaos.struck).toBe(0);
    up = true;
    chaos.retry();
    chaos.retry();
    expect(chaos.struck).toBe(1);
  });
});
