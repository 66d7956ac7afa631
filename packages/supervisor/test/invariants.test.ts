// Random stories of a child, an operator and a clock, against what must hold in all of them.

import {
  allOf,
  launch,
  type RestartPolicy,
  refuse,
  replay,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { expect, it } from "vitest";
import { drained, type ScriptedAttempt } from "../src/testing.js";
import { type Stage, stage } from "./stage.js";

const NEVER = Number.POSITIVE_INFINITY;

// --- the stories ------------------------------------------------------------------------------------

interface Times {
  readonly gracePeriodMs: number;
  readonly abandonAfterMs: number;
  readonly healthyAfterMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly readyTimeoutMs: number;
}

type Act =
  | { readonly do: "advance" | "sleep" | "set the clock back"; readonly ms: number }
  | { readonly do: "say"; readonly what: "ready" | "not-ready" | "heartbeat" | "message" }
  | { readonly do: "exit"; readonly well: boolean }
  | { readonly do: "restart" | "pause" | "resume" | "reset" | "settle" }
  | { readonly do: "stop" | "abort" | "dispose" | "abort twice" };

interface World {
  readonly times: Times;
  readonly explicit: boolean;
  readonly delayMs: number;
  readonly limit: number;
  readonly type: "permanent" | "transient";
  readonly onNotYet: "wait" | "end";
  readonly script: readonly ScriptedAttempt[];
  readonly acts: readonly Act[];
}

const times: fc.Arbitrary<Times> = fc.record({
  gracePeriodMs: fc.constantFrom(0, 1, 100),
  abandonAfterMs: fc.constantFrom(0, 1, 50),
  healthyAfterMs: fc.constantFrom(0, 1, 70),
  heartbeatTimeoutMs: fc.constantFrom(10, 200),
  readyTimeoutMs: fc.constantFrom(1, 150),
});

/** Gaps that scale with the options: nothing, one, exactly a limit, one less, one more, for long. */
function gap(all: Times, delayMs: number): fc.Arbitrary<number> {
  const edges = [...Object.values(all), delayMs].flatMap((ms) => [ms - 1, ms, ms + 1]);
  return fc.constantFrom(0, 1, 5, 1_000, 1e6, ...edges.filter((ms) => ms >= 0));
}

const takes = fc.constantFrom(0, 0, 1, 120, 600, NEVER);
const attempt: fc.Arbitrary<ScriptedAttempt> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom({ cannotStart: "no" }, { throws: "no" }) },
  {
    weight: 6,
    arbitrary: fc.record({
      runMs: fc.constantFrom(0, 1, 50, 300, 900, NEVER, NEVER),
      stopMs: takes,
      killMs: takes,
      exit: fc.constantFrom({ kind: "completed" }, { kind: "failed" }),
      says: fc.array(
        fc.record({
          afterMs: fc.constantFrom(0, 1, 20, 90, 250),
          signal: fc.constantFrom({ type: "ready" }, { type: "not-ready" }, { type: "heartbeat" }),
        }),
        { maxLength: 3 },
      ),
    }) as fc.Arbitrary<ScriptedAttempt>,
  },
);

function acts(all: Times, delayMs: number): fc.Arbitrary<Act[]> {
  const ms = gap(all, delayMs);
  const one: fc.Arbitrary<Act> = fc.oneof(
    { weight: 24, arbitrary: fc.record({ do: fc.constant("advance" as const), ms }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom("sleep", "set the clock back"), ms }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("say" as const),
        what: fc.constantFrom("ready", "not-ready", "heartbeat", "message"),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant("exit" as const), well: fc.boolean() }),
    },
    {
      weight: 18,
      arbitrary: fc.record({
        do: fc.constantFrom("restart", "restart", "pause", "resume", "resume", "reset", "settle"),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom("stop", "abort", "dispose", "abort twice") }),
    },
  );
  return fc.array(one, { minLength: 8, maxLength: 30, size: "max" });
}

const world: fc.Arbitrary<World> = fc
  .tuple(times, fc.constantFrom(0, 0.5, 1, 40))
  .chain(([all, delayMs]) =>
    fc.record({
      times: fc.constant(all),
      explicit: fc.boolean(),
      delayMs: fc.constant(delayMs),
      limit: fc.integer({ min: 1, max: 4 }),
      type: fc.constantFrom("permanent", "transient"),
      onNotYet: fc.constantFrom("wait", "wait", "wait", "end"),
      script: fc.array(attempt, { maxLength: 8 }),
      acts: acts(all, delayMs),
    }),
  );

/** So many launches in 500 ms, each after a delay that grows with bad exits; a reset forgives. */
function policyOf({ delayMs, limit, type }: World): RestartPolicy {
  interface State {
    readonly stamps: readonly number[];
    readonly bad: number;
  }
  return allOf(
    restartOn(type),
    restartPolicy<State>({
      name: "test-budget",
      initial: () => ({ stamps: [], bad: 0 }),
      exited: (state, { failed }) => ({ ...state, bad: failed ? state.bad + 1 : 0 }),
      healthy: (state) => ({ ...state, bad: 0 }),
      launch({ stamps, bad }, { draw }, now) {
        const held = stamps.filter((at) => now - at < 500);
        const [oldest = now] = held;
        if (held.length >= limit)
          return [{ stamps: held, bad }, refuse("full", oldest + 500 - now)];
        return [{ stamps: [...held, now], bad }, launch(bad * delayMs * (0.5 + draw))];
      },
    }),
  );
}

// --- what must hold ---------------------------------------------------------------------------------

/** After every act: at most one child, at most one timer of ours, status and record agree. */
function holdsNow({ launcher, handle, events }: Stage): void {
  expect(launcher.alive).toBeLessThanOrEqual(1);
  const { status, waiting, outcome, intent, generation, attempts } = handle.status();
  if (launcher.alive === 1) expect(status).not.toBe("stopped");
  if (waiting) expect([status, outcome, intent]).toEqual(["stopped", null, "active"]);
  if (generation !== null) expect(generation).toBe(attempts - 1);
  if (outcome) expect(events.at(-1)?.type).toBe("ended");
}

/** The whole story, once it is over: every attempt begins, ends once, and the next begins after it. */
function holdsAtLast({ events, launcher, journal }: Stage): void {
  let now = Number.NEGATIVE_INFINITY;
  let current = 0;
  let alive = false;
  for (const event of events) {
    expect(event.at).toBeGreaterThanOrEqual(now);
    now = event.at;
    if (event.type === "stale") {
      expect(event.generation).toBeLessThan(current);
      continue;
    }
    expect(event.generation).toBe(event.attempt - 1);
    if (event.type === "launched") {
      expect([alive, event.attempt > current]).toEqual([false, true]);
      current = event.attempt;
      alive = true;
    }
    if (["ready", "not-ready", "healthy", "abandoned"].includes(event.type)) {
      expect([alive, event.attempt]).toEqual([true, current]);
    }
    if (event.type === "exited") {
      // A launch that throws has an exit and no `launched`.
      if (alive) expect(event.attempt).toBe(current);
      else expect(event.attempt).toBe(current + 1);
      current = event.attempt;
      alive = false;
    }
  }
  const count = (type: string) => events.filter((event) => event.type === type).length;
  expect(count("ended")).toBe(1);
  expect(count("exited")).toBe(launcher.launchedAt.length);
  expect(events.filter(({ type }) => type === "callback-failed")).toEqual([]);

  const told = journal.filter(({ event }) => event.type === "exited");
  expect(told).toHaveLength(launcher.launchedAt.length);
  const operators = launcher.attempts.filter(({ info }) => info.cause === "operator").length;
  expect(journal.filter(({ by }) => by === "operator")).toHaveLength(operators);
  const admitted = journal.filter(({ decision, by }) => decision.type === "launch" && !by).length;
  // An admitted launch may be dropped while it waits, by an operator or a stop; none is invented.
  expect(launcher.launchedAt.length - operators).toBeLessThanOrEqual(admitted);
}

async function perform(act: Act, { system, handle, launcher, controller }: Stage): Promise<void> {
  switch (act.do) {
    case "advance":
      return system.advance(act.ms);
    case "sleep":
      system.jump(system.now + act.ms);
      return;
    case "set the clock back":
      system.jump(system.now - act.ms);
      return;
    case "say":
      return launcher.say(
        act.what === "message" ? { type: "message", message: 1 } : { type: act.what },
      );
    case "exit":
      return launcher.exit(act.well ? { kind: "completed" } : { kind: "failed", code: 1 });
    case "settle":
      return system.settle();
    case "restart":
      return void handle.restart();
    case "pause":
      return handle.pause();
    case "resume":
      return void handle.resume();
    case "reset":
      return handle.reset();
    case "stop":
      return void handle.stop();
    case "dispose":
      return void handle[Symbol.asyncDispose]();
    case "abort":
      return controller.abort();
    case "abort twice":
      controller.abort();
      controller.signal.dispatchEvent(new Event("abort"));
      return;
  }
}

const reached: Record<string, number> = {};
const meet = (what: string, met: boolean) => {
  reached[what] = (reached[what] ?? 0) + (met ? 1 : 0);
};

async function live(one: World): Promise<void> {
  const { times: all, explicit, script, onNotYet } = one;
  const { readyTimeoutMs, ...others } = all;
  const set = stage({
    ...others,
    ...(explicit ? { readiness: "explicit", readyTimeoutMs } : {}),
    onNotYet,
    script,
    policy: policyOf(one),
  });
  let settled = 0;
  void set.handle.outcome.then(() => settled++);
  let behindMs = 0;
  for (const act of one.acts) {
    await perform(act, set);
    if (act.do === "set the clock back") behindMs += act.ms;
    holdsNow(set);
  }

  // A stop ends it within both periods, by a clock that has caught up.
  const launches = set.launcher.launchedAt.length;
  void set.handle.stop();
  await set.system.advance(behindMs);
  await set.system.advance(all.gracePeriodMs + all.abandonAfterMs);
  expect(set.launcher.launchedAt.length).toBe(launches);
  expect(settled).toBe(1);
  expect(set.listeners()).toBe(0);
  const outcome = await set.handle.outcome;
  expect(outcome.type).not.toBe("failed");
  expect(outcome.attempts).toBe(launches);
  holdsNow(set);
  holdsAtLast(set);

  // Only children that nobody could end may still have timers of their own.
  const { length } = set.events;
  set.launcher.exit();
  await drained();
  if (set.launcher.attempts.every(({ exitedAt }) => exitedAt !== null)) {
    expect(set.system.pendingTimers).toBe(0);
  }
  expect([set.events.length, settled]).toEqual([length, 1]);

  const lines = set.journal.map((entry) => JSON.parse(JSON.stringify(entry)));
  expect(lines).toEqual(set.journal);
  expect(replay(lines, policyOf(one)).filter(({ same }) => !same)).toEqual([]);

  const types = set.types();
  const fences = set.events.flatMap((event) => (event.type === "fence" ? [event.decision] : []));
  for (const type of ["healthy", "not-ready", "delayed", "refused", "killing"] as const) {
    meet(type, types.includes(type));
  }
  for (const type of ["abandoned", "stale", "stopping", "intent", "reset"] as const) {
    meet(type, types.includes(type));
  }
  for (const decision of ["started-immediately", "queued-after-stop"] as const) {
    meet(decision, fences.includes(decision));
  }
  meet("ends by itself", outcome.type !== "stopped");
  meet("several attempts", launches > 2);
}

it("holds in every story", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(world, async (one) => {
      runs++;
      await live(one);
    }),
  );
  for (const [what, met] of Object.entries(reached)) {
    expect(met / runs, what).toBeGreaterThan(0.05);
  }
});
