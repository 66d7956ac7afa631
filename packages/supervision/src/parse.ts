// Reading back a saved supervision, field by field: its own state, or a snapshot of version 1 or 2.
//
// - Instants later than `now` are pulled back to `now`.
// - A wait ends no later than it would have: at most as long after `now` as was left of it when it was
//   saved. Where that instant is not known (the bare state), as long as the whole wait was.

import {
  type Exit,
  type ExitedEvent,
  type ExitRecord,
  exitRecord,
  type Millis,
  type RestartEvent,
  readState,
  type StateReader,
  within,
} from "@steadfast/policy";
import type { PostState } from "./draft.js";
import type { Ending } from "./effects.js";
import { initialState } from "./initial.js";
import { parseSeat } from "./parse-seat.js";
import { silent } from "./remote.js";
import type { Rules } from "./rules.js";
import { noStandbys } from "./standbys.js";
import type {
  Asking,
  Held,
  PendingWait,
  RemoteState,
  Standby,
  StandbyState,
  SupervisionState,
} from "./state.js";

/** When it is read, and when it was saved where that is known. */
export interface Instants {
  readonly now: Millis;
  readonly savedAt: Millis | null;
}

export function parseSupervision(rules: Rules, raw: unknown, now: Millis): SupervisionState {
  const read = readState(raw);
  if (read.raw("version") === undefined) return parseState(rules, read, { now, savedAt: null });
  const version = read.whole("version", 1, 2);
  const savedAt = read.whole("at", Number.MIN_SAFE_INTEGER);
  if (version === 1) return parseFirstVersion(rules, read, { now, savedAt });
  return within("supervision", () =>
    parseState(rules, readState(read.raw("supervision")), { now, savedAt }),
  );
}

/** A snapshot as it was before a supervision was a value. */
function parseFirstVersion(rules: Rules, read: StateReader, at: Instants): SupervisionState {
  const states = within("states", () => readState(read.raw("states")));
  const slot = within("states.slot", () => rules.slot.parse(states.raw("slot"), at.now));
  const policy = within("states.policy", () => parsePolicy(rules, states.raw("policy"), at.now));
  const wait = orNull(read, "pending", (raw) => parseWait(raw, at));
  return { ...initialState(rules), slot, policy, wait };
}

function parseState(rules: Rules, read: StateReader, at: Instants): SupervisionState {
  return {
    ...parsePost(rules, read, at),
    held: orNull(read, "held", parseHeld),
    ending: orNull(read, "ending", parseEnding),
    over: flag(read, "over"),
    unlimited: flag(read, "unlimited"),
  };
}

/** The part of a state that belongs to one child. */
export function parsePost(rules: Rules, read: StateReader, at: Instants): PostState {
  const { now } = at;
  const count = (key: string) => read.whole(key, 0, 2 ** 52);
  const isTimed = rules.settings.deadlineMs !== null && read.raw("begunAt") !== undefined;
  return {
    slot: within("slot", () => rules.slot.parse(read.raw("slot"), now)),
    policy: within("policy", () => parsePolicy(rules, read.raw("policy"), now)),
    wait: orNull(read, "wait", (raw) => parseWait(raw, at)),
    seat: orNull(read, "seat", (raw) => parseSeat(raw, now)),
    failed: read.oneOf("failed", [true, false, null]),
    failures: count("failures"),
    abandoned: count("abandoned"),
    reload: flag(read, "reload"),
    remote: rules.remote && (orNull(read, "remote", parseRemote) ?? silent),
    standby:
      rules.settings.standby > 0
        ? (orNull(read, "standby", (raw) => parseStandby(raw, at)) ?? noStandbys)
        : null,
    ...(isTimed && { begunAt: parseBegun(read, at) }),
  };
}

/** What had passed of its time when it was saved has passed. */
function parseBegun(read: StateReader, { now, savedAt }: Instants): Millis {
  const begun = read.whole("begunAt", Number.MIN_SAFE_INTEGER);
  return Math.min(begun, now - Math.max(0, (savedAt ?? begun) - begun));
}

export const flag = (read: StateReader, key: string): boolean => read.oneOf(key, [true, false]);

export function orNull<Part>(
  read: StateReader,
  key: string,
  parse: (raw: unknown) => Part,
): Part | null {
  const raw = read.raw(key);
  return raw === null ? null : within(key, () => parse(raw));
}

const parsePolicy = ({ own }: Rules, raw: unknown, now: Millis): unknown =>
  own ? own.parse(raw, now) : null;

function parseWait(raw: unknown, { now, savedAt }: Instants): PendingWait {
  const read = readState(raw);
  const until = read.whole("until", Number.MIN_SAFE_INTEGER);
  const began =
    read.raw("since") === undefined ? savedAt : read.whole("since", Number.MIN_SAFE_INTEGER);
  const since = Math.min(began ?? now, now);
  const leftMs = Math.max(0, until - (savedAt ?? began ?? now));
  return {
    for: read.oneOf("for", ["delay", "not-yet"]),
    cause: read.oneOf("cause", ["start", "restart", "operator"]),
    since,
    until: Math.min(until, now + leftMs, Number.MAX_SAFE_INTEGER),
    reason: textOrNull(read, "reason"),
  };
}

const textOrNull = (read: StateReader, key: string): string | null =>
  read.raw(key) === undefined
    ? null
    : read.checked(key, "a text or null", (value) => value === null || typeof value === "string");

export const text = (read: StateReader, key: string): string =>
  read.checked(key, "a text", (value) => typeof value === "string");

function parseHeld(raw: unknown): Held {
  const read = readState(raw);
  return {
    reason: text(read, "reason"),
    cause: read.oneOf("cause", ["start", "restart", "operator"]),
  };
}

function parseEnding(raw: unknown): Ending {
  const read = readState(raw);
  const type = read.oneOf("type", ["stopped", "refused", "completed", "excused", "failed"]);
  if (type === "stopped") return { type, by: read.oneOf("by", ["stop", "abort", "dispose"]) };
  if (type !== "refused") return { type };
  const isKnown = read.raw("retryAfterMs") !== null;
  return {
    type,
    reason: text(read, "reason"),
    retryAfterMs: isKnown ? read.whole("retryAfterMs", 1) : null,
  };
}

export const list = <Item>(read: StateReader, key: string, parse: (raw: unknown) => Item): Item[] =>
  read
    .checked<readonly unknown[]>(key, "an array", Array.isArray)
    .map((raw, i) => within(`${key}[${i}]`, () => parse(raw)));

function parseRemote(raw: unknown): RemoteState {
  const read = readState(raw);
  const facts = list(read, "facts", parseFact);
  const asking = orNull(read, "asking", (open) => parseAsking(open, facts.length));
  return { next: read.whole("next", 1), facts, asking };
}

function parseAsking(raw: unknown, facts: number): Asking {
  const read = readState(raw);
  return {
    ask: read.whole("ask", 1),
    cause: read.oneOf("cause", ["start", "restart", "operator"]),
    draw: read.finite("draw"),
    wall: read.whole("wall", Number.MIN_SAFE_INTEGER),
    told: read.whole("told", 0, facts),
    ...(read.raw("lingeredMs") === undefined ? {} : { lingeredMs: read.whole("lingeredMs") }),
  };
}

function parseFact(raw: unknown): RestartEvent {
  const read = readState(raw);
  const type = read.oneOf("type", ["exited", "healthy", "reset"]);
  if (type !== "exited") return { type };
  const event: ExitedEvent = {
    type,
    exit: parseExit(read),
    failed: read.oneOf("failed", [true, false]),
    uptimeMs: read.whole("uptimeMs"),
  };
  return event;
}

export const parseExit = (read: StateReader): ExitRecord =>
  exitRecord(read.checked<Exit>("exit", "an exit", isObject));

const isObject = (value: unknown) => typeof value === "object" && value !== null;

function parseStandby(raw: unknown, at: Instants): StandbyState {
  const read = readState(raw);
  return {
    next: read.whole("next", 1),
    list: list(read, "list", (one) => parseOneStandby(one, at.now)),
    wait: orNull(read, "wait", (wait) => parseWait(wait, at)),
    spent: read.oneOf("spent", [true, false]),
  };
}

function parseOneStandby(raw: unknown, now: Millis): Standby {
  const read = readState(raw);
  return {
    standby: read.whole("standby", 1),
    since: Math.min(read.whole("since", Number.MIN_SAFE_INTEGER), now),
    up: read.oneOf("up", [true, false]),
  };
}
