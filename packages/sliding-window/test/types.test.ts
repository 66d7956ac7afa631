import type { RestartEvent, RestartPolicy } from "@steadfast/policy";
import { allOf, cell } from "@steadfast/policy";
import { expect, expectTypeOf, test } from "vitest";
import {
  type SlidingWindowOptions,
  type SlidingWindowState,
  slidingWindow,
  type WindowView,
  windowView,
} from "../src/index.js";

test("slidingWindow is a restart policy with a state of its own", () => {
  const policy = slidingWindow({ limit: 1, windowMs: 1 });
  expectTypeOf(policy).toEqualTypeOf<RestartPolicy<SlidingWindowState>>();
  expectTypeOf(policy.step).parameter(1).toEqualTypeOf<RestartEvent>();
  expect(allOf(policy).name).toContain("slidingWindow");
});

test("limit and windowMs are required, the rest are words", () => {
  // @ts-expect-error windowMs is missing
  expect(() => slidingWindow({ limit: 1 })).toThrow(RangeError);
  // @ts-expect-error not one of the words
  expect(() => slidingWindow({ limit: 1, windowMs: 1, edge: "open" })).toThrow(RangeError);
  expectTypeOf<SlidingWindowOptions["edge"]>().toEqualTypeOf<"half-open" | "closed" | undefined>();
  expectTypeOf<Required<SlidingWindowOptions>["counts"]>().toEqualTypeOf<
    "launches" | "restarts" | "failures"
  >();
});

test("a cell fills draw and wall in", () => {
  const budget = cell(slidingWindow({ limit: 1, windowMs: 60_000 }), {
    clock: () => 0,
    random: () => 0.5,
  });
  const decision = budget.send({ type: "launch", cause: "start" });
  expectTypeOf(budget.state).toEqualTypeOf<SlidingWindowState>();
  expect(decision).toEqual({ type: "launch", delayMs: 0 });
});

test("a view is plain data", () => {
  expectTypeOf(windowView).returns.toEqualTypeOf<WindowView>();
  expectTypeOf<WindowView>().toExtend<Record<keyof WindowView, number | boolean>>();
});
