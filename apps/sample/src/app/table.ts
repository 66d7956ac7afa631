// The live view as text: pure, so that it can be tested without a terminal.

import type { TreeChildStatus } from "@steadfast/supervisor/tree";
import { causeOf } from "./tally.js";

const COLUMNS = [
  ["child", 10],
  ["status", 11],
  ["attempt", 8],
  ["refused", 8],
  ["last exit", 18],
  ["waits", 16],
] as const;

export interface Row {
  readonly status: TreeChildStatus;
  readonly refusals: number;
}

/** The table and the progress bar, every line at most `width` wide. */
export function renderTable(
  rows: readonly Row[],
  counted: number,
  files: number,
  now: number,
  width: number,
): string {
  const lines = [line(COLUMNS.map(([name]) => name)), ...rows.map((row) => line(cells(row, now)))];
  return [...lines, "", bar(counted, files, width)].map((text) => text.slice(0, width)).join("\n");
}

function cells({ status, refusals }: Row, now: number): string[] {
  const { id, attempts, lastExit, waiting } = status;
  const waits = waiting && `${waiting.for} ${Math.max(0, Math.ceil(waiting.until - now))} ms`;
  return [
    id,
    status.status,
    String(attempts),
    String(refusals),
    lastExit ? causeOf(lastExit) : "",
    waits ?? "",
  ];
}

function line(texts: readonly string[]): string {
  return COLUMNS.map(([, wide], i) => (texts[i] ?? "").slice(0, wide - 1).padEnd(wide))
    .join("")
    .trimEnd();
}

function bar(counted: number, files: number, width: number): string {
  const share = files === 0 ? 0 : counted / files;
  const label = ` ${Math.floor(share * 100)} %  ${counted} of ${files} files`;
  const room = Math.max(0, Math.min(40, width - label.length - 2));
  const full = Math.round(share * room);
  return `[${"#".repeat(full)}${".".repeat(room - full)}]${label}`;
}
