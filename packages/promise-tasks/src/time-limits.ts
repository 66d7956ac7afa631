// The limits of time of one retry: when the present attempt is over, and what a late look means.

import type { Millis } from "@steadfast/policy";
import type { Times } from "./retry-options.js";
import { TimedOutError } from "./timed-out.js";

export class TimeLimits {
  readonly #attemptTimeoutMs: number;
  readonly #deadlineMs: number;
  #deadlineAt = Number.POSITIVE_INFINITY;
  /** Whether the present attempt was looked at late already. */
  #isExcused = false;
  /** The time that is over for the present attempt. */
  over: TimedOutError | null = null;

  constructor({ attemptTimeoutMs, deadlineMs }: Times) {
    this.#attemptTimeoutMs = attemptTimeoutMs;
    this.#deadlineMs = deadlineMs;
  }

  begin(now: Millis): void {
    this.#deadlineAt = now + this.#deadlineMs;
  }

  /** Whether what would happen then comes too late. */
  isTooLate(at: Millis): boolean {
    return at >= this.#deadlineAt;
  }

  /** A new attempt begins. When it is to be looked at. */
  launch(since: Millis): Millis {
    this.over = null;
    this.#isExcused = false;
    return this.#lookAt(since);
  }

  /** Looks at the attempt: the time that is over, or when to look again. */
  look(now: Millis, dueAt: Millis): TimedOutError | Millis {
    const limitMs = this.#attemptTimeoutMs;
    if (this.isTooLate(now)) this.over = new TimedOutError("deadlineMs", this.#deadlineMs);
    else if (limitMs > 0 && now - dueAt > limitMs / 10 && !this.#isExcused) {
      this.#isExcused = true;
      return this.#lookAt(now);
    } else this.over = new TimedOutError("attemptTimeoutMs", limitMs);
    return this.over;
  }

  #lookAt(since: Millis): Millis {
    return Math.min(since + this.#attemptTimeoutMs, this.#deadlineAt, Number.MAX_SAFE_INTEGER);
  }
}
