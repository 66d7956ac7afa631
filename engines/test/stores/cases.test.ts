// The store suite on real servers, by the client libraries that people use.

import { storeCases } from "@steadfast/stores/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "../../servers/postgres.ts";
import { startRedis } from "../../servers/redis.ts";
import type { Server } from "../../servers/server.ts";
import { isMissing } from "../../tools.ts";
import { type Connected, ioredisStore, nodeRedisStore, pgStore } from "./clients.ts";

interface Kind {
  readonly start: () => Promise<Server>;
  readonly connect: (port: number) => Promise<Connected>;
  readonly isMissing: boolean;
}

/** No case goes by how long a call takes, however busy this machine is. */
const PATIENT_MS = 30_000;
const redis = { start: () => startRedis(), isMissing: isMissing("redis-server") };
const KINDS: Readonly<Record<string, Kind>> = {
  "redis, by ioredis": { ...redis, connect: (port: number) => ioredisStore(port, PATIENT_MS) },
  "redis, by node-redis": { ...redis, connect: nodeRedisStore },
  "postgresql, by pg": {
    start: () => startPostgres(),
    connect: (port) => pgStore(port, PATIENT_MS),
    isMissing: isMissing("postgres"),
  },
};

/** Each case has keys of its own: the server is one for all of them. */
let cases = 0;

function within({ store, close }: Connected, prefix: string): Connected {
  return {
    close,
    store: {
      ...store,
      read: (key, signal) => store.read(prefix + key, signal),
      swap: (key, ...rest) => store.swap(prefix + key, ...rest),
    },
  };
}

describe.each(Object.entries(KINDS))("%s", (_, { start, connect, isMissing: skips }) => {
  let server: Server;
  beforeAll(async () => {
    if (!skips) server = await start();
  });
  afterAll(async () => {
    await server?.stop();
  });

  const make = async () => {
    const prefix = `${++cases}:`;
    const [one, other] = [
      within(await connect(server.port), prefix),
      within(await connect(server.port), prefix),
    ];
    const close = async () => {
      await Promise.all([one.close(), other.close()]);
    };
    return { one: one.store, other: other.store, close };
  };

  for (const { name, run } of storeCases(make)) test.skipIf(skips)(name, run);

  test.skipIf(skips)("its clock is the server's, in milliseconds", async () => {
    const { one, close } = await make();
    const { now } = await one.read("k", new AbortController().signal);
    await close();
    // The server runs on this machine.
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });
});

test.skipIf(redis.isMissing)("redis: a key that nobody writes for ttlMs is forgotten", async () => {
  const server = await startRedis();
  const { redisStore } = await import("@steadfast/stores/redis");
  const { Redis } = await import("ioredis");
  const client = new Redis({ host: "127.0.0.1", port: server.port });
  const store = redisStore({ send: (command) => client.call(...command), ttlMs: 60_000 });
  const { signal } = new AbortController();
  await store.swap("k", null, { revision: "a", value: "1" }, signal);
  const first = await client.pttl("steadfast:k");
  await client.pexpire("steadfast:k", 5_000);
  await store.swap("k", "a", { revision: "b", value: "2" }, signal);
  const second = await client.pttl("steadfast:k");
  await client.pexpire("steadfast:k", 0);
  const { entry } = await store.read("k", signal);
  client.disconnect();
  await server.stop();
  expect(first).toBeGreaterThan(50_000);
  expect(second).toBeGreaterThan(50_000);
  expect(entry).toBeNull();
});

test.skipIf(redis.isMissing)(
  "redis: a server that has forgotten its scripts is sent them again",
  async () => {
    const server = await startRedis();
    const { redisStore } = await import("@steadfast/stores/redis");
    const { Redis } = await import("ioredis");
    const client = new Redis({ host: "127.0.0.1", port: server.port });
    const store = redisStore({ send: (command) => client.call(...command) });
    const { signal } = new AbortController();
    await store.swap("k", null, { revision: "a", value: "1" }, signal);
    await client.script("FLUSH");
    const { entry } = await store.read("k", signal);
    client.disconnect();
    await server.stop();
    expect(entry).toEqual({ revision: "a", value: "1" });
  },
);
