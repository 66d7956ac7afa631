// `pnpm bench:stores`: a shared window on Redis beside rate-limiter-flexible on the same server, in turns, in one run:
// first on keys of their own, then eight clients on one key. Ours reads and writes by compare-and-set, and keeps each
// instant; the other counts in a fixed window, by one script.

import type { LaunchEvent } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { sharedPolicy } from "@steadfast/stores";
import { redisStore } from "@steadfast/stores/redis";
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { startRedis } from "../servers/redis.ts";

const ROUNDS = 9;
const KEYS = 400;
const HOT = 40;
const CLIENTS = 8;

const request: LaunchEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };
const never = new AbortController().signal;
const bound = { limit: 1_000_000, windowMs: 60_000 };

const server = await startRedis();
const clients = Array.from(
  { length: CLIENTS },
  () => new Redis({ host: "127.0.0.1", port: server.port }),
);
const stores = clients.map((redis) => redisStore({ send: (command) => redis.call(...command) }));
const limiters = clients.map(
  (storeClient) => new RateLimiterRedis({ storeClient, points: 1_000_000, duration: 60 }),
);

let round = 0;
const ways = {
  "keys of their own": {
    calls: KEYS,
    ours: () =>
      Promise.all(
        Array.from({ length: KEYS }, (_, i) =>
          sharedPolicy(slidingWindow(bound), stores[i % CLIENTS] as never, `${round}:${i}`).ask(
            [request],
            never,
          ),
        ),
      ),
    theirs: () =>
      Promise.all(
        Array.from({ length: KEYS }, (_, i) =>
          (limiters[i % CLIENTS] as RateLimiterRedis).consume(`${round}:${i}`),
        ),
      ),
  },
  "one key, eight clients": {
    calls: HOT * CLIENTS,
    ours: () =>
      Promise.all(
        stores.map(async (store) => {
          const policy = sharedPolicy(slidingWindow(bound), store, `hot:${round}`, {
            timeoutMs: 60_000,
          });
          for (let i = 0; i < HOT; i++) await policy.ask([request], never);
        }),
      ),
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

console.log("a second                  rate-limiter-flexible     ours   ratio (min to max)");
for (const [name, { calls, ours, theirs }] of Object.entries(ways)) {
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  for (round = 0; round < ROUNDS + 1; round++) {
    const one = { theirs: await perSecond(calls, theirs), ours: await perSecond(calls, ours) };
    if (round > 0) rounds.push(one);
  }
  const ratios = rounds.map((one) => one.ours / one.theirs);
  console.log(
    name.padEnd(25),
    median(rounds.map((one) => one.theirs))
      .toFixed(0)
      .padStart(21),
    median(rounds.map((one) => one.ours))
      .toFixed(0)
      .padStart(8),
    `  ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
  );
}
for (const redis of clients) redis.disconnect();
await server.stop();
