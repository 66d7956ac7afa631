// Reading back a saved slot, field by field. Instants later than `now` are pulled back to `now`.

import {
  type ExitKind,
  type ExitRecord,
  type Millis,
  PolicyStateError,
  readState,
  type StateReader,
  within,
} from "@steadfast/policy";
import type { Heartbeat, PendingRestart, SlotPhase, SlotState, StopCause } from "./state.js";

const INTENTS = ["active", "paused", "quarantined", "removed"] as const;
const STATUSES = ["stopped", "starting", "running", "ready", "cancelling"] as const;
const CAUSES: readonly StopCause[] = [
  "stop",
  "restart",
  "pause",
  "quarantine",
  "remove",
  "not-ready-in-time",
  "heartbeat-stale",
];
const EXIT_KINDS: readonly ExitKind[] = [
  "completed",
  "failed",
  "signalled",
  "out-of-memory",
  "timed-out",
  "cancelled",
  "spawn-failed",
  "unhealthy",
  "abandoned",
  "lost",
];
const YES_NO = [true, false] as const;

export function parseSlotState(raw: unknown, now: Millis): SlotState {
  const read = readState(raw);
  return {
    intent: read.oneOf("intent", INTENTS),
    open: read.oneOf("open", YES_NO),
    generation: read.whole("generation", -1),
    attempt: read.whole("attempt"),
    restarts: read.whole("restarts"),
    lastExit: within("lastExit", () => parseExit(read.raw("lastExit"))),
    phase: within("phase", () => parsePhase(readState(read.raw("phase")), now)),
  };
}

function parseExit(raw: unknown): ExitRecord | null {
  if (raw === null) return null;
  readState(raw).oneOf("kind", EXIT_KINDS);
  return raw as ExitRecord;
}

function parsePhase(read: StateReader, now: Millis): SlotPhase {
  const status = read.oneOf("status", STATUSES);
  if (status === "stopped") return { status };
  const launchedAt = instant(read, "launchedAt", now);
  switch (status) {
    case "starting":
      return {
        status,
        launchedAt,
        readySince: instant(read, "readySince", now),
        excused: read.oneOf("excused", YES_NO),
        saidNotReady: read.oneOf("saidNotReady", YES_NO),
        beat: parseBeat(read.raw("beat"), now),
      };
    case "running":
      return {
        status,
        launchedAt,
        healthy: read.oneOf("healthy", YES_NO),
        beat: parseBeat(read.raw("beat"), now),
      };
    case "ready":
      return {
        status,
        launchedAt,
        readyAt: instant(read, "readyAt", now),
        healthy: read.oneOf("healthy", YES_NO),
        beat: parseBeat(read.raw("beat"), now),
      };
    case "cancelling":
      return {
        status,
        launchedAt,
        cause: read.oneOf("cause", CAUSES),
        step: read.oneOf("step", ["asked", "killed"] as const),
        since: instant(read, "since", now),
        excused: read.oneOf("excused", YES_NO),
        pending: parsePending(read.raw("pending"), now),
      };
  }
}

function parseBeat(raw: unknown, now: Millis): Heartbeat | null {
  if (raw === null) return null;
  return within("beat", () => {
    const read = readState(raw);
    return {
      at: instant(read, "at", now),
      since: instant(read, "since", now),
      excused: read.oneOf("excused", YES_NO),
    };
  });
}

function parsePending(raw: unknown, now: Millis): PendingRestart | null {
  if (raw === null) return null;
  return within("pending", () => {
    const read = readState(raw);
    return {
      requester: text(read, "requester"),
      reason: text(read, "reason"),
      requestedAt: instant(read, "requestedAt", now),
      duplicates: read.whole("duplicates"),
    };
  });
}

function instant(read: StateReader, key: string, now: Millis): Millis {
  const at = read.instant(key, now);
  if (at === null) throw new PolicyStateError(key, "a whole number", "null");
  return at;
}

function text(read: StateReader, key: string): string {
  const value = read.raw(key);
  if (typeof value !== "string") throw new PolicyStateError(key, "a text", typeof value);
  return value;
}
