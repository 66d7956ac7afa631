// One child as a row: what the core knows of it, in words.

import { readArguments } from "@steadfast/policy";
import type { TreeChildStatus } from "@steadfast/supervisor/tree";
import type { Budget } from "./ledger.js";

/**
 * How a child stands.
 * @since 0.1.0
 */
export interface State {
  /** In one word, such as `ready`, `waiting`, `not yet`, `stopping`, `done`. */
  readonly word: string;
  /** What that is to a person: `quiet` is neither good nor bad. */
  readonly is: "good" | "waiting" | "bad" | "quiet";
}

/**
 * What a row says.
 * @since 0.1.0
 */
export interface TableRow {
  /** Its path. */
  readonly name: string;
  /** How it stands, in one word, and whether that is good, a wait, bad, or quiet: nothing is wanted of it. */
  readonly state: State;
  /** Null where it has none. */
  readonly pid: number | null;
  /** From its launch to now; null while it is not there. */
  readonly uptimeMs: number | null;
  /** Attempts after the first. */
  readonly restarts: number;
  /** What is left of its limit; null where it has none. */
  readonly budget: Budget | null;
  /** What happens next and in how many milliseconds; null for nothing that is known. */
  readonly next: { readonly what: string; readonly inMs: number } | null;
  /** Why it stands as it does, in sentences; none where there is nothing to say. */
  readonly why: readonly string[];
}

/**
 * What is known besides the status.
 * @since 0.1.0
 */
export interface Told {
  /** What is left of its limit. Default: it has none. */
  readonly budget?: Budget | null;
  /** Sentences about why it is not up; shown only then. Default: none. */
  readonly why?: readonly string[];
}

/**
 * What is read of the status of a child: that of a tree, or of one supervision.
 * @since 0.1.0
 */
export interface KnownStatus
  extends Pick<
    TreeChildStatus,
    "id" | "path" | "status" | "intent" | "open" | "pid" | "uptimeMs" | "restarts" | "lastExit"
  > {
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
  /** What it waits for, and until when; null for nothing. */
  readonly waiting: Pick<NonNullable<TreeChildStatus["waiting"]>, "for" | "until" | "cause"> | null;
  /** How far an ending has got; null for none. */
  readonly stop: Pick<NonNullable<TreeChildStatus["stop"]>, "step" | "deadlineAt"> | null;
}

/**
 * Makes the status of a child a row of the table.
 *
 * Decides: the word for how it stands, and what is next: the end of its wait, or of its grace period. Units: milliseconds.
 * Edge: sentences about a child that is well are left out. Pure. Errors: `PolicyOptionsError` for a fourth argument.
 *
 * @since 0.1.0
 * @param status what is known of it.
 * @param now the instant of the status, on the clock of the tree.
 * @param told what is known besides.
 * @example
 * const status = { id: "web", path: "/web", status: "stopped", intent: "active", open: true, pid: null, uptimeMs: null, restarts: 1,
 *   lastExit: null, done: false, stop: null, waiting: { for: "delay", until: 300, cause: "restart" } } as const;
 * const row = rowOf(status, 100, { why: ["It failed."] });
 * row.state; // => { word: "waiting", is: "waiting" }
 * row.next; // => { what: "restart", inMs: 200 }
 */
export function rowOf(
  status: KnownStatus,
  now: number,
  { budget = null, why = [] }: Told = {},
): TableRow {
  readArguments("rowOf", arguments, 3);
  const state = stateOf(status);
  return {
    name: status.path.replace(/^\//, "") || status.id,
    state,
    pid: status.pid,
    uptimeMs: status.uptimeMs,
    restarts: status.restarts,
    budget,
    next: nextOf(status, now),
    why: state.is === "good" || state.is === "quiet" ? [] : why,
  };
}

function stateOf({ status, waiting, intent, done, lastExit, stop, open }: KnownStatus): State {
  if (stop) return { word: stop.step === "killed" ? "killed" : "stopping", is: "waiting" };
  if (status !== "stopped") {
    const good = status === "ready";
    return { word: good ? "ready" : status, is: good ? "good" : "waiting" };
  }
  if (!open && !done) return { word: "stopped", is: "quiet" };
  if (intent !== "active") return { word: intent, is: "quiet" };
  if (done) {
    const failed = lastExit !== null && lastExit.kind !== "completed";
    return failed ? { word: "failed", is: "bad" } : { word: "done", is: "quiet" };
  }
  if (waiting) {
    return waiting.for === "delay"
      ? { word: "waiting", is: "waiting" }
      : { word: "not yet", is: "bad" };
  }
  return { word: "queued", is: "waiting" };
}

function nextOf({ waiting, stop }: KnownStatus, now: number): TableRow["next"] {
  if (stop) {
    const what = stop.step === "asked" ? "kill" : "give up";
    const inMs = stop.deadlineAt - now;
    return Number.isFinite(inMs) && inMs < Number.MAX_SAFE_INTEGER / 2 ? { what, inMs } : null;
  }
  if (!waiting) return null;
  const what = waiting.for === "delay" ? waiting.cause : "ask";
  return { what: what === "operator" ? "start" : what, inMs: waiting.until - now };
}
