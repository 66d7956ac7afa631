// Law: one host with a store decides as the policy alone. Random lives of compositions of our cores; calls to
// the store fail or lose their answers, and every decision is compared.

import { backoff, exponential } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import {
  allOf,
  inTurn,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  restartOn,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { manualSystem } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sharedPolicy } from "../src/index.js";
import { memoryStore } from "../src/memory.js";
import { type Fate, fated } from "./faulty-store.js";

const delays = backoff({ curve: exponential({ initialMs: 10, factor: 2, capMs: 80 }) });
const POLICIES: Readonly<Record<string, () => RestartPolicy>> = {
  window: () => slidingWindow({ limit: 2, windowMs: 50 }),
  delays: () => delays,
  budget: () => crashBudget({ retries: 1, windowMs: 300, retryDelayMs: 5 }),
  all: () => allOf(restartOn("transient"), slidingWindow({ limit: 3, windowMs: 40 }), delays),
  tiers: () => inTurn(delays, slidingWindow({ limit: 1, windowMs: 30 })),
};

interface Moment {
  readonly gapMs: number;
  readonly facts: readonly RestartEvent[];
  readonly draw: number;
  readonly cause: "start" | "restart" | "operator";
}

const fact = fc.oneof(
  fc.record({ failed: fc.boolean(), uptimeMs: fc.nat(100) }).map(
    ({ failed, uptimeMs }): RestartEvent => ({
      type: "exited",
      exit: failed ? { kind: "failed", code: 1 } : { kind: "completed" },
      failed,
      uptimeMs,
    }),
  ),
  fc.constantFrom<RestartEvent>({ type: "healthy" }, { type: "reset" }),
);
const moment: fc.Arbitrary<Moment> = fc.record({
  gapMs: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(70)),
  facts: fc.array(fact, { maxLength: 2 }),
  draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  cause: fc.constantFrom("start", "restart", "operator"),
});
const fates = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fate>("works") },
    { weight: 1, arbitrary: fc.constantFrom<Fate>("fails", "answer-lost") },
  ),
  { minLength: 4, maxLength: 60 },
);

test.each(Object.keys(POLICIES))(
  "one host with a store decides as the policy alone: %s",
  async (name) => {
    let runs = 0;
    let refusals = 0;
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(moment, { minLength: 1, maxLength: 12 }),
        fates,
        async (life, fate) => {
          const policy = (POLICIES[name] as () => RestartPolicy)();
          // The store's clock stands still during a question, so that pauses between calls do not show.
          let now = 1_000;
          const store = fated(memoryStore({ clock: () => now }), fate);
          const world = manualSystem();
          const shared = sharedPolicy(policy, store, "k", { world, timeoutMs: 1_000_000 });
          let state = policy.initial();
          for (const { gapMs, facts, draw, cause } of life) {
            now += gapMs;
            const events: readonly RestartEvent[] = [
              ...facts,
              { type: "launch", cause, draw, wall: now },
            ];
            let alone: RestartDecision = { type: "noted" };
            for (const event of events) [state, alone] = policy.step(state, event, now);
            const asked = shared.ask(events, new AbortController().signal);
            await world.advance(10_000);
            expect(await asked).toEqual(alone);
            if (alone.type === "refuse") refusals++;
          }
          runs++;
          if (fate.slice(0, store.calls.length).includes("answer-lost")) lost++;
        },
      ),
    );
    expect(lost / runs, "share of runs in which an answer was lost").toBeGreaterThan(0.3);
    if (name !== "delays") expect(refusals / runs, "refusals per run").toBeGreaterThan(0.2);
  },
);
