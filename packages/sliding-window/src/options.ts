import { type Millis, readOptions } from "@steadfast/policy";

/**
 * What counts, how many of it, in how long, and what happens at each edge.
 * @since 0.1.0
 */
export interface SlidingWindowOptions {
  /** How many slots a window has. Whole, from 0 (see `limitZero`) to 2^53-1. Required. */
  readonly limit: number;
  /**
   * How long a slot stays taken. Whole milliseconds, from 0 to 2^53-1. Required. With 0 a half-open
   * window never fills, and a closed one holds what happened in the same millisecond.
   */
  readonly windowMs: Millis;
  /**
   * Whether a stamp that is exactly `windowMs` old still counts: `half-open` (default) no,
   * `closed` yes.
   */
  readonly edge?: "half-open" | "closed";
  /**
   * What takes a slot. `launches` (default): every admitted request, the first start included.
   * `restarts`: every admitted request but `start`. `failures`: every failed exit; requests take none.
   */
  readonly counts?: "launches" | "restarts" | "failures";
  /**
   * When a request is refused: `limit` (default) when `limit` slots are taken, `over-limit` when more
   * than `limit` are, so that one more gets through.
   */
  readonly tripAt?: "limit" | "over-limit";
  /**
   * Whether a refused request takes a slot like an admitted one, so that asking too early prolongs the
   * wait. Default false. Without effect on `failures`, where no request takes a slot.
   */
  readonly recordRefused?: boolean;
  /**
   * What `limit: 0` means, whatever `tripAt` says. `refuse` (default): no. `run-once`: yes once, then
   * no until a `reset`. `unlimited`: yes. Without effect on any other limit.
   */
  readonly limitZero?: "refuse" | "run-once" | "unlimited";
}

/** Checks the options and fills the defaults in. */
export function readWindow(options: SlidingWindowOptions) {
  const read = readOptions("slidingWindow", options);
  /** One of some words, by default the first. (`oneOf` is typed for words; it tells booleans apart just as well.) */
  const word = <Word extends string | boolean>(key: keyof SlidingWindowOptions, ...words: Word[]) =>
    read.oneOf(key, words as string[], words[0] as string) as Word;
  const filled = {
    limit: read.whole("limit"),
    windowMs: read.whole("windowMs"),
    edge: word("edge", "half-open", "closed"),
    counts: word("counts", "launches", "restarts", "failures"),
    tripAt: word("tripAt", "limit", "over-limit"),
    recordRefused: word("recordRefused", false, true),
    limitZero: word("limitZero", "refuse", "run-once", "unlimited"),
  };
  read.end();
  return filled;
}
