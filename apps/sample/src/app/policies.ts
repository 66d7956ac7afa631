// One policy per kind of child, and one budget for all. With `restart` of each child in stack.ts this is the
// whole of what the app decides about restarts.

import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { allOf, giveUp, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

/**
 * The server is needed at all times, so every exit brings it back, a clean one, too. It comes back
 * fast after the first crash and slower after the next ones; a run of two seconds resets the delay.
 */
export function serverPolicy(): RestartPolicy {
  return backoff({ initialMs: 50, factor: 2, capMs: 1_000, jitter: "equal", resetAfterMs: 2_000 });
}

/**
 * A worker gets one quick retry per window of crashes; after that it stays down for the rest of the
 * window, because a worker that dies twice in two seconds will die a third time. Meanwhile the other
 * workers count.
 */
export function workerPolicy(): RestartPolicy {
  return crashBudget({ retries: 1, windowMs: 2_000, retryDelayMs: 20 });
}

/** The task is done when it returns; when it fails it goes on almost at once, from the same ledger. */
export function taskPolicy(): RestartPolicy {
  return backoff({ curve: constant({ delayMs: 25 }), jitter: "none" });
}

/**
 * The emergency brake for all together: a stack that cannot live does not restart forever. Fifty restarts in
 * any ten seconds, then it gives up.
 */
export function treeBudget(): RestartPolicy {
  return giveUp(slidingWindow({ limit: 50, windowMs: 10_000, counts: "restarts" }));
}

/** What `replay` compares with: a stricter policy for every child. */
export function strictPolicy(): RestartPolicy {
  return allOf(
    restartOn("transient"),
    inTurn(
      backoff({ initialMs: 500, factor: 2, capMs: 5_000, jitter: "none" }),
      slidingWindow({ limit: 3, windowMs: 10_000 }),
    ),
  );
}
