// Reading back a saved slot, field by field. Instants later than `now` are pulled back to `now`.
//
// Only what a slot could have written is accepted: generations and attempts grow together, and in a
// slot that is closed, or wanted otherwise than active, nobody is up and no restart waits.

import {
  type Exit,
  type ExitRecord,
  exitRecord,
  type Millis,
  readState,
  within,
} from "@steadfast/policy";
import { EXIT_KINDS } from "./exit-kinds.js";
import { hasPending } from "./guards.js";
import {
  count,
  type Field,
  instant,
  misfit,
  oneOf,
  orNull,
  part,
  readShape,
  type Shape,
  text,
  whole,
} from "./shape.js";
import type { Heartbeat, SlotPhase, SlotState, SlotStatus } from "./state.js";

const yesNo = oneOf(true, false);
const beat = orNull(part<Heartbeat>({ at: instant, since: instant, excused: yesNo }));
const launchedAt = instant;
const healthy = yesNo;

const PHASES: { readonly [S in SlotStatus]: Shape<Extract<SlotPhase, { status: S }>> } = {
  stopped: { status: oneOf("stopped") },
  starting: {
    status: oneOf("starting"),
    launchedAt,
    readySince: instant,
    excused: yesNo,
    saidNotReady: yesNo,
    beat,
  },
  running: { status: oneOf("running"), launchedAt, healthy, beat },
  ready: { status: oneOf("ready"), launchedAt, readyAt: instant, healthy, beat },
  cancelling: {
    status: oneOf("cancelling"),
    launchedAt,
    cause: oneOf(
      "stop",
      "restart",
      "pause",
      "quarantine",
      "remove",
      "not-ready-in-time",
      "heartbeat-stale",
    ),
    step: oneOf("asked", "killed"),
    since: instant,
    excused: yesNo,
    pending: orNull(
      part({ requester: text, reason: text, requestedAt: instant, duplicates: count }),
    ),
  },
};

const STATUSES = Object.keys(PHASES) as readonly SlotStatus[];

const phase: Field<SlotPhase> = (read, key, now) => {
  const raw = read.raw(key);
  const status = within(key, () => readState(raw).oneOf("status", STATUSES));
  return part(PHASES[status] as Shape<SlotPhase>)(read, key, now);
};

/** Checked as far as projecting it again needs, and projected again: bounded, whatever it was. */
function exit(depth: number): Field<ExitRecord> {
  return (read, key) =>
    within(key, () => {
      const raw = read.raw(key);
      const fields = readState(raw);
      fields.oneOf("kind", EXIT_KINDS);
      const tail = fields.raw("stderrTail") ?? [];
      const isTail = Array.isArray(tail) && tail.every((line) => typeof line === "string");
      if (!isTail) misfit("stderrTail", "an array of texts", tail);
      const ended = fields.raw("ended");
      if (ended !== undefined && depth === 0) misfit("ended", "left out so deep down", ended);
      if (ended !== undefined) exit(depth - 1)(fields, "ended", 0);
      return exitRecord(raw as Exit);
    });
}

const STATE: Shape<SlotState> = {
  intent: oneOf("active", "paused", "quarantined", "removed"),
  open: yesNo,
  generation: (read, key) => read.whole(key, -1),
  attempt: count,
  restarts: count,
  lastExit: orNull(exit(16)),
  restartLimit: orNull(
    part({ windowMs: orNull(whole), limit: whole, used: whole, updatedAt: instant }),
  ),
  phase,
};

export function parseSlotState(raw: unknown, now: Millis): SlotState {
  const state = readShape(STATE, raw, now);
  const { generation, attempt, restarts, open, intent } = state;
  const { status } = state.phase;
  const isWanted = open && intent === "active";
  if (generation !== attempt - 1) misfit("generation", "one less than attempt", generation);
  if (restarts !== Math.max(0, generation))
    misfit("restarts", "attempts after the first", restarts);
  const canBe = status === "stopped" || (attempt > 0 && (isWanted || status === "cancelling"));
  if (!canBe) misfit("phase.status", "one that such a slot can have", status);
  if (hasPending(state) && !isWanted) misfit("phase.pending", "null in such a slot", "a restart");
  return state;
}
