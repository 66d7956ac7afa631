// A store in the memory of one process: for tests, and for several supervisions of one host.

import { readArguments, readOptions, steadyClock } from "@steadfast/policy";
import type { Entry, Store, Stored } from "./store.js";

/**
 * Options of a store in memory.
 * @since 0.1.0
 */
export interface MemoryStoreOptions {
  /** Its clock, in milliseconds since the epoch. Default: `Date.now`, which it never follows back. */
  readonly clock?: () => number;
}

/**
 * A store in the memory of one process: what is in it ends with the process.
 *
 * Decides nothing: the value of a key is replaced only by the one who names the revision that stands there. Edge: a
 * clock that goes back stands still. Effect: none outside. Errors: `PolicyOptionsError` for a clock that is no
 * function; a bad reading of it rejects the call.
 *
 * @since 0.1.0
 * @example
 * const store = memoryStore({ clock: () => 1_000 });
 * const { signal } = new AbortController();
 * await store.swap("web", null, { revision: "a1", value: "{}" }, signal); // => null
 * await store.read("web", signal); // => { now: 1_000, entry: { revision: "a1", value: "{}" } }
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  readArguments("memoryStore", arguments, 1);
  const read = readOptions("memoryStore", options);
  const given = read.checked(
    "clock",
    "a function",
    (value) => typeof value === "function",
    Date.now,
  );
  read.end();
  const clock = steadyClock(given);
  const entries = new Map<string, Entry>();
  const stored = (key: string): Stored => ({ now: clock(), entry: entries.get(key) ?? null });
  return {
    name: "memoryStore",
    read: async (key) => stored(key),
    async swap(key, expected, { revision, value }) {
      if ((entries.get(key)?.revision ?? null) !== expected) return stored(key);
      entries.set(key, { revision, value });
      return null;
    },
  };
}
