// The stores of the tests, by the client library of each. A library is loaded by whoever asks for its store: the processes of a
// chaos run start often, and loading all three is most of what a start costs.

import type { Store } from "@steadfast/stores";
import { postgresStore } from "@steadfast/stores/postgres";
import { redisStore } from "@steadfast/stores/redis";

export interface Connected {
  readonly store: Store;
  close(): Promise<void>;
}

/** Gives up soon, as a host under load must: what a call may cost is part of a question's time. */
const PATIENCE_MS = 250;

export async function ioredisStore(port: number, patienceMs = PATIENCE_MS): Promise<Connected> {
  const { Redis } = await import("ioredis");
  const redis = new Redis({
    host: "127.0.0.1",
    port,
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
    retryStrategy: () => 20,
  });
  redis.on("error", () => {}); // each call that fails says so itself
  return {
    store: redisStore({ send: (command) => redis.call(...command) }),
    close: async () => redis.disconnect(),
  };
}

export async function nodeRedisStore(port: number): Promise<Connected> {
  const { createClient } = await import("redis");
  const client = createClient({ socket: { host: "127.0.0.1", port } });
  client.on("error", () => {});
  await client.connect();
  return {
    store: redisStore({ send: (command) => client.sendCommand(command) }),
    close: async () => client.destroy(),
  };
}

export async function pgStore(
  port: number,
  patienceMs = PATIENCE_MS,
  hasTable = false,
): Promise<Connected> {
  const { Pool } = await import("pg");
  const pool = new Pool({
    host: "127.0.0.1",
    port,
    user: "postgres",
    database: "postgres",
    max: 1,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  pool.on("error", () => {});
  const store = postgresStore({ query: (text, values) => pool.query(text, values) });
  if (!hasTable) await store.createTable();
  return { store, close: () => pool.end() };
}
