// Reading back a saved slot, field by field. Instants later than `now` are pulled back to `now`.
//
// Only what a slot could have written is accepted: generations and attempts grow together, and in a
// slot that is closed, or wanted otherwise than active, nobody is up and no restart waits.

import {
  type Exit,
  type ExitKind,
  type ExitRecord,
  exitRecord,
  type Millis,
  readState,
  within,
} from "@steadfast/policy";
import { EXIT_KINDS } from "./exit-kinds.js";
import {
  count,
  type Field,
  instant,
  oneOf,
  optional,
  orNull,
  part,
  readShape,
  type Shape,
  text,
  whole,
} from "./shape.js";
import type { Heartbeat, SlotPhase, SlotState, SlotStatus } from "./state.js";

const yesNo = oneOf(true, false);
/** Missing also in what older versions wrote. */
const later = optional(instant);
const beat = orNull(part<Heartbeat>({ at: instant, since: instant, excused: yesNo }));

type Fields<S extends SlotStatus> = Omit<Extract<SlotPhase, { status: S }>, "status">;
type Shapes = { readonly [S in SlotStatus]?: Shape<Fields<S>> };

/** Before the first attempt. */
const unused: Shapes = { stopped: {} };

const cancelling: Shape<Fields<"cancelling">> = {
  launchedAt: instant,
  cause: oneOf(
    "stop",
    "halt",
    "force",
    "restart",
    "pause",
    "quarantine",
    "remove",
    "not-ready-in-time",
    "heartbeat-stale",
    "ran-too-long",
    "unhealthy",
  ),
  step: (read, key) =>
    read.oneOf(key, read.raw("cause") === "force" ? ["killed"] : ["asked", "killed"]),
  since: instant,
  excused: yesNo,
  pending: oneOf(null),
  reason: (read, key, now) =>
    read.raw("cause") === "unhealthy" ? text(read, key, now) : undefined,
};

/** Of a slot that is closed, or not active. */
const left: Shapes = { stopped: {}, cancelling };

const wanted: Shapes = {
  stopped: {},
  starting: {
    launchedAt: instant,
    readySince: instant,
    excused: yesNo,
    saidNotReady: yesNo,
    beat,
    ranSince: later,
  },
  running: { launchedAt: instant, healthy: yesNo, beat, ranSince: later, healthSince: later },
  ready: {
    launchedAt: instant,
    readyAt: instant,
    healthy: yesNo,
    beat,
    ranSince: later,
    healthSince: later,
  },
  cancelling: {
    ...cancelling,
    pending: orNull(
      part({ requester: text, reason: text, requestedAt: instant, duplicates: count }),
    ),
  },
};

const phase: Field<SlotPhase> = (read, key, now) =>
  within(key, () => {
    const raw = read.raw(key);
    const isWanted = read.raw("open") === true && read.raw("intent") === "active";
    const shapes = read.raw("attempt") === 0 ? unused : isWanted ? wanted : left;
    const status = readState(raw).oneOf("status", Object.keys(shapes) as SlotStatus[]);
    return { status, ...readShape<object>(shapes[status] as Shape<object>, raw, now) } as SlotPhase;
  });

const kinds: Shape<{ readonly kind: ExitKind; readonly ended: unknown }> = {
  kind: oneOf(...EXIT_KINDS),
  ended: (read, key, latest) => read.raw(key) && part(kinds)(read, key, latest),
};

/** Projected once more: so it is bounded, whatever it was, and only its kinds are to be checked. */
const exit: Field<ExitRecord> = (read, key) => {
  const record = exitRecord(read.raw(key) as Exit);
  within(key, () => readShape(kinds, record, 0));
  return record;
};

const oneLessThanAttempt =
  (least: number): Field<number> =>
  (read, key) => {
    const value = Math.max(least, Number(read.raw("attempt")) - 1);
    return read.whole(key, value, value);
  };

const STATE: Shape<SlotState> = {
  intent: oneOf("active", "paused", "quarantined", "removed"),
  open: yesNo,
  attempt: count,
  generation: oneLessThanAttempt(-1),
  restarts: oneLessThanAttempt(0),
  lastExit: orNull(exit),
  restartLimit: orNull(
    part({ windowMs: orNull(whole), limit: whole, used: whole, updatedAt: instant }),
  ),
  phase,
};

export const parseSlotState = (raw: unknown, now: Millis): SlotState => readShape(STATE, raw, now);
