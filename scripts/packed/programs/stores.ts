// One budget for two hosts, in a store that is at hand: nothing of any server is needed.

import { slidingWindow } from "@steadfast/sliding-window";
import { type Store, sharedPolicy } from "@steadfast/stores";
import { memoryStore } from "@steadfast/stores/memory";
import { postgresStore } from "@steadfast/stores/postgres";
import { redisStore } from "@steadfast/stores/redis";
import { storeCases } from "@steadfast/stores/testing";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const store: Store = memoryStore({ clock: () => 0 });
  const host = () => sharedPolicy(slidingWindow({ limit: 1, windowMs: 1_000 }), store, "web");
  const request = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
  const { signal } = new AbortController();
  same(await host().ask([request], signal), { type: "launch", delayMs: 0 });
  same(await host().ask([request], signal), {
    type: "refuse",
    reason: "window-full",
    retryAfterMs: 1_000,
  });
  const make = async () => ({ one: memoryStore(), other: memoryStore(), close: async () => {} });
  same(storeCases(make).length, 11);
  const never = async () => Promise.reject(new Error("no server"));
  same(redisStore({ send: never }).name, "redisStore");
  same(postgresStore({ query: never }).name, "postgresStore");
}
