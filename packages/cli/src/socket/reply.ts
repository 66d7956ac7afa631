// What a host answers, a line of JSON each; the end of the connection is the end of the answer.

import type { TreeHandleStatus } from "@steadfast/supervisor/tree";
import type { LogLine } from "../stack/log-book.js";
import type { TableRow } from "../status/table-row.js";

/** What is known of a stack. */
export interface StackStatus {
  readonly name: string;
  readonly folder: string;
  readonly pid: number;
  /** As the table shows them. */
  readonly rows: readonly TableRow[];
  /** As the core knows them. */
  readonly tree: TreeHandleStatus;
}

export type Reply =
  | { readonly status: StackStatus }
  | { readonly log: LogLine }
  /** So many lines did not get through: nobody took them. */
  | { readonly lost: number }
  | { readonly done: boolean; readonly text: string }
  /** The request was none. */
  | { readonly error: string };
