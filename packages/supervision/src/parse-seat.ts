import { type Millis, readState, type StateReader, within } from "@steadfast/policy";
import type { ProbeState, RecycleState, Seat } from "./state.js";

/** Reads back what is known of an attempt. Instants later than `now` are pulled back to `now`. */
export function parseSeat(raw: unknown, now: Millis): Seat {
  const read = readState(raw);
  const part = <Part>(key: string, parse: (raw: unknown) => Part): Part | null =>
    read.raw(key) === null ? null : within(key, () => parse(read.raw(key)));
  return {
    cause: read.oneOf("cause", ["start", "restart", "operator"]),
    launched: read.oneOf("launched", [true, false]),
    pid: wholeOrNull(read, "pid"),
    threadId: wholeOrNull(read, "threadId"),
    ...(read.raw("startTime") === undefined ? {} : { startTime: textOf(read, "startTime") }),
    probe: part("probe", (probe) => parseProbe(probe, now)),
    recycle: part("recycle", parseRecycle),
  };
}

const textOf = (read: StateReader, key: string): string =>
  read.checked<string>(key, "a text", (value) => typeof value === "string");

const wholeOrNull = (read: StateReader, key: string): number | null =>
  read.raw(key) === null ? null : read.whole(key);

/** The next probe is due no later than a period that began now: nothing is known of the period here. */
function parseProbe(raw: unknown, now: Millis): ProbeState {
  const read = readState(raw);
  const askedAt = read.instant("askedAt", now);
  return {
    probe: read.whole("probe"),
    askedAt,
    excused: read.oneOf("excused", [true, false]),
    nextAt: read.whole("nextAt", Number.MIN_SAFE_INTEGER),
    misses: read.whole("misses"),
  };
}

function parseRecycle(raw: unknown): RecycleState {
  const read = readState(raw);
  return {
    ageMs: wholeOrNull(read, "ageMs"),
    at: read.raw("at") === null ? null : read.whole("at", Number.MIN_SAFE_INTEGER),
    uses: wholeOrNull(read, "uses"),
  };
}
