// Exits in every shape that they come in, as plain JSON: with a code or with none, with an error of any
// type. Where an error is shown as a record, the policy gets a live one.

import type { Exit } from "@steadfast/policy";

export const CRASH: Exit = { kind: "failed", code: 1 };
export const WELL: Exit = { kind: "completed", code: 0 };

/** The shapes of each kind; every kind is as frequent as any other. */
const SHAPES: readonly (readonly Exit[])[] = [
  [
    CRASH,
    { kind: "failed", error: { name: "TypeError", message: "boom" } },
    { kind: "failed", error: "boom" },
    { kind: "failed" },
    { kind: "failed", error: null },
    { kind: "failed", code: 2 },
    { kind: "failed", code: 137, stderrTail: ["Killed"] },
    { kind: "failed", code: 3_221_225_477 },
  ],
  [WELL, { kind: "completed" }, { kind: "completed", value: { answer: 42 } }],
  [
    { kind: "signalled", signal: "SIGSEGV" },
    { kind: "signalled", signal: "SIGTERM" },
    { kind: "signalled", signal: "SIGKILL" },
  ],
  [
    { kind: "spawn-failed", error: { name: "Error", message: "spawn x ENOENT", code: "ENOENT" } },
    { kind: "spawn-failed", error: "EAGAIN" },
  ],
  [{ kind: "cancelled" }, { kind: "cancelled", error: { name: "AbortError", message: "enough" } }],
  [{ kind: "lost" }],
  [
    { kind: "timed-out", afterMs: 10 },
    { kind: "timed-out", afterMs: 10, ended: { kind: "signalled", signal: "SIGKILL" } },
  ],
  [{ kind: "out-of-memory" }, { kind: "out-of-memory", code: 1 }],
  [{ kind: "unhealthy", reason: "heartbeat-stale" }],
  [{ kind: "abandoned" }],
];

/** Every shape once. */
export const EXITS: readonly Exit[] = SHAPES.flat();

/** One of all shapes by a number from 0 to 255; now and then one of all codes. */
export function exitAt(index: number): Exit {
  const shapes = SHAPES[index % SHAPES.length] ?? [CRASH];
  const isFailed = shapes[0] === CRASH;
  const shape = Math.floor(index / SHAPES.length) % (shapes.length + Number(isFailed));
  return shapes[shape] ?? { kind: "failed", code: 2 + (index % 254) };
}

const live = new WeakMap<Exit, Exit>();

/** The exit with a live error, where its error is the record of one. */
export function liveExit(exit: Exit): Exit {
  const error = "error" in exit ? exit.error : null;
  if (typeof error !== "object" || error === null || !("message" in error)) return exit;
  const known = live.get(exit) ?? ({ ...exit, error: Object.assign(new Error(), error) } as Exit);
  live.set(exit, known);
  return known;
}
