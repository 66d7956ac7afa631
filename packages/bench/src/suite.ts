// What a benchmark is, as data: tables of candidates that do the same job. Each candidate is measured in a
// process of its own (candidate.ts), candidates take turns, and a ratio is that of one round.

/** What one measurement of a candidate gave, by the name of the figure. */
export type Figures = Readonly<Record<string, number>>;

/** How a figure is printed. */
export interface Figure {
  readonly unit: string;
  /** Digits after the point; 2 by default. */
  readonly digits?: number;
}

/** What we mean to reach. Exactly one of `atMost` and `atLeast`. */
export interface Reach {
  readonly candidate: string;
  readonly figure: string;
  /** The candidate whose figure, in the same round, is 1. Without it the figure itself is meant. */
  readonly than?: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Table {
  readonly name: string;
  readonly title: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** The first is the one that the others are compared with. */
  readonly candidates: Readonly<Record<string, () => Figures | Promise<Figures>>>;
  readonly reaches?: readonly Reach[];
}

export interface Suite {
  readonly name: string;
  /** Flags of the Node that measures. */
  readonly flags?: readonly string[];
  readonly tables: readonly Table[];
}

/** Thrown by a candidate that cannot be measured here: the table says why. */
export class NotMeasured extends Error {}

/** The candidate's answer on stdout. */
export type Answer = { readonly figures: Figures } | { readonly notMeasured: string };

/** Collections only when asked, and a young generation that takes all garbage of a measurement. */
export const QUIET_HEAP = [
  "--expose-gc",
  "--min-semi-space-size=128",
  "--max-semi-space-size=128",
] as const;
