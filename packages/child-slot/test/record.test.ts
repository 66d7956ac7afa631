// The public record, whole, in every kind of state.

import { describe, expect, it } from "vitest";
import { childSlot, type SlotPhase, type SlotRecord, type SlotState } from "../src/index.js";
import {
  beat,
  cancelling,
  explicit,
  immediate,
  pending,
  ready,
  running,
  slot,
  starting,
  stopped,
} from "./slot-fixtures.js";

/** The record of a slot in its fourth attempt, at 500. */
const up: SlotRecord = {
  id: "worker",
  path: "/worker",
  status: "starting",
  intent: "active",
  open: true,
  generation: 3,
  attempt: 4,
  attempts: 4,
  restarts: 3,
  readiness: "unreported",
  readyAt: null,
  uptimeMs: 400,
  lastHeartbeatAt: null,
  heartbeatStale: false,
  lastExit: null,
  restartLimit: null,
  stop: null,
  pendingRestart: null,
};
const empty: SlotRecord = {
  ...up,
  status: "stopped",
  generation: null,
  attempt: null,
  uptimeMs: null,
};
const ending: SlotRecord = { ...up, status: "cancelling" };
const waits = { oldGeneration: 3, targetGeneration: 4, ...pending };

function limit(used: number): Partial<SlotState> {
  return { restartLimit: { windowMs: 60_000, limit: 3, used, updatedAt: 50 } };
}

const rows: readonly (readonly [why: string, state: SlotState, record: SlotRecord])[] = [
  [
    "a slot that nobody has occupied",
    childSlot(explicit).initial(),
    { ...empty, attempts: 0, restarts: 0 },
  ],
  ["an empty slot has no attempt, but remembers how many", slot(stopped), empty],
  [
    "a closed slot, with its last exit",
    slot(stopped, { open: false, lastExit: { kind: "lost" } }),
    { ...empty, open: false, lastExit: { kind: "lost" } },
  ],
  ["a paused slot", slot(stopped, { intent: "paused" }), { ...empty, intent: "paused" }],
  ["starting", slot(starting()), up],
  [
    "not ready yet, and it said so",
    slot(starting({ saidNotReady: true })),
    { ...up, readiness: "not-ready" },
  ],
  [
    "not ready any more",
    slot(running({ beat: beat(1) })),
    { ...up, status: "running", readiness: "not-ready", lastHeartbeatAt: 1 },
  ],
  [
    "ready, its heartbeat exactly as old as the limit",
    slot(ready({ beat: beat(0) })),
    {
      ...up,
      status: "ready",
      readiness: "ready",
      readyAt: 110,
      lastHeartbeatAt: 0,
      heartbeatStale: true,
    },
  ],
  [
    "stale by the heartbeat's own time, also while it is excused",
    slot(ready({ beat: beat(-1, { since: 499, excused: true }) })),
    {
      ...up,
      status: "ready",
      readiness: "ready",
      readyAt: 110,
      lastHeartbeatAt: -1,
      heartbeatStale: true,
    },
  ],
  [
    "asked to end",
    slot(cancelling("pause"), { intent: "paused" }),
    { ...ending, intent: "paused", stop: { cause: "pause", step: "asked", deadlineAt: 700 } },
  ],
  [
    "killed",
    slot(cancelling("stop", { step: "killed" }), { open: false }),
    {
      ...ending,
      open: false,
      stop: { cause: "stop", step: "killed", deadlineAt: 600 },
    },
  ],
  [
    "ended by a verdict",
    slot(cancelling("unhealthy", { reason: "heap-size" })),
    {
      ...ending,
      stop: { cause: "unhealthy", reason: "heap-size", step: "asked", deadlineAt: 700 },
    },
  ],
  [
    "a restart that waits for an answer",
    slot(cancelling("restart", { pending })),
    {
      ...ending,
      stop: { cause: "restart", step: "asked", deadlineAt: 700 },
      pendingRestart: { ...waits, deadlineAt: 700 },
    },
  ],
  [
    "a restart that waits for a killed child",
    slot(cancelling("heartbeat-stale", { step: "killed", pending: { ...pending, duplicates: 2 } })),
    {
      ...ending,
      stop: { cause: "heartbeat-stale", step: "killed", deadlineAt: 600 },
      pendingRestart: { ...waits, duplicates: 2, deadlineAt: 600 },
    },
  ],
  ...(
    [
      [0, 3, false],
      [2, 1, false],
      [3, 0, true],
      [4, 0, true],
    ] as const
  ).map(
    ([used, remaining, exhausted]) =>
      [
        `a limit of which ${used} of 3 are used`,
        slot(stopped, limit(used)),
        {
          ...empty,
          restartLimit: { windowMs: 60_000, limit: 3, used, updatedAt: 50, remaining, exhausted },
        },
      ] as const,
  ),
];

describe("the record", () => {
  it.each(rows)("%s", (_, state, record) => {
    expect(childSlot(explicit).toRecord(state, 500)).toStrictEqual(record);
  });

  it("names the path it was given", () => {
    const { toRecord } = childSlot({ id: "b", path: "/a/b" });
    expect(toRecord(slot(stopped), 0)).toMatchObject({ id: "b", path: "/a/b" });
  });

  it("calls no heartbeat stale without a limit, nor before it is", () => {
    const state = slot(ready({ beat: beat(0) }));
    expect(childSlot({ id: "a" }).toRecord(state, 1e9).heartbeatStale).toBe(false);
    expect(childSlot(immediate).toRecord(state, 499).heartbeatStale).toBe(false);
    expect(childSlot(immediate).toRecord(state, 500).heartbeatStale).toBe(true);
  });

  it("is of a limit of 0 exhausted from the start", () => {
    const none = { windowMs: null, limit: 0, used: 0, updatedAt: 0 };
    const { restartLimit } = childSlot(explicit).toRecord(slot(stopped, { restartLimit: none }), 9);
    expect(restartLimit).toStrictEqual({ ...none, remaining: 0, exhausted: true });
  });

  it("shows no negative uptime", () => {
    const phases: readonly SlotPhase[] = [starting(), running(), ready(), cancelling("restart")];
    for (const phase of phases) {
      expect(childSlot(explicit).toRecord(slot(phase), -1e9).uptimeMs).toBe(0);
    }
  });
});
