// Laws about ending: a stop is for good and always comes to an end; what an operator wants holds.

import type { SlotEvent } from "@steadfast/child-slot";
import fc from "fast-check";
import { claim, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf, launchesOf, newsOf } from "./commands.js";
import { Ledger } from "./ledger.js";
import { ORDERED, slotLaw } from "./slot-law.js";
import { recordOf, take } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";

/** A stop is looked at twice at most, and then a kill twice at most: once late, once for good. */
const MOST_TICKS = 4;
const LATEST = 2 ** 52;
const STOPS = [{ type: "stop" }, { type: "kill" }] as const;

function isStop({ type }: SlotEvent): boolean {
  return type === "stop" || type === "kill";
}

export const stopLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "stop-wins",
    says: "After a stop nothing is launched any more, whatever follows; a restart that waits is reported as `blocked-by-shutdown`, and so is every later one.",
    cases: ["a restart waited", "a launch was tried afterwards", "a restart was tried afterwards"],
    story: ORDERED,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event, commands } = one;
        const wasOpen = ledger.open;
        const { waits } = ledger;
        ledger.note(one);
        if (isStop(event)) {
          claim(commands !== null, () => `${atRow(row)}: the ${event.type} was turned away`);
          const fences = newsOf(commandsOf(one), "fence").map(({ report }) => report.decision);
          const expected = waits ? "blocked-by-shutdown" : "";
          claim(
            fences.join() === expected,
            () => `${atRow(row)}: a restart waits: ${waits !== null}; told is ${show(fences)}`,
          );
          if (waits) reached("a restart waited");
        }
        if (ledger.open) return;
        claim(!recordOf(slot, one).open, () => `${atRow(row)}: it is open after a stop`);
        claim(
          launchesOf(commandsOf(one)).length === 0,
          () => `${atRow(row)}: launched after a stop`,
        );
        if (wasOpen) return;
        if (event.type === "launch") reached("a launch was tried afterwards");
        if (event.type === "restart" && commands !== null) {
          reached("a restart was tried afterwards");
          const [fence] = newsOf(commands, "fence");
          claim(
            fence?.report.decision === "blocked-by-shutdown",
            () => `${atRow(row)}: a restart after a stop was answered ${show(fence?.report)}`,
          );
        }
      });
    },
  }),

  slotLaw({
    name: "stop-always-ends",
    says: `From every state that can be reached a stop has ended after ${MOST_TICKS} ticks at most, each told at its deadline or however late.`,
    cases: ["somebody was up", "it was ending already", "a restart waited"],
    runsShare: 0.5,
    extra: fc.record({
      how: fc.constantFrom(...STOPS),
      lateMs: fc.constantFrom(0, 1, 1_000_000_000),
    }),
    check({ slot, taken, trace: { how, lateMs } }, reached) {
      for (const [row, one] of taken.entries()) {
        const { before, after, now: at } = one;
        if (row > 0 && before === after) continue; // looked at already
        const record = recordOf(slot, one);
        if (record.status === "cancelling") reached("it was ending already");
        else if (record.status !== "stopped") reached("somebody was up");
        if (record.pendingRestart) reached("a restart waited");
        let now = at;
        let state = take(slot, after, how, now).after;
        for (let ticks = 0; slot.toRecord(state, now).status !== "stopped"; ticks++) {
          claim(
            ticks < MOST_TICKS,
            () => `${atRow(row)}, then ${how.type}: it has not ended after ${ticks} ticks`,
          );
          const deadline = slot.deadline(state);
          claim(
            deadline !== null,
            () => `${atRow(row)}, then ${how.type}: it has not ended, and no tick is due`,
          );
          now = Math.max(now, Math.min(LATEST, deadline + lateMs));
          state = take(slot, state, { type: "tick" }, Math.max(now, deadline)).after;
        }
        claim(
          slot.deadline(state) === null,
          () => `${atRow(row)}, then ${how.type}: it has ended, and yet a tick is due`,
        );
      }
    },
  }),

  slotLaw({
    name: "intent-keeps-empty",
    says: "While it is paused, quarantined or removed nothing is launched, and an attempt that is up when that begins is asked to end; `removed` is for good.",
    cases: ["somebody was up", "a launch was tried", "a restart was tried", "resumed"],
    story: ORDERED,
    check({ slot, taken }, reached) {
      const ledger = new Ledger();
      taken.forEach((one, row) => {
        const { event, commands } = one;
        const { intent: was, present, open } = ledger;
        const isUp = present !== null && present.asked === null;
        ledger.note(one);
        const { intent } = recordOf(slot, one);
        const expected = intentAfter(was, event);
        claim(
          intent === expected,
          () => `${atRow(row)}: after ${event.type} it is ${intent}, not ${expected}`,
        );
        if (event.type === "resume" && was !== "active" && was !== "removed") reached("resumed");
        if (intent === "active") return;
        claim(
          launchesOf(commandsOf(one)).length === 0,
          () => `${atRow(row)}: launched while ${intent}`,
        );
        if (was === "active" && isUp) {
          reached("somebody was up");
          claim(
            commandsOf(one).some(({ type }) => type === "request-stop"),
            () => `${atRow(row)}: ${event.type}, and who is up was not asked to end`,
          );
        }
        if (was === "active") return;
        if (event.type === "launch") reached("a launch was tried");
        if (event.type === "restart" && commands !== null && open) {
          reached("a restart was tried");
          const [fence] = newsOf(commands, "fence");
          claim(
            fence?.report.decision === "rejected",
            () => `${atRow(row)}: a restart while ${was} was answered ${show(fence?.report)}`,
          );
        }
      });
    },
  }),
];

function intentAfter(was: string, { type }: SlotEvent): string {
  if (was === "removed") return was;
  if (type === "resume") return "active";
  if (type === "pause" || type === "quarantine" || type === "remove") return `${type}d`;
  return was;
}
