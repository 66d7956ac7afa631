// Only the differences of instants count.

import type { SlotCommand, SlotEvent, SlotRecord } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import fc from "fast-check";
import { claimSame } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, isReport } from "./commands.js";
import { slotLaw } from "./slot-law.js";
import { play } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** Beyond this a deadline may be held at the greatest instant, and sums are no longer whole. */
const LATEST = 2 ** 52;

export const timeShift: Law<SlotSubject> = slotLaw({
  name: "time-shift",
  says: "Only the differences of instants count: the same story later gives the same commands, and deadlines and records later by as much.",
  cases: ["a deadline"],
  runsShare: 0.5,
  extra: fc.record({ byMs: fc.constantFrom(1, 1_000_000_007, 1_700_000_000_000) }),
  check({ slot, taken, trace: { told, byMs } }, reached) {
    const later = play(
      slot,
      told.map(({ at, event }) => ({ at: at + byMs, event: shiftEvent(event, byMs) })),
    );
    for (const [row, { after, now, commands }] of taken.entries()) {
      const other = later[row];
      const deadline = slot.deadline(after);
      if (!other || (deadline ?? 0) > LATEST) return;
      const what = `${atRow(row)}, ${byMs} ms later`;
      claimSame(other.commands, commands && shiftStale(commands, byMs), `${what}: commands`);
      claimSame(
        slot.deadline(other.after),
        deadline === null ? null : deadline + byMs,
        `${what}: the deadline`,
      );
      claimSame(
        slot.toRecord(other.after, other.now),
        shiftRecord(slot.toRecord(after, now), byMs),
        `${what}: the record`,
      );
      if (deadline !== null) reached("a deadline");
    }
  },
});

function shiftEvent(event: SlotEvent, byMs: number): SlotEvent {
  return event.type === "heartbeat" ? { ...event, at: event.at + byMs } : event;
}

function shiftStale(commands: readonly SlotCommand[], byMs: number): readonly SlotCommand[] {
  return commands.map((command) => {
    if (command.type !== "stale" || !isReport(command.report)) return command;
    const report = shiftEvent(command.report, byMs);
    return { ...command, report } as SlotCommand;
  });
}

function shiftRecord(record: SlotRecord, byMs: number): SlotRecord {
  const later = (at: Millis | null) => (at === null ? null : at + byMs);
  const { stop, pendingRestart, restartLimit } = record;
  return {
    ...record,
    readyAt: later(record.readyAt),
    lastHeartbeatAt: later(record.lastHeartbeatAt),
    stop: stop && { ...stop, deadlineAt: stop.deadlineAt + byMs },
    pendingRestart: pendingRestart && {
      ...pendingRestart,
      requestedAt: pendingRestart.requestedAt + byMs,
      deadlineAt: pendingRestart.deadlineAt + byMs,
    },
    restartLimit: restartLimit && { ...restartLimit, updatedAt: restartLimit.updatedAt + byMs },
  };
}
