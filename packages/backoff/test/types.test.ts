import type { RestartPolicy } from "@steadfast/policy";
import { describe, expectTypeOf, it } from "vitest";
import {
  type BackoffOptions,
  type BackoffState,
  backoff,
  type Curve,
  constant,
  decorrelated,
  exponential,
  type Jitter,
  type JitterOption,
  linear,
  proportional,
  steps,
  table,
} from "../src/index.js";

describe("types", () => {
  it("backoff is a restart policy, and all its options can be left out", () => {
    expectTypeOf(backoff).returns.toEqualTypeOf<RestartPolicy<BackoffState>>();
    expectTypeOf(backoff).toBeCallableWith();
    expectTypeOf(backoff).toBeCallableWith({});
    expectTypeOf(backoff).toBeCallableWith({
      initialMs: 1,
      factor: 1.5,
      capMs: 2,
      jitter: "equal",
    });
    expectTypeOf(backoff).toBeCallableWith({ curve: (n: number) => n, capMs: 5 });
  });

  it("a curve and exponential growth exclude each other", () => {
    expectTypeOf<{ curve: Curve; initialMs: 1 }>().not.toExtend<BackoffOptions>();
    expectTypeOf<{ curve: Curve; factor: 2 }>().not.toExtend<BackoffOptions>();
    expectTypeOf<{ curve: Curve; capMs: 2 }>().toExtend<BackoffOptions>();
  });

  it("every curve is a curve, and so is a plain function", () => {
    expectTypeOf(exponential).returns.toExtend<Curve>();
    expectTypeOf(constant).returns.toExtend<Curve>();
    expectTypeOf(linear).returns.toExtend<Curve>();
    expectTypeOf(table).returns.toExtend<Curve>();
    expectTypeOf(steps).returns.toExtend<Curve>();
    expectTypeOf<(n: number) => number>().toExtend<Curve>();
    expectTypeOf<(n: number) => string>().not.toExtend<Curve>();
  });

  it("a jitter is one of three words or a jitter", () => {
    expectTypeOf<"full">().toExtend<JitterOption>();
    expectTypeOf<"decorrelated">().not.toExtend<JitterOption>();
    expectTypeOf(proportional).returns.toEqualTypeOf<Jitter>();
    expectTypeOf(decorrelated).returns.toEqualTypeOf<Jitter>();
  });
});
