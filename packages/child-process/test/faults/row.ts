/**
 * One thing that goes wrong, what happens then, and the test that shows it with a real process: the file in
 * `test/real`, and the test's name as it is written there. `test/fault-table.test.ts` looks whether it is there.
 */
export type FaultRow = readonly [fault: string, happens: string, file: string, test: string];

/** Rows that belong together, under a heading. */
export interface FaultGroup {
  readonly heading: string;
  readonly rows: readonly FaultRow[];
}
