// The store suite: a store in memory passes it, and a store with a fault is caught by it.

import { describe, expect, test } from "vitest";
import { overfull } from "../../../config/testing/overfull.ts";
import type { Store } from "../src/index.js";
import { memoryStore } from "../src/memory.js";
import { storeCases } from "../src/testing.js";

const pairOf = (wrap: (store: Store) => Store) => async () => {
  const store = wrap(memoryStore());
  return { one: store, other: store, close: async () => {} };
};

describe("a store in memory", () => {
  for (const { name, run } of storeCases(pairOf((store) => store))) test(name, run);
});

const FAULTS: Readonly<Record<string, (store: Store) => Store>> = {
  "swaps whatever stands there": (store) => ({
    ...store,
    async swap(key, _, next, signal) {
      const { entry } = await store.read(key, signal);
      return store.swap(key, entry?.revision ?? null, next, signal);
    },
  }),
  "looks, and writes later": (store) => ({
    ...store,
    async swap(key, expected, next, signal) {
      const standing = await store.read(key, signal);
      if ((standing.entry?.revision ?? null) !== expected) return standing;
      await Promise.resolve();
      return store.swap(key, (await store.read(key, signal)).entry?.revision ?? null, next, signal);
    },
  }),
  "takes keys for one": (store) => ({
    ...store,
    read: (key, signal) => store.read(key.toLowerCase(), signal),
    swap: (key, expected, next, signal) => store.swap(key.toLowerCase(), expected, next, signal),
  }),
  "shortens values": (store) => ({
    ...store,
    swap: (key, expected, { revision, value }, signal) =>
      store.swap(key, expected, { revision, value: value.slice(0, 65_535) }, signal),
  }),
  "reads JSON and writes it anew": (store) => ({
    ...store,
    async read(key, signal) {
      const stored = await store.read(key, signal);
      const { entry } = stored;
      if (!entry?.value.startsWith("1e")) return stored;
      return { ...stored, entry: { ...entry, value: String(JSON.parse(entry.value)) } };
    },
  }),
  "has a clock that goes back": (store) => {
    let now = 1_000;
    return {
      ...store,
      read: async (key, signal) => ({ ...(await store.read(key, signal)), now: now-- }),
    };
  },
  "answers a conflict without the time": (store) => ({
    ...store,
    async swap(key, expected, next, signal) {
      const standing = await store.swap(key, expected, next, signal);
      return standing && { ...standing, now: Number.NaN };
    },
  }),
  "answers a conflict with what was to be written": (store) => ({
    ...store,
    async swap(key, expected, next, signal) {
      const standing = await store.swap(key, expected, next, signal);
      return standing && { ...standing, entry: next };
    },
  }),
  "takes an empty revision for none": (store) => ({
    ...store,
    async swap(key, expected, next, signal) {
      const { entry } = await store.read(key, signal);
      return store.swap(key, expected || (entry?.revision ?? null), next, signal);
    },
  }),
};

test.each(Object.entries(FAULTS))("a store that %s is caught", async (_, wrap) => {
  const broken: string[] = [];
  for (const { name, run } of storeCases(pairOf(wrap))) {
    await run().catch((error: Error) => broken.push(`${name}: ${error.message}`));
  }
  expect(broken).not.toEqual([]);
});

test("the checker of histories: as many as the limit are no fault, one more within the window is", () => {
  const bound = { limit: 2, windowMs: 10 };
  expect(overfull([], bound)).toBeNull();
  expect(overfull([0, 0, 10, 10], bound)).toBeNull();
  expect(overfull([9, 0, 0], bound)).toEqual([0, 0, 9]);
  expect(overfull([0, 5, 10, 14, 14], bound)).toEqual([5, 10, 14]);
});
