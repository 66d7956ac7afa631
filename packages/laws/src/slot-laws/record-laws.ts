// Laws about the record, which is what people see of a slot.

import type { SlotRecord } from "@steadfast/child-slot";
import { exitRecord } from "@steadfast/policy";
import { claimSame } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow } from "./commands.js";
import { Ledger } from "./ledger.js";
import { BACKWARDS, slotLaw } from "./slot-law.js";
import { recordOf } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

type Known = Partial<{ [Key in keyof SlotRecord]: unknown }>;

export const recordLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "record-is-json",
    says: "The record is plain JSON, and the same whenever it is asked for at one instant.",
    cases: ["after an exit"],
    runsShare: 0.5,
    story: BACKWARDS,
    check({ slot, taken }, reached) {
      for (const [row, { after, now }] of taken.entries()) {
        const record = slot.toRecord(after, now);
        claimSame(
          JSON.parse(JSON.stringify(record)),
          record,
          `${atRow(row)}: the record, from JSON`,
        );
        claimSame(slot.toRecord(after, now), record, `${atRow(row)}: the record, asked for again`);
        if (record.lastExit) reached("after an exit");
      }
    },
  }),

  slotLaw({
    name: "record-agrees",
    says: "The record says which events came and what was commanded: who is there since when, what it said last, what the operator wants, how far an ending has got, which restart waits, how the last attempt ended and how much of the limit is used.",
    cases: ["somebody was up", "it was ending", "a restart waited", "a heartbeat"],
    runsShare: 0.5,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        ledger.note(one);
        const record = recordOf(slot, one);
        const deadline = slot.deadline(one.after);
        const known = knownOf(ledger, record, one.now, deadline);
        for (const key of Object.keys(known) as (keyof SlotRecord)[]) {
          claimSame(record[key], known[key], `${atRow(row)}: \`${key}\` of the record`);
        }
        if (known.stop) reached("it was ending");
        else if (ledger.present) reached("somebody was up");
        if (known.pendingRestart) reached("a restart waited");
        if (record.lastHeartbeatAt !== null) reached("a heartbeat");
      });
    },
  }),

  slotLaw({
    name: "record-at-any-time",
    says: "Asked for later, with nothing in between, the record has the same instants; only ages go on: the uptime, and whether the last heartbeat is stale, by its own time and the option.",
    cases: ["somebody was there", "a heartbeat"],
    runsShare: 0.5,
    check({ slot, taken, trace: { options } }, reached) {
      for (const [row, { after, now }] of taken.entries()) {
        const record = slot.toRecord(after, now);
        const later = slot.toRecord(after, now + LATER_MS);
        const { uptimeMs, lastHeartbeatAt } = record;
        const ages = {
          uptimeMs: uptimeMs === null ? null : uptimeMs + LATER_MS,
          heartbeatStale: later.heartbeatStale,
        };
        claimSame(later, { ...record, ...ages }, `${atRow(row)}: the record ${LATER_MS} ms later`);
        if (uptimeMs !== null) reached("somebody was there");
        if (lastHeartbeatAt === null) continue;
        reached("a heartbeat");
        const timeoutMs = options?.heartbeatTimeoutMs;
        if (options === undefined) continue;
        const isStale = (at: number) =>
          timeoutMs !== undefined && at - lastHeartbeatAt >= timeoutMs;
        claimSame(
          [record.heartbeatStale, later.heartbeatStale],
          [isStale(now), isStale(now + LATER_MS)],
          `${atRow(row)}: \`heartbeatStale\` now and ${LATER_MS} ms later`,
        );
      }
    },
  }),
];

const LATER_MS = 12_345;

/** The record as far as it can be known from outside. */
function knownOf(
  ledger: Ledger,
  { pendingRestart }: SlotRecord,
  now: number,
  deadlineAt: number | null,
): Known {
  const { present, open, intent, launched, lastExit, limit, waits } = ledger;
  const attempts = launched.size;
  const isEnding = present !== null && present.asked !== null;
  const upReadiness = present && !isEnding ? present.readiness : null;
  return {
    ...statusOf(ledger),
    open,
    intent,
    attempts,
    restarts: Math.max(0, attempts - 1),
    generation: present?.generation ?? null,
    attempt: present?.attempt ?? null,
    readiness: upReadiness ?? "unreported",
    readyAt: upReadiness === "ready" ? (present?.readyAt ?? null) : null,
    uptimeMs: present && Math.max(0, now - present.launchedAt),
    lastHeartbeatAt: present && !isEnding ? present.beatAt : null,
    lastExit: lastExit && exitRecord(lastExit),
    stop: isEnding
      ? { cause: present.asked, step: present.killed ? "killed" : "asked", deadlineAt }
      : null,
    restartLimit: limit && {
      ...limit.view,
      updatedAt: limit.since,
      remaining: Math.max(0, limit.view.limit - limit.view.used),
      exhausted: limit.view.used >= limit.view.limit,
    },
    // The number of a generation to come is the slot's own affair.
    pendingRestart: waits && {
      ...pendingRestart,
      ...waits,
      oldGeneration: present?.generation,
      deadlineAt,
    },
  };
}

function statusOf({ present }: Ledger): Known {
  if (!present) return { status: "stopped" };
  if (present.asked !== null) return { status: "cancelling" };
  if (present.readiness === "ready") return { status: "ready" };
  return {}; // starting or running: whether it was ready before
}
