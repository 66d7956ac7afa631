// Picking commands.

import type { SlotCommand, SlotEvent, SlotReport } from "@steadfast/child-slot";
import type { Taken } from "./slot-trace.js";

type ReportType = SlotReport["type"];
export type ReportOf<Type extends ReportType> = Extract<SlotReport, { readonly type: Type }>;

/** A report, and the attempt that it is about. */
export interface News<Type extends ReportType> {
  readonly generation: number;
  readonly attempt: number;
  readonly report: ReportOf<Type>;
}

/** What came of it; nothing if it was turned away. */
export const commandsOf = ({ commands }: Taken): readonly SlotCommand[] => commands ?? [];

/** The reports of one type among commands. */
export function newsOf<Type extends ReportType>(
  commands: readonly SlotCommand[],
  type: Type,
): readonly News<Type>[] {
  return commands.flatMap((command) =>
    command.type === "report" && command.report.type === type
      ? [{ ...command, report: command.report as ReportOf<Type> }]
      : [],
  );
}

/** The launches among commands. */
export function launchesOf(commands: readonly SlotCommand[]) {
  return commands.filter((command) => command.type === "launch");
}

/** An event that a child sent, or that is about one. */
export function isReport(event: SlotEvent): event is Extract<SlotEvent, { generation: number }> {
  return "generation" in event;
}

/** Which row of the table something is about, for messages. */
export const atRow = (index: number): string => `row ${index + 1}`;
