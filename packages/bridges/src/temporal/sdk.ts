// What is used of @temporalio/activity.

/**
 * What is used of the context of an activity.
 * @since 0.1.0
 */
export interface TemporalContext {
  /** About this attempt. */
  readonly info: {
    /** Which attempt it is: a number, at least 1. */
    readonly attempt: number;
    /** The details of the last heartbeat of an earlier attempt. */
    readonly heartbeatDetails: unknown;
    /** Whether it runs within the workflow's own task, without heartbeats. */
    readonly isLocal: boolean;
  };
  /** Aborted when the activity is cancelled. */
  readonly cancellationSignal: { readonly aborted: boolean };
  /** Tells the server how far it is. */
  heartbeat(details?: unknown): void;
}

/**
 * What is used of `@temporalio/activity`: its module as it is.
 * @since 0.1.0
 */
export interface TemporalSdk {
  /** Where an activity finds its context. */
  readonly Context: { current(): TemporalContext };
  /** Who hands the context on. */
  readonly asyncLocalStorage: { run<Value>(context: never, run: () => Value): Value };
  /** What an attempt fails with. */
  readonly ApplicationFailure: {
    fromError(
      error: unknown,
      overrides: { readonly nonRetryable: boolean; readonly nextRetryDelay?: number },
    ): Error;
  };
  /** What a cancelled activity fails with. */
  readonly CancelledFailure: abstract new (
    ...args: never
  ) => Error;
  /** What an activity throws that somebody else completes. */
  readonly CompleteAsyncError: abstract new (
    ...args: never
  ) => Error;
}
