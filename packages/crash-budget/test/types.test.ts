import type { RestartPolicy } from "@steadfast/policy";
import { describe, expectTypeOf, it } from "vitest";
import {
  type CrashBudgetOptions,
  type CrashBudgetState,
  crashBudget,
  type DecayingBudgetOptions,
  type DecayingBudgetState,
  decayingBudget,
} from "../src/index.js";

describe("types", () => {
  it("both are restart policies, and all options can be left out", () => {
    expectTypeOf(crashBudget).returns.toEqualTypeOf<RestartPolicy<CrashBudgetState>>();
    expectTypeOf(decayingBudget).returns.toEqualTypeOf<RestartPolicy<DecayingBudgetState>>();
    expectTypeOf(crashBudget).toBeCallableWith();
    expectTypeOf(decayingBudget).toBeCallableWith();
  });

  it("words are words", () => {
    expectTypeOf<{ counts: "launches" }>().toExtend<CrashBudgetOptions>();
    expectTypeOf<{ counts: "restarts" }>().not.toExtend<CrashBudgetOptions>();
    expectTypeOf<{ onTrip: "hold" }>().toExtend<DecayingBudgetOptions>();
    expectTypeOf<{ onTrip: "refuse" }>().not.toExtend<DecayingBudgetOptions>();
  });
});
