// Exits in every shape that they come in, as plain JSON: with a code or with none, with an error of any
// type. Where an error is told as a record, the policy is given a live one.

import type { Exit } from "@steadfast/policy";

/** The first is the one that failures shrink towards. */
export const EXITS: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "completed", code: 0 },
  { kind: "signalled", signal: "SIGSEGV" },
  { kind: "spawn-failed", error: { name: "Error", message: "spawn x ENOENT", code: "ENOENT" } },
  { kind: "cancelled" },
  { kind: "lost" },
  { kind: "timed-out", afterMs: 10 },
  { kind: "out-of-memory" },
  { kind: "unhealthy", reason: "heartbeat-stale" },
  { kind: "abandoned" },
  { kind: "failed", error: { name: "TypeError", message: "boom" } },
  { kind: "failed", error: "boom" },
  { kind: "failed" },
  { kind: "failed", error: null },
  { kind: "failed", code: 137, stderrTail: ["Killed"] },
  { kind: "failed", code: 3_221_225_477 },
  { kind: "completed" },
  { kind: "completed", value: { answer: 42 } },
  { kind: "signalled", signal: "SIGTERM" },
  { kind: "spawn-failed", error: "EAGAIN" },
  { kind: "cancelled", error: { name: "AbortError", message: "aborted" } },
  { kind: "timed-out", afterMs: 10, ended: { kind: "signalled", signal: "SIGKILL" } },
];

export const CRASH = EXITS[0] as Exit;
export const WELL = EXITS[1] as Exit;

/** One of all shapes by a number from 0 to 255; now and then one of all codes. */
export function exitAt(index: number): Exit {
  return EXITS[index % (EXITS.length + 4)] ?? { kind: "failed", code: 2 + (index % 254) };
}

const live = new WeakMap<Exit, Exit>();

/** The exit with a live error, where its error is the record of one. */
export function liveExit(exit: Exit): Exit {
  const error = "error" in exit ? exit.error : null;
  if (typeof error !== "object" || error === null || !("message" in error)) return exit;
  const known = live.get(exit) ?? { ...exit, error: Object.assign(new Error(), error) };
  live.set(exit, known as Exit);
  return known as Exit;
}
