// A story as a table: when, which event, which answer, and the slot's state after it.

import type { ChildSlot, SlotCommand, SlotEvent } from "@steadfast/child-slot";
import { show } from "../kernel/claim.js";
import { textTable } from "../kernel/text-table.js";
import { playAnyhow, type SlotTrace, type Taken } from "./slot-trace.js";

export function showTrace(slot: ChildSlot, { options, told, ...more }: SlotTrace): string {
  const rows = playAnyhow(slot, told).map((taken, row) => [
    `${row + 1}`,
    `${taken.now}`,
    eventText(taken.event),
    answerText(taken),
    statusText(slot, taken),
  ]);
  const table = textTable([["row", "at", "told", "answered", "then"], ...rows]);
  return [
    ...(options ? [`  options: ${JSON.stringify(options)}`] : []),
    ...(Object.keys(more).length > 0 ? [`  and: ${JSON.stringify(more)}`] : []),
    table,
  ].join("\n");
}

function eventText(event: SlotEvent): string {
  switch (event.type) {
    case "launch":
      return `launch (${event.cause})`;
    case "exited":
      return `exited of ${event.generation}: ${event.exit.kind}`;
    case "heartbeat":
      return `heartbeat of ${event.generation}, sent at ${event.at}`;
    case "ready":
    case "not-ready":
      return `${event.type} of ${event.generation}`;
    case "restart":
      return `restart by ${show(event.requester)}, ${show(event.reason)}`;
    case "limit":
      return `limit ${show(event.view)}`;
    default:
      return event.type;
  }
}

function answerText({ commands, thrown }: Taken): string {
  if (commands) return commands.map(commandText).join(", ") || "-";
  return `turned away: ${`${thrown instanceof Error ? thrown.name : show(thrown)}`}`;
}

/** Such as `request-stop 0 (restart)`: the number is the generation. */
export function commandText(command: SlotCommand): string {
  const { generation } = command;
  switch (command.type) {
    case "launch":
      return `launch ${generation} (${command.cause})`;
    case "request-stop":
      return `request-stop ${generation} (${command.reason})`;
    case "report": {
      const { report } = command;
      if (report.type === "fence") return `tell ${report.decision}`;
      if (report.type === "intent") return `tell ${report.intent}`;
      if (report.type !== "exited") return `tell ${report.type} ${generation}`;
      return `tell exited ${generation} (${report.exit.kind}${report.ordered ? ", ordered" : ""})`;
    }
    default:
      return `${command.type} ${generation}`;
  }
}

function statusText(slot: ChildSlot, { after, now }: Taken): string {
  try {
    const { status, intent, open } = slot.toRecord(after, now);
    const deadline = slot.deadline(after);
    const words = [status, ...(intent === "active" ? [] : [intent]), ...(open ? [] : ["closed"])];
    return `${words.join(", ")}${deadline === null ? "" : `, due at ${deadline}`}`;
  } catch (error) {
    return `toRecord threw ${show(error instanceof Error ? error.message : error)}`;
  }
}
