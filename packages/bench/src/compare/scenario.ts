// What a comparison is, as data: a situation in which a peer was seen to fail, or to cost more, and what either
// side does in it. A side runs in a process of its own (side.ts), which is ended after a deadline (run.ts).

/** What one side did. */
export interface Said {
  /** In a few words, as the table shows it. */
  readonly did: string;
  /** Whether it is what a caller would want: an end, in time, with the cause. */
  readonly isRight: boolean;
  /** What it cost, where the scenario is about that; less is better. */
  readonly cost?: number;
}

export interface Scenario {
  /** A word or two with hyphens, the key of a row. */
  readonly name: string;
  readonly title: string;
  /** The package in bench/ whose version the table names. */
  readonly peer: string;
  /** What the peer did when it was first tried. */
  readonly found: string;
  readonly theirs: () => Promise<Said>;
  readonly ours: () => Promise<Said>;
}

export const SIDES = ["theirs", "ours"] as const;
export type Side = (typeof SIDES)[number];

/** One row of a run. `version` is that of the peer. */
export interface Row {
  readonly name: string;
  readonly version: string;
  readonly theirs: Said;
  readonly ours: Said;
}

/** What `pnpm compare --write` leaves in published/. */
export interface Comparison {
  readonly at: string;
  readonly node: string;
  readonly rows: readonly Row[];
}
