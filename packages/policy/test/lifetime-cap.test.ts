import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  isPolicyOptionsError,
  isPolicyStateError,
  type LifetimeCapOptions,
  type LifetimeCapState,
  launch,
  lifetimeCap,
  type RestartPolicy,
  refuse,
} from "../src/index.js";
import { operator, restart, start, tell, traces } from "./traces.js";

const MAX = Number.MAX_SAFE_INTEGER;
const reached = refuse("cap-reached", null);

/** Launches of a child that dies as soon as it is launched. */
function runs(restarts: number): number {
  const policy = lifetimeCap({ restarts });
  let [state, answer] = policy.step(policy.initial(), start, 0);
  let launched = 0;
  while (answer.type === "launch") {
    launched++;
    [state, answer] = policy.step(state, restart, 0);
  }
  expect(answer).toStrictEqual(reached);
  return launched;
}

describe("lifetimeCap", () => {
  it.each([0, 1, 2, 10])("of %d restarts is one run more", (restarts) => {
    expect(runs(restarts)).toBe(restarts + 1);
  });

  it.each([
    ["one before the cap", 1, restart, launch()],
    ["at the cap", 2, restart, reached],
    ["beyond it, under a smaller cap than before", 3, restart, reached],
    ["a start is no restart", 2, start, launch()],
    ["an operator's is, where it is asked", 2, operator, reached],
    ["and takes a slot", 1, operator, launch()],
  ])("%s", (_, restarts, event, decision) => {
    const [state, answer] = lifetimeCap({ restarts: 2 }).step({ restarts }, event, 0);
    expect(answer).toStrictEqual(decision);
    const counted = event !== start && decision.type === "launch" ? restarts + 1 : restarts;
    expect(state).toStrictEqual({ restarts: counted });
  });

  it("counts up to the largest number there is", () => {
    const policy = lifetimeCap({ restarts: MAX });
    expect(policy.step({ restarts: MAX - 1 }, restart, 0)).toStrictEqual([
      { restarts: MAX },
      launch(),
    ]);
    expect(policy.step({ restarts: MAX }, restart, 0)[1]).toStrictEqual(reached);
  });

  it("admits at most so many restarts between resets, and no fewer, whatever else happens", () => {
    often(fc.tuple(fc.nat(4), traces([10])), ([cap, trace]) => {
      let restarts = 0;
      let refused = false;
      for (const { event, before, after, decision } of tell(
        lifetimeCap({ restarts: cap }),
        trace,
      )) {
        if (event.type === "reset") restarts = 0;
        if (event.type !== "launch" || event.cause === "start") {
          if (event.type !== "reset") expect(after).toBe(before);
          continue;
        }
        expect(decision).toStrictEqual(restarts < cap ? launch() : reached);
        if (decision.type === "launch") restarts++;
        else expect(after).toBe(before);
        refused ||= decision.type === "refuse";
      }
      return refused;
    });
  });

  it("is idle until a restart was counted", () => {
    const policy = lifetimeCap({ restarts: 5 });
    expect([0, 1].map((restarts) => policy.idle?.({ restarts }, 0))).toEqual([true, false]);
  });

  it("reads back what it wrote under any cap, and nothing else", () => {
    const policy = lifetimeCap({ restarts: 1 });
    for (const restarts of [0, 1, 7, MAX]) {
      expect(policy.parse({ restarts }, 0)).toStrictEqual({ restarts });
    }
    for (const raw of [null, {}, { restarts: -1 }, { restarts: 0.5 }, { restarts: "1" }]) {
      expect(() => policy.parse(raw, 0)).toThrow(expect.toSatisfy(isPolicyStateError));
    }
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1, "3", null, undefined])(
    "refuses a cap of %s",
    (restarts) => {
      expect(() => lifetimeCap({ restarts } as LifetimeCapOptions)).toThrow(
        expect.toSatisfy(
          (error) =>
            isPolicyOptionsError(error) && error.message.includes("restarts must be a whole"),
        ),
      );
    },
  );

  it("refuses an option that it does not know", () => {
    expect(() => lifetimeCap({ restarts: 1, limit: 2 } as LifetimeCapOptions)).toThrow(
      "lifetimeCap: unknown option limit (known: restarts)",
    );
  });

  it("describes itself, and has its type", () => {
    const policy = lifetimeCap({ restarts: 3 });
    expect(policy.describe).toStrictEqual({
      kind: "lifetimeCap",
      options: { restarts: 3 },
      timesMs: [],
    });
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<LifetimeCapState>>();
  });
});
