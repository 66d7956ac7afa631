// What an attempt costs in a slot, beside the least that could be written by hand. Run by `pnpm bench` with
// --expose-gc and a young generation that is not collected meanwhile, on the built packages.
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
import { sideBySide } from "./side-by-side.ts";

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

/** The run is short enough to need no collection. */
function bytesOf(run: () => unknown): number {
  const times = 2_000;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < times; i++) run();
  return (process.memoryUsage().heapUsed - before) / times;
}

const nothing = () => [];
const busy = (generation: number, at: number): readonly SlotEvent[] => [
  { type: "ready", generation },
  { type: "heartbeat", generation, at },
  { type: "tick" },
];
const explicit = { readiness: "explicit", readyTimeoutMs: 1_000, heartbeatTimeoutMs: 500 } as const;

console.log("an attempt              by hand ns   slot ns  ratio  bytes");
for (const [name, ours] of [
  ["launch, exited", attempts({}, plain, nothing)],
  ["... with an error", attempts({}, live, nothing)],
  ["... ready, beat, tick", attempts(explicit, plain, busy)],
  ["restart, exited", restarts()],
] as const) {
  const measured = sideBySide(byHand(), ours);
  console.log(
    name.padEnd(22),
    measured.base.toFixed(1).padStart(11),
    measured.ours.toFixed(1).padStart(9),
    measured.ratio.toFixed(1).padStart(6),
    bytesOf(ours).toFixed(0).padStart(6),
  );
}
