// The bridges into libraries, each with the library itself. They have no place for a state, so that a process that is
// killed begins again: the last story is that, played to its end in one process.

import { backoff } from "@steadfast/backoff";
import { backoffBy, breakerPolicy, curveOf } from "@steadfast/bridges/cockatiel";
import { scheduleBy } from "@steadfast/bridges/effect";
import { pRetryOptions } from "@steadfast/bridges/p-retry";
import { retryBy } from "@steadfast/bridges/rxjs";
import { cell, lifetimeCap, restartOn } from "@steadfast/policy";
import * as cockatiel from "cockatiel";
import { Cause, Clock, Duration, Effect, Schedule } from "effect";
import pRetry from "p-retry";
import * as rxjs from "rxjs";
import { expect, it } from "vitest";
import { bridgeCases, type World } from "./bridge-cases.ts";

const options = ({ clock, random }: World) => ({ clock, random });

bridgeCases("p-retry", {
  play: (world) =>
    pRetry(
      () => world.attempt(),
      pRetryOptions(world.story.policy, {
        ...options(world),
        wait: async (ms) => world.waited(ms),
      }),
    ),
});

bridgeCases("rxjs", {
  play(world) {
    const timer = (ms: number) => {
      world.waited(ms);
      return rxjs.timer(0);
    };
    const source = rxjs.defer(() => rxjs.of(world.attempt()));
    return rxjs.lastValueFrom(
      source.pipe(retryBy({ ...rxjs, timer }, world.story.policy, options(world))),
    );
  },
});

bridgeCases("cockatiel", {
  seesFirstFailure: true,
  play(world) {
    const policy = cockatiel.retry(cockatiel.handleAll, {
      backoff: {
        next(context) {
          const first = backoffBy(world.story.policy, options(world)).next(context);
          return waiting(world, first);
        },
      },
    });
    return policy.execute(() => world.attempt());
  },
});

/** The same backoff, for which nobody waits: its delays are the world's. */
function waiting(world: World, own: ReturnType<ReturnType<typeof backoffBy>["next"]>): typeof own {
  world.waited(own.duration);
  return { duration: 0, next: (context) => waiting(world, own.next(context)) };
}

bridgeCases("effect", {
  seesFirstFailure: true,
  play(world) {
    const now = Effect.sync(world.clock);
    const nanos = () => BigInt(world.clock()) * 1_000_000n;
    const clock: Clock.Clock = {
      currentTimeMillisUnsafe: world.clock,
      currentTimeMillis: now,
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: nanos,
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) => Effect.sync(() => world.waited(Duration.toMillis(duration))),
    };
    const modules = { Cause, Duration, Effect, Schedule };
    const task = Effect.try({ try: () => world.attempt(), catch: (error) => error as Error });
    const schedule = scheduleBy(modules, world.story.policy, { random: world.random });
    const program = Effect.retry(task, schedule);
    return Effect.runPromise(Effect.provideService(program, Clock.Clock, clock));
  },
});

const failing = (error: unknown) => ({ result: { error } });

it("cockatiel's backoffs are curves of ours", () => {
  const { ConstantBackoff, ExponentialBackoff, IterableBackoff, noJitterGenerator } = cockatiel;
  const delays = (factory: Parameters<typeof curveOf>[0]) => [1, 2, 3, 4].map(curveOf(factory));
  expect(delays(new ConstantBackoff(50))).toEqual([50, 50, 50, 50]);
  expect(delays(new IterableBackoff([5, 7, 9]))).toEqual([5, 7, 9, 9]);
  const growing = { initialDelay: 10, maxDelay: 35, generator: noJitterGenerator };
  expect(delays(new ExponentialBackoff(growing))).toEqual([10, 20, 35, 35]);
  const byChance = curveOf(new ExponentialBackoff());
  expect([byChance(3), byChance(1), byChance(3)]).toEqual([byChance(3), byChance(1), byChance(3)]);
  const policy = backoff({ curve: curveOf(new ConstantBackoff(50)), jitter: "none" });
  const child = cell(policy, { clock: () => 0, random: () => 0 });
  expect(child.failed({ kind: "failed" }, { uptimeMs: 0 })).toEqual({
    type: "launch",
    delayMs: 50,
  });
});

it("cockatiel's breakers are policies of ours, and decide as in its circuit breaker", async () => {
  const breakers = [
    () => new cockatiel.ConsecutiveBreaker(2),
    () => new cockatiel.CountBreaker({ threshold: 0.5, size: 4, minimumNumberOfCalls: 2 }),
  ];
  for (const make of breakers) {
    // Half-open at once: each call is a try, and so is each launch.
    const theirs = cockatiel.circuitBreaker(cockatiel.handleAll, {
      halfOpenAfter: 0,
      breaker: make(),
    });
    const policy = breakerPolicy(make(), { halfOpenAfterMs: 1 });
    let now = 0;
    const ours = cell(policy, { clock: () => now, random: () => 0 });
    for (const fails of [false, true, true, true, false, true, false, false, true, true]) {
      const call = () => theirs.execute(() => (fails ? Promise.reject(new Error("lost")) : 1));
      await call().catch(() => {});
      const isOpen =
        theirs.state === cockatiel.CircuitState.HalfOpen ||
        theirs.state === cockatiel.CircuitState.Open;
      const exit = fails ? ({ kind: "failed" } as const) : ({ kind: "completed" } as const);
      expect(ours.failed(exit, { uptimeMs: 0 }).type).toBe(isOpen ? "refuse" : "launch");
      now++;
      expect(ours.send({ type: "launch", cause: "restart" }).type).toBe("launch");
      expect(policy.parse(JSON.parse(JSON.stringify(ours.state)), now)).toEqual(ours.state);
    }
  }
  const sampling = new cockatiel.SamplingBreaker({ threshold: 0.5, duration: 1_000 });
  expect(() => breakerPolicy(sampling, { halfOpenAfterMs: 1 })).toThrow("looks at no clock");
});

it("a wait is ended by a signal, and a very long one is a wait", async () => {
  const host = new AbortController();
  const policy = backoff({ initialMs: 2 ** 40, jitter: "none" });
  const run = pRetry(() => Promise.reject(new Error("lost")), {
    ...pRetryOptions(policy, { signal: host.signal }),
    shouldRetry: () => true,
  });
  setImmediate(() => host.abort(new Error("stop")));
  await expect(run).rejects.toThrow("stop");
});

it("each subscription, each call and each use has a state of its own", async () => {
  const policy = lifetimeCap({ restarts: 1 });
  let calls = 0;
  const source = rxjs.defer(() => rxjs.throwError(() => new Error(`lost ${++calls}`)));
  const retried = source.pipe(retryBy(rxjs, policy));
  for (const last of [2, 4]) {
    await expect(rxjs.lastValueFrom(retried)).rejects.toThrow(`lost ${last}`);
  }
  const first = backoffBy(policy);
  for (const _ of [1, 2]) expect(first.next(failing("lost")).duration).toBe(0);
  expect(() => first.next(failing("lost")).next(failing("again"))).toThrow("again");
  const schedule = scheduleBy({ Cause, Duration, Effect, Schedule }, policy);
  for (const last of [6, 8]) {
    const task = Effect.suspend(() => Effect.fail(new Error(`lost ${++calls}`)));
    await expect(Effect.runPromise(Effect.retry(task, schedule))).rejects.toThrow(`lost ${last}`);
  }
});

it("a policy that never restarts never does", async () => {
  const policy = restartOn("temporary");
  const task = () => Promise.reject(new Error("lost"));
  await expect(pRetry(task, pRetryOptions(policy))).rejects.toThrow("lost");
});
