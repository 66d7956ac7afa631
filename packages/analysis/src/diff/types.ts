import type { Exit, Millis, RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import type { SupervisionRules } from "../simulate/rules.js";

/**
 * One of the two that `diff` compares: a policy, or a preset, whose `isFailure`, `onNotYet` and `healthyAfterMs` are then its own.
 * @since 0.1.0
 */
export type DiffSide =
  | RestartPolicy
  | ({
      /** The policy of the preset. */
      readonly policy: RestartPolicy;
    } & SupervisionRules);

/**
 * When two decisions count as the same.
 *
 * - `decisions`: the kind, the delay and the time to wait are equal. Reasons are named differently
 *   everywhere, so they do not count.
 * - `reasons`: these, too.
 * - `kinds`: both launch, both say "not yet", or both say "never". The child is then launched, or asked
 *   for again, when the slower of the two would.
 * - a function of your own, which must be pure.
 *
 * @since 0.1.0
 */
export type Sameness =
  | "decisions"
  | "reasons"
  | "kinds"
  | ((a: RestartDecision, b: RestartDecision) => boolean);

/**
 * How two policies are compared.
 * @since 0.1.0
 */
export interface DiffOptions {
  /** When two decisions are the same. Default `decisions`. */
  readonly compare?: Sameness;
  /** How a child may end, the simplest first; at least one. Default: failed with code 1; completed. */
  readonly exits?: readonly [Exit, ...Exit[]];
  /** How many traces are tried beyond the short ones: a whole number from 0 to 2^53-1. Default 300. */
  readonly runs?: number;
  /**
   * The most lives in a trace: a whole number from 0 to 10 000. Default: two more than the largest limit that
   * the descriptions of the two say, and at least 60.
   */
  readonly maxLives?: number;
  /** What the two are called in the table. Default: the names of their policies. Equal names get `(a)` and `(b)`. */
  readonly names?: readonly [string, string];
  /** Of the traces tried, any finite number: the same seed, the same answer. Default 1. */
  readonly seed?: number;
}

/**
 * One event of a trace, and what the two said.
 * @since 0.1.0
 */
export interface DiffRow {
  /** The instant. */
  readonly at: Millis;
  /** What happened, or what was asked; of an exit, `failed` is the verdict of the first side's judge. */
  readonly event: RestartEvent;
  /** What the first said; null where it did not hear of it, because its `healthyAfterMs` is another. */
  readonly a: RestartDecision | null;
  /** What the second said; likewise. */
  readonly b: RestartDecision | null;
}

/**
 * How far `diff` looked for a difference.
 * @since 0.1.0
 */
export interface Looked {
  /** How many traces were tried. */
  readonly traces: number;
  /** How many lives the longest of them had. */
  readonly lives: number;
  /** All traces of up to so many lives that matter to the two were among them. */
  readonly allUpTo: number;
}

/**
 * A trace on which two policies agree up to its last event; or how far was looked for one.
 * @since 0.1.0
 */
export interface Diff {
  /** Whether one was found. */
  readonly differ: boolean;
  /** Every event, oldest first; they disagree on the last one. Empty if none was found. */
  readonly trace: readonly DiffRow[];
  /** The lives that lead there: a world for `simulate`. Empty if none was found. */
  readonly lives: readonly { readonly uptimeMs: Millis; readonly exit: Exit }[];
  /** How far it looked; where they differ, until then. */
  readonly looked: Looked;
  /** The trace in columns, for printing, equal rows in one; or one line that says how far it looked. */
  readonly table: string;
}
