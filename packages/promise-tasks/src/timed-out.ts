import type { AnyExit, Exit } from "@steadfast/policy";

/**
 * Which time was over.
 * @since 0.1.0
 */
export type TimeLimit = "attemptTimeoutMs" | "deadlineMs";

/**
 * An attempt of `retry` took as long as its time limit, or was still running at the deadline.
 *
 * It is the reason of the attempt's signal, and what `retry` throws if that attempt was the last. Its `name`
 * is `TimeoutError`, as the platform's own is called; its `code` and `limit` are stable, so compare these.
 * Its `cause` is what the task then threw, if that was something else.
 *
 * Fix: find out what the task waits for, or give it more time by the option that `limit` names.
 *
 * @since 0.1.0
 */
export class TimedOutError extends Error {
  readonly code = "ERR_TIMED_OUT";
  /** The option that limits the time. */
  readonly limit: TimeLimit;
  /** Its value, in milliseconds. */
  readonly afterMs: number;

  constructor(limit: TimeLimit, afterMs: number) {
    super(`${limit} is over: ${afterMs} ms`);
    this.name = "TimeoutError";
    this.limit = limit;
    this.afterMs = afterMs;
  }
}

/** What it was ended for is wrapped around how it ended; what it threw then is kept as the cause. */
export function timedOutExit<Value>(ended: Exit<Value>, error: TimedOutError): Exit<Value> {
  const { error: thrown } = ended as AnyExit;
  if (ended.kind !== "completed" && thrown !== undefined && thrown !== error) error.cause = thrown;
  const exit = { kind: "timed-out", afterMs: error.afterMs, ended, error } as const;
  return exit;
}
