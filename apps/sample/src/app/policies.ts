// One composed policy per kind of child. This is the whole of what the app decides about restarts.

import { backoff, constant } from "@steadfast/backoff";
import { crashBudget } from "@steadfast/crash-budget";
import { allOf, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";

/**
 * The server is needed at all times, so every exit brings it back, a clean one, too. It comes back
 * fast after the first crash and slower after the next ones; a run of two seconds resets the delay.
 * The window is the emergency brake: a server that cannot live at all does not restart forever in a
 * tight loop.
 */
export function serverPolicy(): RestartPolicy {
  return allOf(
    restartOn("permanent"),
    inTurn(
      backoff({ initialMs: 50, factor: 2, capMs: 1_000, jitter: "equal", resetAfterMs: 2_000 }),
      slidingWindow({ limit: 30, windowMs: 60_000 }),
    ),
  );
}

/**
 * A worker gets one quick retry per window of crashes; after that it stays down for the rest of the
 * window, because a worker that dies twice in two seconds will die a third time. Meanwhile the other
 * workers count.
 */
export function workerPolicy(): RestartPolicy {
  return allOf(
    restartOn("permanent"),
    crashBudget({ retries: 1, windowMs: 2_000, retryDelayMs: 20 }),
  );
}

/** The task is done when it returns; when it fails it goes on almost at once, from the same ledger. */
export function taskPolicy(): RestartPolicy {
  return allOf(
    restartOn("transient"),
    inTurn(
      backoff({ curve: constant({ delayMs: 25 }), jitter: "none" }),
      slidingWindow({ limit: 20, windowMs: 10_000 }),
    ),
  );
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
