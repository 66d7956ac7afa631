// Law: however the calls of many hosts are interleaved, no window of the limit's length ever holds more than
// the limit, and every launch that was answered is in the store.

import type { LaunchEvent } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { manualSystem } from "@steadfast/supervisor/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { overfull } from "../../../config/testing/overfull.ts";
import { type Store, sharedPolicy } from "../src/index.js";
import { memoryStore } from "../src/memory.js";
import { type Fate, fated } from "./faulty-store.js";

const request: LaunchEvent = { type: "launch", cause: "restart", draw: 0, wall: 0 };

interface Story {
  readonly hosts: number;
  readonly asks: number;
  readonly limit: number;
  readonly windowMs: number;
  readonly fates: readonly Fate[];
}

const stories: fc.Arbitrary<Story> = fc.record({
  hosts: fc.integer({ min: 2, max: 4 }),
  asks: fc.integer({ min: 1, max: 6 }),
  limit: fc.integer({ min: 1, max: 4 }),
  windowMs: fc.constantFrom(5, 40, 1_000),
  fates: fc.array(fc.constantFrom<Fate>("works", "works", "works", "fails", "answer-lost"), {
    maxLength: 20,
  }),
});

/** What the hosts got, and when the store says that it was admitted. */
async function live(story: Story, order: fc.Scheduler, faulty = (store: Store) => store) {
  let now = 0;
  const memory = faulty(memoryStore({ clock: () => now++ }));
  const admitted: number[] = [];
  let conflicts = 0;
  const watched: Store = {
    ...memory,
    read: order.scheduleFunction((key, signal) => memory.read(key, signal)),
    swap: order.scheduleFunction(async (key, expected, next, signal) => {
      const standing = await memory.swap(key, expected, next, signal);
      if (standing) conflicts++;
      else admitted.push((JSON.parse(next.value) as { at: number }).at);
      return standing;
    }),
  };
  const world = manualSystem();
  const policy = slidingWindow({ limit: story.limit, windowMs: story.windowMs });
  const answers = Array.from({ length: story.hosts }, async () => {
    const shaky = fated(watched, story.fates);
    const host = sharedPolicy(policy, shaky, "k", { world, timeoutMs: 1_000_000 });
    let launched = 0;
    for (let i = 0; i < story.asks; i++) {
      const { type } = await host.ask([request], new AbortController().signal);
      if (type === "launch") launched++;
    }
    return launched;
  });
  const all = Promise.all(answers);
  let isOver = false;
  void all.then(() => {
    isOver = true;
  });
  while (!isOver) {
    if (order.count() > 0) await order.waitNext(1);
    await world.advance(100);
  }
  const launched = (await all).reduce((sum, one) => sum + one, 0);
  return { admitted, launched, conflicts };
}

test("no window holds more than the limit, and no answered launch is missing", async () => {
  let runs = 0;
  let met = 0;
  await fc.assert(
    fc.asyncProperty(stories, fc.scheduler(), async (story, order) => {
      const { admitted, launched, conflicts } = await live(story, order);
      expect(overfull(admitted, story)).toBeNull();
      expect(launched).toBeLessThanOrEqual(admitted.length);
      if (!story.fates.includes("answer-lost")) expect(launched).toBe(admitted.length);
      runs++;
      if (conflicts > 0) met++;
    }),
  );
  expect(met / runs, "share of runs in which hosts met").toBeGreaterThan(0.3);
});

test("a store without compare-and-set is caught by it", async () => {
  const blind = (store: Store): Store => ({
    ...store,
    async swap(key, _, next, signal) {
      const { entry } = await store.read(key, signal);
      return store.swap(key, entry?.revision ?? null, next, signal);
    },
  });
  const caught = await fc.check(
    fc.asyncProperty(stories, fc.scheduler(), async (story, order) => {
      const { admitted } = await live({ ...story, fates: [] }, order, blind);
      expect(overfull(admitted, story)).toBeNull();
    }),
  );
  expect(caught.failed).toBe(true);
});
