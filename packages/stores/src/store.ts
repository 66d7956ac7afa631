// What a store is: a value per key that is only replaced by the one who knows what stands there.

import type { AskSignal, Millis } from "@steadfast/policy";

/**
 * What stands under a key.
 * @since 0.1.0
 */
export interface Entry {
  /** Made up by the one who wrote it, for this write alone: never used twice. */
  readonly revision: string;
  /** The value: text, to be given back letter for letter. */
  readonly value: string;
}

/**
 * What a store answers.
 * @since 0.1.0
 */
export interface Stored {
  /** What stands there; null for nothing. */
  readonly entry: Entry | null;
  /**
   * The store's clock when it answered, in milliseconds since the epoch: all hosts go by it. A fraction is
   * dropped.
   */
  readonly now: Millis;
}

/** How much later than `asOf` a store may write: a host that was stopped meanwhile asks again. */
export const MOST_LATE_MS = 100;

/**
 * A place for the state of shared policies: read, and compare-and-set. `storeCases` of `/testing` says what it
 * must keep, as tests.
 *
 * What an implementer must keep:
 * - `swap` is one step for everybody: of two with the same `expected`, at most one writes.
 * - What was read or written is what the next `read` of anybody answers, or something newer.
 * - A call that cannot be answered rejects; it may never settle once its `signal` is aborted. Whether a rejected
 *   `swap` has written need not be known.
 *
 * @since 0.1.0
 */
export interface Store {
  /** For messages and logs, such as `redisStore`. */
  readonly name: string;
  /** What stands under a key now. */
  read(key: string, signal: AskSignal): Promise<Stored>;
  /**
   * Writes `next` if what stands there has the revision `expected`; null: if nothing does. Settles with null if it was
   * written, else with what stands there. With `asOf`, which only a store with `swapsAsOf` is given: writes only if its clock, to
   * the fraction, shows that instant or at most 100 ms more.
   */
  swap(
    key: string,
    expected: string | null,
    next: Entry,
    signal: AskSignal,
    asOf?: Millis,
  ): Promise<Stored | null>;
  /**
   * Whether `swap` looks at `asOf`: then a host that asks often needs one round trip for a launch. Left out: it does not,
   * and everything is read first.
   */
  readonly swapsAsOf?: boolean;
}
