// Laws about time: deadlines, late looks, and clocks that go back.

import type { SlotCommand, SlotState } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import { claim, claimSame, show } from "../kernel/claim.js";
import type { Law } from "../kernel/law.js";
import { atRow, commandsOf } from "./commands.js";
import { BACKWARDS, slotLaw } from "./slot-law.js";
import { type Taken, take } from "./slot-trace.js";
import type { SlotSubject } from "./subject.js";
import { LATEST } from "./time-shift.js";

const TICK = { type: "tick" } as const;
const FAR = 1_000_000_000;
/** So many things at most become due at one instant. */
const MOST_AT_ONCE = 8;
/** After these another time runs. */
const RESTARTS_TIME: readonly SlotCommand["type"][] = ["launch", "request-stop", "kill"];
const VERDICTS: readonly SlotCommand["type"][] = ["request-stop", "kill", "abandon"];

function judges(commands: readonly SlotCommand[]): boolean {
  return commands.some(({ type }) => VERDICTS.includes(type));
}

export const timeLaws: readonly Law<SlotSubject>[] = [
  slotLaw({
    name: "deadline-is-honest",
    says: `A tick before the deadline changes nothing, one at it or later changes something, and after ${MOST_AT_ONCE} ticks at one instant nothing is due any more.`,
    cases: ["a deadline", "no deadline"],
    story: BACKWARDS,
    check({ slot, taken }, reached) {
      for (const [row, { after, now }] of taken.entries()) {
        const deadline = slot.deadline(after);
        const quiet = (at: Millis) => {
          const tick = take(slot, after, TICK, at);
          claim(
            tick.after === after && tick.commands?.length === 0,
            () => `${atRow(row)}: the deadline is ${deadline}, and a tick at ${at} is not quiet`,
          );
        };
        if (deadline === null) {
          reached("no deadline");
          for (const at of [now, now + 1, LATEST]) quiet(at);
          continue;
        }
        claim(
          Number.isSafeInteger(deadline),
          () => `${atRow(row)}: the deadline ${deadline} is not whole`,
        );
        if (deadline > LATEST) continue;
        reached("a deadline");
        for (const at of [deadline - 1, Math.min(now, deadline - 1)]) quiet(at);
        for (const at of [deadline, deadline + 1, deadline + FAR]) {
          claim(
            take(slot, after, TICK, at).after !== after,
            () => `${atRow(row)}: the deadline is ${deadline}, and a tick at ${at} changes nothing`,
          );
          claim(
            ticksAt(slot, after, at) <= MOST_AT_ONCE,
            () => `${atRow(row)}: ticked on and on at ${at}, and something is still due then`,
          );
        }
      }
    },
  }),

  slotLaw({
    name: "late-look-excused-once",
    says: "When a deadline is looked at late, by more than all of the time that was given, nobody is judged: the time starts again in full, once, and a second late look judges. A time of 0 has no fresh period: the first look judges.",
    cases: ["a late look"],
    check({ slot, taken }, reached) {
      let wasLate = false;
      for (const [row, one] of taken.entries()) {
        const { after } = one;
        if (commandsOf(one).some(({ type }) => RESTARTS_TIME.includes(type))) wasLate = false;
        else if (isLateLook(slot.deadline(one.before), one)) wasLate = true;
        const deadline = slot.deadline(after);
        const since = soleSince(after);
        if (wasLate || deadline === null || since === null || deadline > LATEST) continue;
        if (!judges(commandsOf(take(slot, after, TICK, deadline)))) continue;
        const span = deadline - since;
        const late = deadline + span + 1;
        const fresh = take(slot, after, TICK, late);
        if (span === 0) {
          claim(
            judges(commandsOf(fresh)),
            () =>
              `${atRow(row)}: 0 ms are over at ${deadline}, and a look at ${late} did not judge`,
          );
          reached("a late look");
          continue;
        }
        claim(
          fresh.commands?.length === 0,
          () => `${atRow(row)}: looked at ${late} instead of ${deadline}, it judged at once`,
        );
        const next = slot.deadline(fresh.after);
        claim(
          next === late + span,
          () =>
            `${atRow(row)}: looked at ${late}, the next deadline is ${next}, not ${late + span}`,
        );
        claim(
          judges(commandsOf(take(slot, fresh.after, TICK, late + span + FAR))),
          () => `${atRow(row)}: looked late a second time, it still does not judge`,
        );
        reached("a late look");
      }
    },
  }),

  slotLaw({
    name: "backwards-is-standing-still",
    says: "Told with an earlier instant than before, a slot answers as if the clock had stood still, and a tick before the deadline does nothing.",
    cases: ["told in the past"],
    story: BACKWARDS,
    check({ slot, taken }, reached) {
      let latest = Number.NEGATIVE_INFINITY;
      for (const [row, { before, event, now, commands }] of taken.entries()) {
        latest = Math.max(latest, now);
        if (now === latest) continue;
        reached("told in the past");
        if (event.type === "tick") {
          const deadline = slot.deadline(before);
          const isEarly = deadline === null || now < deadline;
          claim(
            !isEarly || commands?.length === 0,
            () =>
              `${atRow(row)}: a tick at ${now}, before ${deadline}, is answered ${show(commands)}`,
          );
          continue;
        }
        const still = take(slot, before, event, latest);
        claimSame(
          timeless(commands),
          timeless(still.commands),
          `${atRow(row)}: told at ${now}, after ${latest}`,
        );
      }
    },
  }),

  slotLaw({
    name: "heartbeat-by-its-own-time",
    says: "A heartbeat counts from when it was sent: told late, it leaves the same state as told at once; one that is older than the last changes nothing.",
    cases: ["told late", "older than the last"],
    check({ slot, taken }, reached) {
      for (const [row, { before, event, now, after, commands }] of taken.entries()) {
        if (event.type !== "heartbeat" || commands === null || event.at > now) continue;
        const last = slot.toRecord(before, now).lastHeartbeatAt;
        if (last !== null && event.at < last) {
          claim(after === before, () => `${atRow(row)}: an older heartbeat changed the state`);
          reached("older than the last");
        }
        if (after === before || event.at === now) continue;
        const atOnce = take(slot, before, event, event.at);
        claimSame(
          after,
          atOnce.after,
          `${atRow(row)}: sent at ${event.at}, told at ${now} instead of at once`,
        );
        reached("told late");
      }
    },
  }),
];

/** How many ticks at one instant until nothing is due there any more; one more than is allowed at most. */
function ticksAt(slot: Parameters<typeof take>[0], from: SlotState, now: Millis): number {
  let state = from;
  let ticks = 0;
  for (; ticks <= MOST_AT_ONCE; ticks++) {
    const deadline = slot.deadline(state);
    if (deadline === null || deadline > now) return ticks;
    state = take(slot, state, TICK, now).after;
  }
  return ticks;
}

/** A tick after its deadline: it may have used up the one excuse that there is. */
function isLateLook(deadline: Millis | null, { event, now }: Taken): boolean {
  return event.type === "tick" && deadline !== null && now > deadline;
}

/** Since when the only time runs by which it may be judged; null if there is none, or several. */
function soleSince({ phase }: SlotState): Millis | null {
  if (phase.status === "stopped" || (phase.status === "ready" && !phase.healthy)) return null;
  if (phase.status === "cancelling") return phase.since;
  if (phase.status === "starting") return phase.beat ? null : phase.readySince;
  return phase.beat ? phase.beat.since : null;
}

/** Commands without their durations. */
function timeless(commands: readonly SlotCommand[] | null): unknown {
  return commands?.map((command) =>
    command.type === "report" && command.report.type === "exited"
      ? { ...command, report: { ...command.report, uptimeMs: 0 } }
      : command,
  );
}
