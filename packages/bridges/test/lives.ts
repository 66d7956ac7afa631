// Lives of a child as a service manager sees it: a start, exits and what follows each, at gaps that are the
// policy's own times, one less and one more.

import type { Exit, Millis, RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { isFailure } from "@steadfast/policy";
import fc from "fast-check";

export type Life = readonly { readonly at: Millis; readonly event: RestartEvent }[];

const EXITS: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "failed", code: 1 },
  { kind: "failed", code: 3 },
  { kind: "failed", code: 143 },
  { kind: "signalled", signal: "SIGKILL" },
  { kind: "signalled", signal: "SIGTERM" },
  { kind: "signalled", signal: "SIGPIPE" },
  { kind: "completed", code: 0 },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "unhealthy", reason: "probe", ended: { kind: "signalled", signal: "SIGKILL" } },
  { kind: "timed-out", afterMs: 5, ended: { kind: "signalled", signal: "SIGTERM" } },
  { kind: "lost" },
];

/** A start, and exits with a request after each; now and then the child is healthy in between. */
export function lives(timesMs: readonly Millis[], fails = isFailure): fc.Arbitrary<Life> {
  // Also what is left of a window once a delay is over.
  const left = timesMs.flatMap((a) => timesMs.map((b) => a - b)).filter((ms) => ms > 0);
  const around = [0, 1, 1_000, ...timesMs, ...left]
    .filter((ms) => ms <= 10_000_000)
    .flatMap((ms) => [Math.max(0, ms - 1), ms, ms + 1]);
  const gap = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.constantFrom(...around));
  const run = fc.tuple(gap, gap, fc.constantFrom(...EXITS), fc.boolean());
  return fc.array(run, { minLength: 1, maxLength: 20 }).map((runs) => {
    const ask = (cause: "start" | "restart"): RestartEvent => ({
      type: "launch",
      cause,
      draw: 0,
      wall: 0,
    });
    let now = 1_000_000;
    const life: { at: Millis; event: RestartEvent }[] = [{ at: now, event: ask("start") }];
    for (const [wait, ran, exit, healthy] of runs) {
      const uptimeMs = exit.kind === "spawn-failed" ? 0 : ran;
      now += wait + uptimeMs;
      if (healthy && uptimeMs > 0) life.push({ at: now, event: { type: "healthy" } });
      life.push({ at: now, event: { type: "exited", exit, failed: fails(exit), uptimeMs } });
      life.push({ at: now, event: ask("restart") });
    }
    return life;
  });
}

/**
 * What became of each request, as a service manager has it: a delay to the microsecond, or the end. The life is over
 * at the end.
 */
export function fate(
  policy: RestartPolicy,
  life: Life,
  onNotYet: "wait" | "end",
): readonly (number | string)[] {
  let state = policy.initial();
  const fates: (number | string)[] = [];
  for (const { at, event } of life) {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    if (event.type !== "launch") continue;
    const one = said(decision, onNotYet);
    fates.push(one);
    if (one === "end") break;
  }
  return fates;
}

function said(decision: RestartDecision, onNotYet: "wait" | "end"): number | string {
  if (decision.type === "launch") return Math.round(decision.delayMs * 1_000);
  if (decision.type === "refuse" && decision.retryAfterMs !== null && onNotYet === "wait") {
    return `wait ${decision.retryAfterMs}`;
  }
  return "end";
}
