export type { ChildConfig, ProbeConfig, StackConfig, StopConfig } from "./config/stack.js";
export { type Budget, type Decider, type Entry, type Ledger, ledger } from "./status/ledger.js";
export { statusTable, type TableLook } from "./status/table.js";
export {
  type KnownStatus,
  rowOf,
  type State,
  type TableRow,
  type Told,
} from "./status/table-row.js";
