// The loop against a dumb twin: a sequential simulation without timers, events, turns or slots. It
// knows of one attempt at a time, and computes when and how that ends. Without an operator the two
// must launch at the same instants and end in the same outcome.
//
// Every duration has its own last digit, so that no two things of one attempt fall on one instant:
// options 0, ready 2, heartbeats 3, their limit 6, stops 5, lives 7, kills 1.

import {
  allOf,
  type Exit,
  isFailure,
  launch,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { expect, it } from "vitest";
import { seededRandom } from "../src/testing/seeded-random.js";
import { manualSystem, type ScriptedRun } from "../src/testing.js";
import { stage } from "./stage.js";

const NEVER = Number.POSITIVE_INFINITY;
const HORIZON = 60_000;

// --- the world --------------------------------------------------------------------------------------

interface Plan {
  readonly cannotStart: boolean;
  readonly runMs: number;
  readonly exit: Exit;
  readonly readyMs: number | null;
  readonly beats: readonly number[];
  readonly stopMs: number;
  readonly killMs: number;
}

interface World {
  readonly plans: readonly Plan[];
  readonly policy: RestartPolicy;
  readonly seed: number;
  readonly explicit: boolean;
  readonly readyTimeoutMs: number;
  readonly healthyAfterMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly gracePeriodMs: number;
  readonly abandonAfterMs: number;
}

const tens = (max: number) => fc.integer({ min: 1, max }).map((n) => n * 10);
const ending = (digit: number, max: number) =>
  fc.integer({ min: 0, max }).map((n) => n * 10 + digit);
const orNever = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 3, arbitrary }, { weight: 1, arbitrary: fc.constant(NEVER) });

const plan: fc.Arbitrary<Plan> = fc.record({
  cannotStart: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  runMs: orNever(ending(7, 60)),
  exit: fc.constantFrom<Exit>(
    { kind: "completed", value: 1 },
    { kind: "completed", value: 2 },
    { kind: "failed", code: 1 },
    { kind: "failed", code: 2 },
    { kind: "signalled", signal: "SIGSEGV" },
  ),
  readyMs: fc.option(ending(2, 30), { freq: 4 }),
  beats: fc.oneof(fc.constant([]), fc.constant([]), fc.array(ending(3, 40), { maxLength: 5 })),
  stopMs: orNever(ending(5, 20)),
  killMs: orNever(ending(1, 10)),
});

/** Fractions of the draw: who gets another draw than the twin launches at another instant. */
const jittered = (delayMs: number): RestartPolicy =>
  restartPolicy({
    name: "jittered",
    launch: (state, { cause, draw }) => [state, launch(cause === "start" ? 0 : delayMs * draw)],
  });

/** Waits longer after each failure, and forgets them when the child was healthy. */
const growing = (stepMs: number): RestartPolicy =>
  restartPolicy<number>({
    name: "growing",
    initial: () => 0,
    exited: (failures, { failed }) => failures + (failed ? 1 : 0),
    healthy: () => 0,
    launch: (failures) => [failures, launch(failures * stepMs)],
  });

/** At most so many launches in so long, kept as a plain list of instants. */
const window = (limit: number, windowMs: number): RestartPolicy =>
  restartPolicy<readonly number[]>({
    name: "window",
    initial: () => [],
    launch(stamps, _, now) {
      const held = stamps.filter((at) => now - at < windowMs);
      if (held.length < limit) return [[...held, now], launch()];
      return [held, refuse("window-full", (held[0] ?? now) + windowMs - now)];
    },
  });

/** Never again after so many exits. */
const lifetime = (exits: number): RestartPolicy =>
  restartPolicy<number>({
    name: "lifetime",
    initial: () => 0,
    exited: (seen) => seen + 1,
    launch: (seen) => [seen, seen >= exits ? refuse("used-up", null) : launch()],
  });

const member: fc.Arbitrary<RestartPolicy> = fc.oneof(
  fc.integer({ min: 0, max: 500 }).map(jittered),
  fc.integer({ min: 0, max: 50 }).map(growing),
  fc.tuple(fc.integer({ min: 1, max: 3 }), tens(100)).map(([n, ms]) => window(n, ms)),
  fc.integer({ min: 2, max: 8 }).map(lifetime),
);

const policy: fc.Arbitrary<RestartPolicy> = fc
  .tuple(
    fc.constantFrom("permanent" as const, "transient" as const).map(restartOn),
    fc.array(member, { maxLength: 2 }),
  )
  .map(([type, members]) => allOf(type, ...members));

const world: fc.Arbitrary<World> = fc.record({
  plans: fc.array(plan, { minLength: 1, maxLength: 8 }),
  policy,
  seed: fc.nat(),
  explicit: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
  readyTimeoutMs: tens(30),
  healthyAfterMs: tens(40),
  heartbeatTimeoutMs: ending(6, 20),
  gracePeriodMs: tens(15),
  abandonAfterMs: tens(8),
});

// --- the twin ---------------------------------------------------------------------------------------

interface Story {
  readonly launches: number[];
  outcome: object | null;
}

const DEFAULT: Plan = {
  cannotStart: false,
  runMs: NEVER,
  exit: { kind: "completed" },
  readyMs: null,
  beats: [],
  stopMs: 0,
  killMs: 0,
};

/** When, after its launch, the attempt is over, how, and whether and when it was healthy before. */
function fate(plan: Plan, world: World): { endMs: number; exit: Exit; healthyMs: number | null } {
  const readyMs = world.explicit ? plan.readyMs : 0;
  const alive = (ms: number) => ms < plan.runMs;

  // The first thing that goes wrong: not ready in time, or silent for too long.
  const late = world.explicit && (readyMs === null || readyMs > world.readyTimeoutMs);
  const unreadyMs = late ? world.readyTimeoutMs : NEVER;
  let staleMs = NEVER;
  const beats = plan.beats.filter(alive).toSorted((one, other) => one - other);
  for (const [i, beat] of beats.entries()) {
    const next = beats[i + 1] ?? NEVER;
    if (next - beat >= world.heartbeatTimeoutMs) {
      staleMs = beat + world.heartbeatTimeoutMs;
      break;
    }
  }
  const wrongMs = Math.min(unreadyMs, staleMs);

  const upMs = Math.min(plan.runMs, wrongMs);
  const dueMs = Math.max(world.healthyAfterMs, readyMs ?? NEVER);
  const healthyMs = dueMs < upMs ? dueMs : null;

  if (!(wrongMs < plan.runMs)) return { endMs: plan.runMs, exit: plan.exit, healthyMs };

  const killAtMs = wrongMs + world.gracePeriodMs;
  const ends: [number, Exit][] = [
    [plan.runMs, plan.exit],
    [wrongMs + plan.stopMs, { kind: "cancelled" }],
    [killAtMs + plan.killMs, { kind: "signalled", signal: "SIGKILL" }],
    [killAtMs + world.abandonAfterMs, { kind: "abandoned" }],
  ];
  const [endMs, ended] = ends.reduce((first, one) => (one[0] < first[0] ? one : first));
  const exit: Exit =
    unreadyMs < staleMs
      ? { kind: "timed-out", afterMs: world.readyTimeoutMs, ended }
      : { kind: "unhealthy", reason: "heartbeat-stale", ended };
  return { endMs, exit, healthyMs };
}

function simulate(world: World): Story {
  const { policy } = world;
  const random = seededRandom(world.seed);
  const story: Story = { launches: [], outcome: null };
  let state = policy.initial();
  let now = 0;
  let last: Exit | null = null;
  const tell = (event: RestartEvent, at: number) => {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    return decision;
  };

  for (;;) {
    // Ask until it is admitted, or refused for good.
    for (;;) {
      const cause = story.launches.length === 0 ? "start" : "restart";
      const answer = tell({ type: "launch", cause, draw: random(), wall: now }, now);
      if (answer.type === "launch") {
        now += Math.ceil(answer.delayMs);
        break;
      }
      if (answer.type === "refuse" && answer.retryAfterMs === null) {
        const ends = { lastExit: last, attempts: story.launches.length };
        const done = answer.reason === "not-wanted" && last !== null && !isFailure(last);
        story.outcome = done
          ? {
              type: "completed",
              value: last?.kind === "completed" ? last.value : undefined,
              ...ends,
            }
          : { type: "refused", reason: answer.reason, retryAfterMs: null, ...ends };
        return story;
      }
      if (answer.type === "refuse") now += answer.retryAfterMs ?? 0;
      if (now > HORIZON) return story;
    }
    if (now > HORIZON) return story;
    const plan = world.plans[story.launches.length] ?? DEFAULT;
    story.launches.push(now);

    const refused = { kind: "spawn-failed", error: "no" } as const;
    const { endMs, exit, healthyMs } = plan.cannotStart
      ? { endMs: 0, exit: refused, healthyMs: null }
      : fate(plan, world);
    if (healthyMs !== null && now + healthyMs <= HORIZON)
      tell({ type: "healthy" }, now + healthyMs);
    if (now + endMs > HORIZON) return story;
    now += endMs;
    last = exit;
    tell({ type: "exited", exit, failed: isFailure(exit), uptimeMs: endMs }, now);
  }
}

// --- the loop ---------------------------------------------------------------------------------------

function scripted({ cannotStart, readyMs, beats, ...plan }: Plan): ScriptedRun | object {
  if (cannotStart) return { cannotStart: "no" };
  const ready = readyMs === null ? [] : [{ afterMs: readyMs, signal: { type: "ready" } as const }];
  const says = beats.map((afterMs) => ({ afterMs, signal: { type: "heartbeat" } as const }));
  return { ...plan, says: [...ready, ...says] };
}

async function live(world: World): Promise<Story & { told: Set<string> }> {
  const { plans, policy, seed, explicit, readyTimeoutMs, ...times } = world;
  const system = manualSystem({ seed });
  const { launcher, handle, types } = stage({
    ...times,
    ...(explicit ? { readiness: "explicit", readyTimeoutMs } : {}),
    system,
    policy,
    script: plans.map(scripted),
  });
  await system.advance(HORIZON);
  const outcome = await Promise.race([handle.outcome, null]);
  const story = { launches: [...launcher.launchedAt], outcome, told: new Set<string>(types()) };
  void handle.stop();
  return story;
}

it("launches when the twin does, and ends as the twin does", async () => {
  const reached: Record<string, number> = {};
  let runs = 0;
  const count = (what: string, met: boolean) => {
    reached[what] = (reached[what] ?? 0) + (met ? 1 : 0);
  };
  await fc.assert(
    fc.asyncProperty(world, async (one) => {
      runs++;
      const expected = simulate(one);
      const { told, ...story } = await live(one);
      expect(story).toEqual(expected);
      count("several launches", story.launches.length > 3);
      count("not yet", told.has("refused") && story.launches.length > 1);
      count("healthy", told.has("healthy"));
      count("killed", told.has("killing"));
      count("abandoned", told.has("abandoned"));
      count("completed", JSON.stringify(story.outcome).includes(`"completed","value"`));
      count("refused", story.outcome !== null);
    }),
  );
  for (const [what, times] of Object.entries(reached)) {
    expect(times / runs, what).toBeGreaterThan(0.05);
  }
});
