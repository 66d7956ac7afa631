// When time alone changes something, and what a tick does then. Of what is due at one instant the deadline
// comes first, then the slot, since it ends children; then the probe, the recycling, the wait and the standbys.

import type { SlotState } from "@steadfast/child-slot";
import type { Millis } from "@steadfast/policy";
import { overAt } from "./deadline.js";
import type { PostState } from "./draft.js";
import { recycle } from "./orders.js";
import type { Post } from "./post.js";
import { askProbe, excusedProbe, probeDue, probed } from "./probing.js";
import { isOld } from "./recycling.js";
import { heedVerdict, replaceStandby } from "./reports.js";
import type { Rules } from "./rules.js";
import { isUp } from "./seat.js";
import type { SupervisionState } from "./state.js";

/** When the next tick is due, or null if time changes nothing. */
export function deadlineOf(rules: Rules, state: SupervisionState): Millis | null {
  return state.over ? null : postDeadline(rules, state, state.wait?.until);
}

/** Likewise for a post whose wait is over at `waitsUntil`; null or undefined for none that counts. */
export function postDeadline(
  rules: Rules,
  { slot, seat, standby, begunAt }: PostState,
  waitsUntil: Millis | null | undefined,
): Millis | null {
  let first = slotDue(rules, slot, seat?.launched);
  const may = (at: Millis | null | undefined) => {
    if (at !== null && at !== undefined && (first === null || at < first)) first = at;
  };
  may(overAt(rules, begunAt));
  may(waitsUntil);
  may(standby?.wait?.until);
  if (isUp(slot)) {
    may(seat?.recycle?.at);
    if (seat?.probe && rules.settings.probe) may(probeDue(seat.probe, rules.settings.probe));
  }
  return first;
}

/** An attempt that is not known to be there is not healthy yet: that deadline is left out. */
function slotDue(rules: Rules, slot: SlotState, isLaunched: boolean | undefined): Millis | null {
  return rules.slot.deadline(isLaunched ? slot : withoutHealth(slot));
}

function withoutHealth(slot: SlotState): SlotState {
  const { phase } = slot;
  return phase.status === "ready" && !phase.healthy
    ? { ...slot, phase: { ...phase, healthy: true } }
    : slot;
}

export function tick(child: Post): void {
  // A child of a tree is up until the tree ends it: nothing else that is due matters any more.
  if (child.heedDeadline() && isUp(child.slot)) return;
  tickSlot(child);
  if (isUp(child.slot) && !child.hasLaunched) tickChild(child);
  if (child.hasLaunched) return;
  child.heedWait();
  tickStandby(child);
}

/** Lets the slot do all that is due; after a launch the rest waits until it is known what became of it. */
function tickSlot(child: Post): void {
  const isLaunched = child.seat?.launched;
  for (;;) {
    const due = slotDue(child.rules, child.slot, isLaunched);
    if (due === null || due > child.now || child.hasLaunched) return;
    const before = child.slot;
    const shown = isLaunched ? before : withoutHealth(before);
    child.slot = shown;
    child.move(TICK);
    const { slot } = child;
    if (shown !== before && slot.phase.status === "ready") {
      child.slot = { ...slot, phase: { ...slot.phase, healthy: false } };
    }
  }
}

function tickChild(child: Post): void {
  tickProbe(child);
  const { seat } = child;
  if (!seat?.recycle || !isOld(seat.recycle, child.now)) return;
  if (child.takesRestart()) recycle(child, "age");
  // It is to end anyway: its age is not looked at again.
  else child.seat = { ...seat, recycle: { ...seat.recycle, at: null } };
}

function tickProbe(child: Post): void {
  const { probe: settings } = child.rules.settings;
  const { seat, now } = child;
  if (!settings || !seat?.probe || probeDue(seat.probe, settings) > now) return;
  if (seat.probe.askedAt !== null) {
    const excused = excusedProbe(seat.probe, settings, now);
    if (excused) {
      child.seat = { ...seat, probe: excused };
      return;
    }
    const [probe, verdict] = probed(seat.probe, false, settings);
    child.seat = { ...seat, probe };
    heedVerdict(child, settings.for, verdict);
  }
  askNext(child);
}

function askNext(child: Post): void {
  const { probe: settings } = child.rules.settings;
  const { seat, now } = child;
  if (!settings || !seat?.probe || seat.probe.nextAt > now || !isUp(child.slot)) return;
  const probe = askProbe(seat.probe, settings, now);
  child.seat = { ...seat, probe };
  child.tell({ type: "probe", probe: probe.probe, timeoutMs: settings.timeoutMs });
}

function tickStandby(child: Post): void {
  const { standby } = child;
  if (!standby?.wait || standby.wait.until > child.now || child.hasLaunched) return;
  if (standby.wait.for === "delay") child.prepare(standby);
  else replaceStandby(child, standby);
}

export const TICK = { type: "tick" } as const;
