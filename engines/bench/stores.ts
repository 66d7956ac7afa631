// `pnpm bench:stores`: a shared window on Redis beside rate-limiter-flexible on the same server, in turns, in one run:
// first on keys of their own, then eight clients on one key. Ours reads and writes by compare-and-set, and keeps each
// instant; the other counts in a fixed window, by one script. Beside it ours as in a store that cannot swap as of an
// instant, where each question is read first.

import type { LaunchEvent } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { type Store, sharedPolicy } from "@steadfast/stores";
import { redisStore } from "@steadfast/stores/redis";
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { startRedis } from "../servers/redis.ts";

const ROUNDS = 40;
/** Rounds before those: until the compiler has done its part. */
const WARM = 10;
const KEYS = 400;
const HOT = 40;
const CLIENTS = 8;

const request: LaunchEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };
const never = new AbortController().signal;
const patient = { timeoutMs: 60_000 };
const bound = { limit: 1_000_000, windowMs: 60_000 };

const server = await startRedis();
const clients = Array.from(
  { length: CLIENTS },
  () => new Redis({ host: "127.0.0.1", port: server.port }),
);
const stores = clients.map((redis) => redisStore({ send: (command) => redis.call(...command) }));
const reading = stores.map((store): Store => ({ ...store, swapsAsOf: false }));
const limiters = clients.map(
  (storeClient) => new RateLimiterRedis({ storeClient, points: 1_000_000, duration: 60 }),
);

let round = 0;

const ownKeys = (own: readonly Store[], name: string) => () =>
  Promise.all(
    Array.from({ length: KEYS }, (_, i) =>
      sharedPolicy(
        slidingWindow(bound),
        own[i % CLIENTS] as Store,
        `${name}:${round}:${i}`,
        patient,
      ).ask([request], never),
    ),
  );

const hotKey = (own: readonly Store[], name: string) => () =>
  Promise.all(
    own.map(async (store) => {
      const policy = sharedPolicy(slidingWindow(bound), store, `${name}:hot:${round}`, patient);
      for (let i = 0; i < HOT; i++) await policy.ask([request], never);
    }),
  );

const ways = {
  "keys of their own": {
    calls: KEYS,
    ours: ownKeys(stores, "ours"),
    reading: ownKeys(reading, "reading"),
    theirs: () =>
      Promise.all(
        Array.from({ length: KEYS }, (_, i) =>
          (limiters[i % CLIENTS] as RateLimiterRedis).consume(`${round}:${i}`),
        ),
      ),
  },
  "one key, eight clients": {
    calls: HOT * CLIENTS,
    ours: hotKey(stores, "ours"),
    reading: hotKey(reading, "reading"),
    theirs: () =>
      Promise.all(
        limiters.map(async (limiter) => {
          for (let i = 0; i < HOT; i++) await limiter.consume(`hot:${round}`);
        }),
      ),
  },
};

async function perSecond(calls: number, run: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint();
  await run();
  return calls / (Number(process.hrtime.bigint() - from) / 1e9);
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;

/** Of all rounds together, and of single ones: on a host under load single rounds say little. */
const ratioOf = (rounds: readonly (readonly [own: number, theirs: number])[]) => {
  const all = (which: 0 | 1) => rounds.reduce((sum, round) => sum + 1 / round[which], 0);
  const ratios = rounds.map(([own, theirs]) => own / theirs);
  return `${(all(1) / all(0)).toFixed(2)} (rounds ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
};

console.log("a second                  rate-limiter-flexible  reading first     ours");
for (const [name, { calls, ...candidates }] of Object.entries(ways)) {
  const rounds: Record<keyof typeof candidates, number>[] = [];
  for (round = 0; round < WARM + ROUNDS; round++) {
    const theirs = await perSecond(calls, candidates.theirs);
    const read = await perSecond(calls, candidates.reading);
    const ours = await perSecond(calls, candidates.ours);
    if (round >= WARM) rounds.push({ theirs, reading: read, ours });
  }
  const shown = (which: keyof typeof candidates, width: number) =>
    median(rounds.map((one) => one[which]))
      .toFixed(0)
      .padStart(width);
  console.log(
    `${name.padEnd(25)} ${shown("theirs", 21)} ${shown("reading", 14)} ${shown("ours", 8)}`,
  );
  for (const which of ["reading", "ours"] as const) {
    const pairs = rounds.map((one) => [one[which], one.theirs] as const);
    console.log(`    ${which === "ours" ? "ours" : "reading first"} to theirs: ${ratioOf(pairs)}`);
  }
}
for (const redis of clients) redis.disconnect();
await server.stop();
