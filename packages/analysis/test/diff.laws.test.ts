// The oracle of `diff` on tiny policies: every trace of up to three lives of every length that can matter,
// one after the other, by a loop of its own.

import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import type { Exit, Millis, RestartDecision, RestartPolicy } from "@steadfast/policy";
import { launch, lifetimeCap, restartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { expect, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import { type Diff, diff } from "../src/index.js";

const LONGEST = 3;
const LIVES = 3;
const exits: readonly [Exit, ...Exit[]] = [{ kind: "failed", code: 1 }, { kind: "completed" }];
const quick = { exits, runs: 20, maxLives: 12 };

const tiny: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc
    .record({
      limit: fc.integer({ min: 1, max: 3 }),
      windowMs: fc.integer({ min: 0, max: LONGEST }),
      edge: fc.constantFrom("half-open" as const, "closed" as const),
      counts: fc.constantFrom("launches" as const, "restarts" as const, "failures" as const),
    })
    .map((options): RestartPolicy => slidingWindow(options)),
  fc
    .record({
      retries: fc.integer({ min: 0, max: 2 }),
      windowMs: fc.integer({ min: 0, max: LONGEST }),
      retryDelayMs: fc.integer({ min: 0, max: 1 }),
    })
    .map((options): RestartPolicy => crashBudget(options)),
  fc
    .integer({ min: 0, max: LONGEST })
    .map((delayMs): RestartPolicy => backoff({ curve: constant({ delayMs }), jitter: "none" })),
  fc.integer({ min: 0, max: 3 }).map((restarts) => lifetimeCap({ restarts })),
);

const pictured = tiny.map((policy) =>
  Object.assign({ ...policy }, { [fc.toStringMethod]: () => JSON.stringify(policy.describe) }),
);

/** How many events the shortest trace of at most three lives has; null if they agree on all of them. */
function shortestEvents(one: RestartPolicy, other: RestartPolicy): number | null {
  let least: number | null = null;

  function request(
    states: readonly [unknown, unknown],
    at: Millis,
    n: number,
    lives: number,
    start = false,
  ) {
    const event = {
      type: "launch",
      cause: start ? "start" : "restart",
      draw: 0.5,
      wall: at,
    } as const;
    const [a, left] = one.step(states[0], event, at);
    const [b, right] = other.step(states[1], event, at);
    const events = n + 1;
    const strip = (decision: RestartDecision) =>
      decision.type === "refuse" ? { ...decision, reason: "" } : decision;
    if (JSON.stringify(strip(left)) !== JSON.stringify(strip(right))) {
      least = Math.min(least ?? events, events);
      return;
    }
    if (left.type === "refuse") {
      if (left.retryAfterMs !== null) request([a, b], at + left.retryAfterMs, events, lives);
      return;
    }
    const upAt = at + (left.type === "launch" ? left.delayMs : 0);
    if (lives === LIVES) return;
    for (let uptimeMs = 0; uptimeMs <= 2 * LONGEST + 2; uptimeMs++) {
      for (const exit of exits) {
        const gone = { type: "exited", exit, failed: exit.kind === "failed", uptimeMs } as const;
        const then = upAt + uptimeMs;
        const after = [one.step(a, gone, then)[0], other.step(b, gone, then)[0]] as const;
        request(after, then, events + 1, lives + 1);
      }
    }
  }

  request([one.initial(), other.initial()], 0, 0, 0, true);
  return least;
}

/** Every row but the last agrees; the policies, stepped anew, say what the rows say. */
function checkTrace(one: RestartPolicy, other: RestartPolicy, { trace }: Diff): void {
  let states = [one.initial(), other.initial()];
  trace.forEach(({ at, event, a, b }, i) => {
    const [[left, x], [right, y]] = [
      one.step(states[0], event, at),
      other.step(states[1], event, at),
    ];
    states = [left, right];
    expect([a, b]).toEqual([x, y]);
    expect(at).toBeGreaterThanOrEqual(trace[i - 1]?.at ?? 0);
    const last = i === trace.length - 1;
    if (event.type === "launch") {
      const strip = (decision: RestartDecision | null) =>
        decision?.type === "refuse" ? { ...decision, reason: "" } : decision;
      if (last) expect(strip(a)).not.toEqual(strip(b));
      else expect(strip(a)).toEqual(strip(b));
    }
    if (event.type === "exited") {
      expect(trace[i + 1]).toMatchObject({ at, event: { type: "launch", cause: "restart" } });
    }
  });
}

it("what it finds is a trace, and as short as the shortest of all traces of up to three lives", () => {
  often(
    fc.tuple(pictured, pictured),
    ([one, other]) => {
      const found = diff(one, other, quick);
      const events = shortestEvents(one, other);
      if (found.differ) checkTrace(one, other, found);
      if (events !== null) expect(found.trace.length).toBe(events);
      else if (found.differ) expect(found.lives.length).toBeGreaterThan(LIVES);
      return events !== null && events > 3;
    },
    0.2,
  );
});

it("of two that are the same it finds nothing, and it is deterministic and symmetric", () => {
  fc.assert(
    fc.property(pictured, pictured, (one, other) => {
      expect(diff(one, one, { ...quick, runs: 3, maxLives: 3 }).differ).toBe(false);
      const there = diff(one, other, quick);
      expect(diff(one, other, quick)).toEqual(there);
      const back = diff(other, one, quick);
      expect(back.trace.map(({ at, a, b }) => ({ at, a: b, b: a }))).toEqual(
        there.trace.map(({ at, a, b }) => ({ at, a, b })),
      );
    }),
    { numRuns: 20 },
  );
});

it("differences that only many lives show are found, and cut down to what they need", () => {
  const after = (crashes: number) => lifetimeCap({ restarts: crashes });
  const found = diff(after(30), after(31), { exits });
  expect(found.lives).toHaveLength(31);
  expect(found.lives.every(({ uptimeMs }) => uptimeMs === 0)).toBe(true);
});

it("a threshold on the uptime is found to the millisecond", () => {
  const needs = (ms: number) =>
    restartPolicy<number>({
      name: `needs-${ms}`,
      describe: { timesMs: [ms] },
      initial: () => 0,
      exited: (count, { uptimeMs }) => (uptimeMs >= ms ? count + 1 : count),
      launch: (count) => [count, launch(count >= 2 ? 7 : 0)],
    });
  const found = diff(needs(5_000), needs(5_001), { exits });
  expect(found.lives.map(({ uptimeMs }) => uptimeMs)).toEqual([5_000, 5_000]);
});
