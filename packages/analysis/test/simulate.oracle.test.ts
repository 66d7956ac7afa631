// The oracle of `simulate` is `supervise` itself, on a manual system with scripted children: the policy
// must be told and asked the very same things at the very same instants.

import type { Exit, Millis, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { supervise } from "@steadfast/supervisor";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type SupervisionRules, simulate, type WorldOrder } from "../src/index.js";
import { chanceOf } from "../src/simulate/chance.js";
import { anyPolicy, LONGEST } from "./any-policy.js";

const HORIZON = 400;

interface Case {
  readonly policy: RestartPolicy;
  readonly lives: readonly number[];
  readonly exits: readonly Exit[];
  readonly orders: readonly WorldOrder[];
  readonly seed: number;
  readonly rules: Required<Omit<SupervisionRules, "isFailure">>;
}

const instants = fc.integer({ min: 0, max: HORIZON });
const exits: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "failed", code: 2 },
  { kind: "completed", code: 0 },
  { kind: "signalled", signal: "SIGSEGV" },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "cancelled" },
];

const anyCase: fc.Arbitrary<Case> = fc.record({
  policy: anyPolicy,
  lives: fc.array(fc.constantFrom(0, 1, 3, 19, 20, 21, 35, LONGEST), {
    minLength: 1,
    maxLength: 14,
  }),
  // The last one holds for ever, so it must not be a failed spawn, which has no life.
  exits: fc
    .array(fc.constantFrom(...exits), { minLength: 14, maxLength: 14 })
    .map((some): Exit[] => [...some, { kind: "failed" }]),
  orders: fc.array(
    fc.record({ at: instants, order: fc.constantFrom("reset" as const, "restart" as const) }),
    { maxLength: 3 },
  ),
  seed: fc.integer(),
  rules: fc.record({
    onNotYet: fc.constantFrom("wait" as const, "wait" as const, "end" as const),
    operatorLaunches: fc.constantFrom("free" as const, "ask" as const),
    healthyAfterMs: fc.constantFrom(0, 20, 35),
  }),
});

const isFailure = (exit: Exit) => exit.kind === "failed" || exit.kind === "spawn-failed";

interface Told {
  readonly now: Millis;
  readonly event: RestartEvent;
}

/** The same policy, writing down what it is told and asked. */
function overheard(policy: RestartPolicy, told: Told[]): RestartPolicy {
  return {
    ...policy,
    step(state, event, now) {
      told.push({ now, event });
      return policy.step(state, event, now);
    },
  };
}

async function supervised({ policy, lives, exits, orders, seed, rules }: Case) {
  const told: Told[] = [];
  const manual = manualSystem();
  const system = { ...manual, clock: manual.clock, random: chanceOf(seed)("draw") };
  const launcher = scriptedLauncher(system, (attempt) => {
    const exit = exits[Math.min(attempt, exits.length) - 1] as Exit;
    if (exit.kind === "spawn-failed") return { cannotStart: exit.error };
    return { runMs: lives[attempt - 1] ?? Number.POSITIVE_INFINITY, exit };
  });
  const options = { ...rules, isFailure, policy: overheard(policy, told) };
  const handle = supervise(launcher, options, system);
  for (const { at, order } of [...orders].sort((one, other) => one.at - other.at)) {
    await manual.advance(at - manual.now);
    if (order === "reset") handle.reset();
    else handle.restart();
    await manual.settle();
  }
  await manual.advance(HORIZON - manual.now);
  const { outcome } = handle.status();
  const launches = launcher.attempts.map(({ at, info, exitedAt, exit }) => ({
    at,
    cause: info.cause,
    uptimeMs: exitedAt === null ? null : exitedAt - at,
    exit,
  }));
  const seen = { launches, end: outcome ?? "horizon", told: [...told] };
  await handle.stop();
  return seen;
}

it("the same launches, ends, facts and requests as a real supervision", async () => {
  const met = { refused: 0, healthy: 0, orders: 0, waits: 0, runs: 0 };
  await fc.assert(
    fc.asyncProperty(anyCase, async (one) => {
      const told: Told[] = [];
      const result = simulate(
        overheard(one.policy, told),
        {
          uptimeMs: one.lives,
          exit: one.exits as [Exit, ...Exit[]],
          orders: one.orders,
          seed: one.seed,
          forMs: HORIZON,
        },
        { ...one.rules, isFailure },
      );
      const launches = result.launches.map(({ at, cause, uptimeMs, exit }) => ({
        at,
        cause,
        uptimeMs,
        exit,
      }));
      expect({ launches, end: result.end, told }).toEqual(await supervised(one));
      expect(result.uptimeMs + result.downtimeMs).toBe(result.untilMs);
      met.runs++;
      if (result.end === "refused" && launches.length > 1) met.refused++;
      if (launches.length > 1 && told.some(({ event }) => event.type === "healthy")) met.healthy++;
      if (launches.some(({ cause }) => cause === "operator")) met.orders++;
      if (result.refusals.some(({ retryAfterMs }) => retryAfterMs !== null)) met.waits++;
    }),
  );
  for (const often of [met.refused, met.healthy, met.orders, met.waits]) {
    expect(often / met.runs).toBeGreaterThan(0.05);
  }
});
