// Reading back the parts of a saved tree: pages and what stands in them, the plan, and what waits.

import { readState, type StateReader, within } from "@steadfast/policy";
import { flag, type Instants, list, orNull, parseExit, parsePost, text } from "../parse.js";
import type { TreeOutcome } from "./effects.js";
import type { KindRules } from "./settings.js";
import type { ChildOrder, LateExit, Later, Plan, PlanOrder, Roll, TreeChild } from "./state.js";

const WIDTH = 32;
const MOST_HEIGHT = 10;

/** Calls `take` with every item of a paged list, in order. */
export function eachItem(raw: unknown, take: (item: unknown, ordinal: number) => void): void {
  if (raw !== null) eachOf(raw, MOST_HEIGHT, 0, take);
}

function eachOf(
  raw: unknown,
  most: number,
  base: number,
  take: (item: unknown, ordinal: number) => void,
): void {
  const read = readState(raw);
  const height = read.whole("height", 0, most);
  const span = WIDTH ** height;
  const parts = read.checked<readonly unknown[]>("of", "at most 32 parts", isPage);
  parts.forEach((part, place) => {
    if (part === null) return;
    const ordinal = base + place * span;
    within(`of[${place}]`, () => {
      if (height > 0) eachOf(part, height - 1, ordinal, take);
      else take(readState(part).raw("item"), ordinal);
    });
  });
}

const isPage = (value: unknown) => Array.isArray(value) && value.length <= WIDTH;

/** A child of a kind that the tree knows. */
export function parseChild(kind: KindRules, read: StateReader, at: Instants): TreeChild {
  const { rules, tree } = kind;
  const raw = read.raw("inner");
  return {
    id: text(read, "id"),
    kind: text(read, "kind"),
    ...parsePost(rules, read, at),
    inner: tree && raw !== null ? within("inner", () => tree.parse(raw, at.now)) : null,
    done: flag(read, "done"),
    completed: flag(read, "completed"),
    held: flag(read, "held"),
    late: orNull(read, "late", parseLate),
  };
}

function parseLate(raw: unknown): LateExit {
  const read = readState(raw);
  return {
    exit: parseExit(read),
    failed: flag(read, "failed"),
    uptimeMs: read.whole("uptimeMs"),
    idle: flag(read, "idle"),
    unstarted: flag(read, "unstarted"),
  };
}

const isOrdinals = (value: unknown) =>
  Array.isArray(value) &&
  value.every((one, i) => Number.isSafeInteger(one) && one >= 0 && (i === 0 || one > value[i - 1]));

/** The plan, without those who are not `there`. Its gate is not read, but follows from the waits. */
export function parsePlan(raw: unknown, there: (ordinal: number) => boolean, now: number): Plan {
  const read = readState(raw);
  const ordinals = (key: string) =>
    read.checked<readonly number[]>(key, "ascending whole numbers", isOrdinals);
  const left = (key: string, to: number) => ordinals(key).slice(0, to).filter(there);
  const stop = left("stop", read.whole("stopping"));
  const start = ordinals("start").slice(read.whole("begun")).filter(there);
  return {
    stop,
    stopping: stop.length,
    start,
    begun: 0,
    starting: read
      .checked<readonly number[]>("starting", "whole numbers", Array.isArray)
      .filter(there),
    waits: ordinals("waits").filter(there),
    gateAt: null,
    openAt: read.instant("openAt", now),
    lateAt: read.instant("lateAt", Number.MAX_SAFE_INTEGER),
    boot: flag(read, "boot"),
    ops: list(read, "ops", parseOp).filter((op) => there(op.ordinal)),
  };
}

function parseOp(raw: unknown): PlanOrder {
  const read = readState(raw);
  return {
    type: read.oneOf("type", ["start-child", "terminate-child", "restart-child"]),
    ordinal: read.whole("ordinal"),
    ref: read.whole("ref", Number.MIN_SAFE_INTEGER),
  };
}

export function parseRoll(raw: unknown): Roll {
  const read = readState(raw);
  return {
    id: text(read, "id"),
    ref: read.whole("ref", Number.MIN_SAFE_INTEGER),
    maxUnavailable: read.whole("maxUnavailable", 1),
    left: read.checked("left", "pairs of whole numbers", isPairs),
  };
}

const isPairs = (value: unknown) =>
  Array.isArray(value) &&
  value.every(
    (one: unknown) => Array.isArray(one) && one.length === 2 && one.every(Number.isSafeInteger),
  );

export function parseLater(raw: unknown): Later {
  const read = readState(raw);
  if (read.raw("order") !== undefined) {
    return { order: within("order", () => parseOrder(readState(read.raw("order")))) };
  }
  return { ordinal: read.whole("ordinal"), generation: read.whole("generation", -1) };
}

function parseOrder(read: StateReader): ChildOrder {
  const id = text(read, "id");
  const ref = read.whole("ref", Number.MIN_SAFE_INTEGER);
  const type = read.oneOf("type", [
    "start-child",
    "terminate-child",
    "restart-child",
    "delete-child",
  ]);
  return type === "start-child" ? { type, id, kind: text(read, "kind"), ref } : { type, id, ref };
}

export function parseOutcome(raw: unknown): TreeOutcome {
  const read = readState(raw);
  const type = read.oneOf("type", ["stopped", "refused", "completed", "start-failed", "failed"]);
  if (type === "stopped") {
    return { type, by: read.oneOf("by", ["stop", "abort", "dispose", "parent"]) };
  }
  if (type === "failed" && read.raw("path") === null) return { type, path: null };
  const path = read.checked<readonly string[]>("path", "an array of texts", isTexts);
  if (type !== "refused") return { type, path };
  const isKnown = read.raw("retryAfterMs") !== null;
  return {
    type,
    reason: text(read, "reason"),
    retryAfterMs: isKnown ? read.whole("retryAfterMs", 1) : null,
    path,
  };
}

const isTexts = (value: unknown) =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
