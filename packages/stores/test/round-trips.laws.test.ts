// Law: a store that swaps as of an instant needs one round trip for many launches of a host that asks often, and every
// question is decided as the policy alone decides it at an instant of the store's clock that lies between the question and
// its answer. The clock may be set meanwhile, back or far ahead: then the old time is never believed.

import { crashBudget } from "@steadfast/crash-budget";
import { allOf, type RestartEvent } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { manualSystem } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedPolicy } from "../src/index.js";
import { type Trip, timed } from "./timed-store.js";

const ms = fc.oneof(fc.nat(5), fc.nat(40), fc.constant(500));
const trips = fc.array(fc.tuple(fc.nat(4), fc.nat(9)) as fc.Arbitrary<Trip>, { maxLength: 60 });
const jumps = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(-3_600_000, -7, 500, 3_600_000) },
);
const moments = fc.array(fc.tuple(ms, jumps), { minLength: 1, maxLength: 25 });
const launch: RestartEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };
const failed: RestartEvent = {
  type: "exited",
  exit: { kind: "failed" },
  failed: true,
  uptimeMs: 0,
};

test("a question is decided between being put and being answered, often in one round trip", async () => {
  let launches = 0;
  let single = 0;
  let refused = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(trips, moments, async (given, life) => {
      runs++;
      const system = manualSystem();
      let setBy = 1_000_000_000;
      const clock = () => system.clock() + setBy;
      const store = timed(system, clock, given);
      const policy = allOf(
        slidingWindow({ limit: 4, windowMs: 60 }),
        crashBudget({ retries: 6, windowMs: 300, retryDelayMs: 0 }),
      );
      const shared = sharedPolicy(policy, store, "k", { world: system, timeoutMs: 1_000_000 });
      let state = policy.initial();
      let lastAt = 0;
      for (const [gapMs, jumpMs] of life) {
        await system.advance(gapMs);
        setBy += jumpMs;
        const from = clock();
        let until = from;
        const asked = shared.ask([failed, launch], new AbortController().signal);
        void asked.then(() => {
          until = clock();
        });
        await system.advance(100);
        const decision = await asked;
        const { calls, at } = store.take();
        if (at === null) throw new Error("nothing was asked");
        // Behind what is stored its time stands still.
        expect(at).toBeGreaterThanOrEqual(Math.min(from, lastAt));
        if (from >= lastAt) {
          expect(at).toBeGreaterThanOrEqual(from);
          expect(at).toBeLessThanOrEqual(until);
        } else expect(at).toBeLessThanOrEqual(Math.max(lastAt, until));
        lastAt = Math.max(lastAt, at);
        const [noted] = policy.step(state, failed, at);
        const [next, alone] = policy.step(noted, launch, at);
        state = next;
        expect(decision).toEqual(alone);
        if (decision.type !== "launch") refused++;
        else {
          launches++;
          if (calls === 1) single++;
          expect(calls).toBeLessThanOrEqual(2);
        }
      }
    }),
  );
  expect(single / launches, "share of launches in one round trip").toBeGreaterThan(0.1);
  expect(refused / runs, "refusals per run").toBeGreaterThan(0.1);
});
