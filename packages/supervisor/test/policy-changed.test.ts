// Handed over to a policy with other members: what both know is kept, and an event names the rest.

import { allOf, lifetimeCap, type RestartPolicy, restartOn } from "@steadfast/policy";
import { expect, it } from "vitest";
import type { SupervisorSnapshot } from "../src/index.js";
import { manualSystem } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashes, stage } from "./stage.js";

const capped = (restarts: number) => lifetimeCap({ restarts });

/** Two restarts under one policy, then the next supervisor under another. */
async function reviewed(
  before: RestartPolicy,
  after: RestartPolicy,
  saved = (snapshot: SupervisorSnapshot): unknown => snapshot,
) {
  const first = stage({ script: crashes(10, 2), policy: before });
  await first.system.advance(50);
  const snapshot = saved(JSON.parse(JSON.stringify(first.handle.snapshot())));
  const second = stage({ policy: after, snapshot, system: manualSystem({ now: 60 }) });
  await second.system.settle();
  return second.events;
}

const withState = (policy: unknown) => (snapshot: SupervisorSnapshot) => ({
  ...snapshot,
  supervision: { ...snapshot.supervision, policy },
});

const before = allOf(delay(0), capped(2));
const after = allOf(restartOn("permanent"), capped(2));

it("tells what begins from its initial state and what is dropped, before the first launch", async () => {
  const events = await reviewed(before, allOf(restartOn("permanent"), capped(3)));
  const told = { type: "policy-changed", fresh: ["restartOn"], dropped: ["delay"] };
  expect(events[0]).toMatchObject({ ...told, id: "child", at: 60 });
  expect(events.map(({ type }) => type)).toContain("launched");
  expect(events.filter(({ type }) => type === "policy-changed")).toHaveLength(1);
});

it("does not forget the restarts that a member has counted", async () => {
  const events = await reviewed(before, after);
  expect(events.at(-1)).toMatchObject({ type: "ended", outcome: "refused" });
  expect(events.find(({ type }) => type === "refused")).toMatchObject({ reason: "cap-reached" });
});

it.each<[string, RestartPolicy, unknown?]>([
  ["the same policy", before],
  ["the same members with other options, in another order", allOf(capped(9), delay(5))],
  ["a state without keys, as version 1 had it", before, [null, { restarts: 1 }]],
])("says nothing of %s", async (_, policy, state) => {
  const saved = state === undefined ? undefined : withState(state);
  const types = (await reviewed(before, policy, saved)).map(({ type }) => type);
  expect(types.length).toBeGreaterThan(0);
  expect(types).not.toContain("policy-changed");
});

it("finds the policy in a bare state of the supervision, too", async () => {
  const events = await reviewed(before, after, ({ supervision }) => supervision);
  expect(events[0]).toMatchObject({ type: "policy-changed", fresh: ["restartOn"] });
});

it("and in a snapshot of version 1", async () => {
  const events = await reviewed(before, after, ({ at, supervision: { slot, policy } }) => ({
    version: 1,
    at,
    states: { slot, policy },
    pending: null,
  }));
  expect(events[0]).toMatchObject({ type: "policy-changed", dropped: ["delay"] });
});
