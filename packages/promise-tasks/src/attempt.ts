// What one attempt of a retry is given. What the task may never ask for is made when it does.

import type { Millis } from "@steadfast/policy";
import { TaskSignal } from "./task-signal.js";

/**
 * What each call of a retried task is given. The functions need no `this`.
 * @since 0.1.0
 */
export interface RetryContext {
  /** Which attempt this is: 1-based, the first included. */
  readonly attempt: number;
  /**
   * Fires when the attempt is to end: with the caller's own reason if its signal has fired, with a
   * `TimedOutError` if a time is over. A new one for each attempt.
   */
  readonly signal: AbortSignal;
  /** Throws the error, and makes a failure of this attempt the last: no policy is asked about it. */
  readonly giveUp: (error: unknown) => never;
}

export class Attempt implements RetryContext {
  readonly attempt: number;
  #signal: TaskSignal | null = null;
  #stop: { readonly reason: unknown } | null = null;
  #hasGivenUp = false;

  readonly #since: Millis;

  constructor(attempt: number, since: Millis) {
    this.attempt = attempt;
    this.#since = since;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#signal = new TaskSignal();
      if (this.#stop) this.#signal.abort(this.#stop.reason);
    }
    return this.#signal.signal;
  }

  get giveUp(): (error: unknown) => never {
    return (error) => {
      this.#hasGivenUp = true;
      throw error;
    };
  }

  /** When it was launched. */
  static since(attempt: Attempt): Millis {
    return attempt.#since;
  }

  static hasGivenUp(attempt: Attempt): boolean {
    return attempt.#hasGivenUp;
  }

  /** Asks it to end, once. Throws what a listener of the task throws. */
  static abort(attempt: Attempt, reason: unknown): void {
    attempt.#stop ??= { reason };
    attempt.#signal?.abort(attempt.#stop.reason);
  }
}
