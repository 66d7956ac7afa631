// The conditions of the table.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent } from "./alphabet.js";
import { nextDue } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type { SlotState } from "./state.js";

export type Guard = (
  state: SlotState,
  event: SlotEvent,
  settings: SlotSettings,
  now: Millis,
) => boolean;

/** The report is about an attempt that is gone. */
export const past: Guard = ({ generation, phase }, event) =>
  "generation" in event && (event.generation < generation || phase.status === "stopped");

/** Somebody may move in: now, or when the slot is empty. */
export const free: Guard = ({ open, intent }) => open && intent === "active";

export const explicit: Guard = (_, __, { readiness }) => readiness === "explicit";

/** A restart waits. */
export const pending: Guard = ({ phase }) =>
  phase.status === "cancelling" && phase.pending !== null;

/** A tick found nothing over although something is: it came too late to judge. */
export const late: Guard = ({ phase }, _, settings, now) =>
  (nextDue(phase, settings)?.at ?? now) < now;
