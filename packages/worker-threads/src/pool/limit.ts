// What ends a request before its answer: its signal, or its time limit.

import type { Millis } from "@steadfast/policy";
import { joinAbort, leaveAbort } from "@steadfast/supervisor/alarm";
import { RequestError } from "@steadfast/supervisor/requests";
import type { Ask } from "./ask.js";
import type { RunSettings } from "./settings.js";

/** Who withdraws it, and whose time it is. */
export interface Limited {
  /** Calls back in so many milliseconds. Returns what cancels it. */
  after(ms: Millis, ring: () => void): () => void;
  withdraw(kind: "aborted" | "timedOut"): void;
}

/** Waits for the signal and the time of a request, until that is settled. */
export function limit(
  ask: Ask,
  { signal, timeoutMs }: Pick<RunSettings, "signal" | "timeoutMs">,
  { after, withdraw }: Limited,
): void {
  if (!signal && timeoutMs === null) return;
  const ends = (kind: "aborted" | "timedOut", why: () => unknown) => () => {
    ask.leave?.();
    ask.why = why();
    withdraw(kind);
  };
  const late = (ms: Millis) =>
    ends("timedOut", () => new RequestError("timed-out", { timeoutMs: ms }));
  const unset = timeoutMs === null ? null : after(timeoutMs, late(timeoutMs));
  const listener = { onAbort: ends("aborted", () => signal?.reason) };
  if (signal) joinAbort(signal, listener);
  ask.leave = () => {
    ask.leave = null;
    unset?.();
    if (signal) leaveAbort(signal, listener);
  };
}
