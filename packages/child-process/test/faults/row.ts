/**
 * One thing that goes wrong, and the test that shows it with a real process. `test/fault-table.test.ts` looks whether that
 * is there.
 */
export type { FaultGroup, FaultRow } from "../../../../config/testing/fault-table.ts";
