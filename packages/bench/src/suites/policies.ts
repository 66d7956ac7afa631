// What a decision costs: one exit and the restart that follows it.
//
// delay: of `backoff`, beside a plain function that computes the same delay from a counter. pair: of
// `allOf(restartOn, slidingWindow, backoff)`, beside the same three written by hand with mutable state, and
// beside a step of Effect's Schedule with the same delays, which counts nothing.

import { backoff } from "@steadfast/backoff";
import { allOf, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { bytesOf, nanosOf } from "../measure.ts";
import { peer } from "../peers.ts";
import { type Figures, QUIET_HEAP, type Suite } from "../suite.ts";

const exit = { kind: "failed" } as const;
const exited = { type: "exited", exit, failed: true, uptimeMs: 5 } as const;
const request = { type: "launch", cause: "restart", draw: 0.5, wall: 0 } as const;

const INITIAL_MS = 200;
const CAP_MS = 30_000;
const LIMIT = 10;
const WINDOW_MS = 600_000;
const EVERY_MS = 60_001;

const ourBackoff = () => backoff({ initialMs: INITIAL_MS, capMs: CAP_MS, jitter: "full" });
const ourWindow = () => slidingWindow({ limit: LIMIT, windowMs: WINDOW_MS });

/** An exit and its restart, again and again, as time goes on. */
function steps(policy: RestartPolicy): () => unknown {
  let state = policy.initial();
  let now = 0;
  return () => {
    now += EVERY_MS;
    state = policy.step(state, exited, now)[0];
    const [next, decision] = policy.step(state, request, now);
    state = next;
    return decision;
  };
}

/** The delay after so many failures, and nothing else. */
function plainDelay(): () => unknown {
  let failures = 0;
  return () => {
    failures++;
    return 0.5 * Math.min(CAP_MS, INITIAL_MS * 2 ** (failures - 1));
  };
}

/** A window and a delay, as somebody would write them into a class. */
function plainSupervision(): () => unknown {
  const stamps: number[] = [];
  let failures = 0;
  let now = 0;
  return () => {
    now += EVERY_MS;
    failures++;
    while (stamps.length > 0 && now - (stamps[0] ?? now) >= WINDOW_MS) stamps.shift();
    const [oldest = now] = stamps;
    if (stamps.length >= LIMIT) return { retryAfterMs: oldest + WINDOW_MS - now };
    stamps.push(now);
    return { delayMs: 0.5 * Math.min(CAP_MS, INITIAL_MS * 2 ** (failures - 1)) };
  };
}

interface EffectModules {
  readonly Effect: { runSync(effect: unknown): unknown };
  readonly Schedule: {
    exponential(initial: string): unknown;
    jittered(schedule: unknown): unknown;
    toStep(schedule: unknown): unknown;
  };
}

/** A delay that doubles, with jitter, run as Effect runs it: synchronously. */
async function effectSchedule(): Promise<() => unknown> {
  const { Effect, Schedule } = (await peer("effect/dist/index.js")) as EffectModules;
  const schedule = Schedule.jittered(Schedule.exponential(`${INITIAL_MS} millis`));
  const step = Effect.runSync(Schedule.toStep(schedule)) as (
    now: number,
    input: unknown,
  ) => unknown;
  let now = 0;
  return () => {
    now += EVERY_MS;
    return Effect.runSync(step(now, exit));
  };
}

const both = (run: () => unknown): Figures => ({ ns: nanosOf(run), bytes: bytesOf(run) });
const figures = { ns: { unit: "ns CPU", digits: 0 }, bytes: { unit: "B", digits: 0 } };

export const suite: Suite = {
  name: "policies",
  flags: QUIET_HEAP,
  tables: [
    {
      name: "delay",
      title: "an exit and its restart: a delay",
      figures,
      candidates: {
        "by hand": () => both(plainDelay()),
        backoff: () => both(steps(ourBackoff())),
      },
    },
    {
      name: "pair",
      title: "an exit and its restart: restart type, window and delay",
      figures,
      candidates: {
        "by hand": () => both(plainSupervision()),
        allOf: () => both(steps(allOf(restartOn("transient"), ourWindow(), ourBackoff()))),
        inTurn: () => both(steps(allOf(restartOn("transient"), inTurn(ourBackoff(), ourWindow())))),
        "Effect's Schedule": async () => both(await effectSchedule()),
      },
      reaches: [
        { candidate: "allOf", figure: "ns", than: "by hand", atMost: 6 },
        { candidate: "allOf", figure: "ns", than: "Effect's Schedule", atMost: 1 },
      ],
    },
  ],
};
