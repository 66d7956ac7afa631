// A store on Redis, and on what speaks its protocol: a hash per key, read and replaced by scripts, which
// the server runs one at a time. Its clock is the server's.

import { PolicyOptionsError, readArguments, readOptions } from "@steadfast/policy";
import { type Entry, MOST_LATE_MS, type Store, type Stored } from "./store.js";

/**
 * Options of a store on Redis.
 * @since 0.1.0
 */
export interface RedisStoreOptions {
  /**
   * Sends one command and settles with its reply, whatever the client library: `(command) =>
   * redis.call(...command)` with ioredis, `(command) => client.sendCommand(command)` with node-redis.
   */
  readonly send: (command: [string, ...string[]]) => Promise<unknown>;
  /** What the keys begin with. Default `steadfast:`. */
  readonly prefix?: string;
  /**
   * A key that nobody writes for so long is forgotten: more than any duration of the policy. Whole milliseconds, at least 1.
   * Default: never.
   */
  readonly ttlMs?: number;
}

const NOW = `local t = redis.call('TIME')
local now = string.format('%.3f', t[1] * 1000 + t[2] / 1000)
`;
const READ = `${NOW}local e = redis.call('HMGET', KEYS[1], 'r', 'v')
return {now, e[1], e[2]}`;
const SWAP = `${NOW}local e = redis.call('HMGET', KEYS[1], 'r', 'v')
local early = ARGV[5] ~= '' and tonumber(now) - tonumber(ARGV[5])
if (e[1] or '') ~= ARGV[1] or early and (early < 0 or early > ${MOST_LATE_MS}) then
  return {now, e[1], e[2]}
end
redis.call('HSET', KEYS[1], 'r', ARGV[2], 'v', ARGV[3])
if ARGV[4] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
return {now}`;

/**
 * A store on Redis 5 or later, Valkey, or what else runs Lua scripts.
 *
 * Decides nothing. The clock is the server's `TIME`: after a failover to a server whose clock is behind, a policy's time
 * stands still until it has caught up. What a failover may lose is what the server had not replicated. Effect: one hash per
 * key, replaced by scripts of one step. Errors: `PolicyOptionsError` for options; what `send` rejects with.
 *
 * @since 0.1.0
 * @example
 * const store = redisStore({
 *   send: async ([name]) => (name === "SCRIPT" ? "digest" : ["1000", null, null]),
 * });
 * await store.read("web", new AbortController().signal); // => { now: 1_000, entry: null }
 */
export function redisStore(options: RedisStoreOptions): Store {
  readArguments("redisStore", arguments, 1);
  const read = readOptions("redisStore", options);
  const send = read.checked<RedisStoreOptions["send"]>(
    "send",
    "a function that sends one command, such as (command) => redis.call(...command)",
    (value) => typeof value === "function",
  );
  const prefix = read.checked(
    "prefix",
    "a text",
    (value) => typeof value === "string",
    "steadfast:",
  );
  const isForgotten = read.raw("ttlMs") !== undefined;
  const ttlMs = isForgotten ? String(read.whole("ttlMs", { min: 1 })) : "";
  read.end();
  const evaluate = evaluator(send);
  const run = async (script: string, key: string, ...args: string[]) =>
    storedOf(await evaluate(script, ["1", prefix + key, ...args]));
  return {
    name: "redisStore",
    async read(key) {
      return (await run(READ, key)) as Stored;
    },
    swap: (key, expected, { revision, value }, _, asOf) =>
      run(SWAP, key, expected ?? "", revision, value, ttlMs, asOf?.toFixed(3) ?? ""),
    swapsAsOf: true,
  };
}

/** Scripts are sent whole once, and again when the server has forgotten them; else by their digest. */
function evaluator(send: RedisStoreOptions["send"]) {
  const digests = new Map<string, string>();
  return async (script: string, args: readonly string[]): Promise<unknown> => {
    const digest = digests.get(script) ?? String(await send(["SCRIPT", "LOAD", script]));
    digests.set(script, digest);
    try {
      return await send(["EVALSHA", digest, ...args]);
    } catch (error) {
      const said = (error as Partial<Error> | null)?.message;
      if (!said?.startsWith("NOSCRIPT")) throw error;
      return send(["EVAL", script, ...args]);
    }
  };
}

/** A reply of the scripts; null for one that has only written. */
function storedOf(reply: unknown): Stored | null {
  if (!Array.isArray(reply)) {
    throw new PolicyOptionsError("redisStore", "send", "a function that answers replies", reply);
  }
  if (reply.length === 1) return null;
  const [now, revision, value] = reply as unknown[];
  const entry: Entry | null =
    typeof revision === "string" ? { revision, value: String(value) } : null;
  return { now: Number(now), entry };
}
