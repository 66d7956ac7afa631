/**
 * What a number may be.
 * @since 0.1.0
 */
export interface NumberRange {
  /** The smallest value allowed, included. Left out: 0. */
  readonly min?: number | undefined;
  /** The largest value allowed, included. Left out: 2^53-1 if whole, else the largest double. */
  readonly max?: number | undefined;
  /** What stands for an absent option. Left out: the option must be given. */
  readonly default?: number;
}
