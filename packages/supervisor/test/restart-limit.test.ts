// `restartLimit`: what the counter of the policy shows in the record.

import { expect, it } from "vitest";
import { untilReset } from "./policies.js";
import { crashLoop, stage } from "./stage.js";

const LIMIT = 2;
const view = (state: unknown) => ({ windowMs: 5_000, limit: LIMIT, used: state as number });

it("follows the policy's state", async () => {
  const set = stage({ policy: untilReset(100), script: crashLoop(10), restartLimit: view });
  const shown = () => set.handle.status().restartLimit;
  expect(shown()).toEqual({
    windowMs: 5_000,
    limit: 2,
    used: 0,
    remaining: 2,
    exhausted: false,
    updatedAt: 0,
  });
  await set.system.advance(10);
  expect(shown()).toMatchObject({ used: 1, remaining: 1, exhausted: false, updatedAt: 10 });
  set.handle.reset();
  await set.system.advance(1);
  expect(shown()).toMatchObject({ used: 0, updatedAt: 10 });
});

it("is null without the option", () => {
  expect(stage().handle.status().restartLimit).toBeNull();
});

it.each([
  ["throws", () => (null as unknown as { view: () => number }).view() as never],
  ["answers what is no limit", () => ({ windowMs: -1, limit: 1, used: 0 })],
])("is told once and asked no more when it %s; the child is kept", async (_, restartLimit) => {
  const set = stage({ restartLimit });
  await set.system.advance(1_000);
  set.handle.reload();
  const told = set.events.filter(({ type }) => type === "callback-failed");
  expect(told).toMatchObject([{ callback: "restartLimit" }]);
  expect(set.handle.status()).toMatchObject({ status: "ready", restartLimit: null });
});
