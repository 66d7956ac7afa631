// What an attempt costs in a slot, beside the least that could be written by hand.
//
// By hand: one object with a status, a generation and the last exit, changed in place, that answers with a
// list of commands. It knows no grace period, no readiness, no order and no wrong event. Bytes are all that is
// allocated per attempt, most of it given back at once.

import {
  type ChildSlotOptions,
  childSlot,
  type SlotEvent,
  type SlotState,
} from "@steadfast/child-slot";
import type { Exit } from "@steadfast/policy";
import { bytesOf, nanosOf } from "../measure.ts";
import { QUIET_HEAP, type Suite } from "../suite.ts";

const LAUNCH: SlotEvent = { type: "launch", cause: "restart" };
const RESTART: SlotEvent = { type: "restart", requester: "ops", reason: "new config" };
const plain = { kind: "failed", code: 1 } as const satisfies Exit;
const live: Exit = { kind: "failed", code: 1, error: new Error("boom") };

/** An attempt from its launch to its exit, and the events in between. */
function attempts(
  options: Omit<ChildSlotOptions, "id">,
  exit: Exit,
  between: (generation: number, now: number) => readonly SlotEvent[],
): () => unknown {
  const slot = childSlot({ id: "worker", ...options });
  let state = slot.initial();
  let now = 0;
  return () => {
    now += 10;
    state = slot.step(state, LAUNCH, now)[0];
    const { generation } = state;
    for (const event of between(generation, now)) state = slot.step(state, event, now)[0];
    const [next, commands] = slot.step(state, { type: "exited", generation, exit }, now);
    state = next;
    return [commands, slot.deadline(state)];
  };
}

/** Restarts that wait for the exit: the child never stops being there. */
function restarts(): () => unknown {
  const slot = childSlot({ id: "worker" });
  let state: SlotState = slot.step(slot.initial(), LAUNCH, 0)[0];
  let now = 0;
  return () => {
    now += 10;
    const { generation } = state;
    state = slot.step(state, RESTART, now)[0];
    const [next, commands] = slot.step(state, { type: "exited", generation, exit: plain }, now);
    state = next;
    return commands;
  };
}

function byHand(): () => unknown {
  const slot = { status: "stopped", generation: -1, launchedAt: 0, lastExit: {} };
  let now = 0;
  return () => {
    now += 10;
    slot.status = "ready";
    slot.generation++;
    slot.launchedAt = now;
    const { generation } = slot;
    const launched = [{ type: "launch", generation }];
    slot.status = "stopped";
    slot.lastExit = { kind: plain.kind, code: plain.code };
    return [
      launched,
      [{ type: "exited", generation, exit: plain, uptimeMs: now - slot.launchedAt }],
    ];
  };
}

const nothing = () => [];
const busy = (generation: number, at: number): readonly SlotEvent[] => [
  { type: "ready", generation },
  { type: "heartbeat", generation, at },
  { type: "tick" },
];
const explicit = { readiness: "explicit", readyTimeoutMs: 1_000, heartbeatTimeoutMs: 500 } as const;

const both = (run: () => unknown) => ({ ns: nanosOf(run), bytes: bytesOf(run) });

export const suite: Suite = {
  name: "slot",
  flags: QUIET_HEAP,
  tables: [
    {
      name: "attempt",
      title: "an attempt in a slot, from its launch to its exit",
      figures: { ns: { unit: "ns CPU", digits: 0 }, bytes: { unit: "B", digits: 0 } },
      candidates: {
        "by hand": () => both(byHand()),
        "launch, exited": () => both(attempts({}, plain, nothing)),
        "... with an error": () => both(attempts({}, live, nothing)),
        "... ready, beat, tick": () => both(attempts(explicit, plain, busy)),
        "restart, exited": () => both(restarts()),
      },
    },
  ],
};
