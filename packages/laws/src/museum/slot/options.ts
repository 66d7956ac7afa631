// Slots that do not keep to their own options, and what they say of instants.

import { type ChildSlotOptions, childSlot } from "@steadfast/child-slot";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";
import { slotFault } from "./slot-fault.js";

const WRITTEN = "written to try the kit";

/** `childSlot` of other options than those that it was given. */
function optioned(
  sign: Sign,
  change: (options: ChildSlotOptions) => ChildSlotOptions,
): ExhibitOf<"slot"> {
  return exhibit("slot", sign, (options) => childSlot(change(options)));
}

export const zeroIsDefault = optioned(
  {
    name: "slot-grace-of-0-is-5-s",
    defect: "A grace of 0 is taken for none given: a child that should be killed at once gets 5 s.",
    seenIn: `${WRITTEN}: 0 as an option`,
  },
  ({ gracePeriodMs, ...options }) => ({ ...options, ...(gracePeriodMs && { gracePeriodMs }) }),
);

export const healthyAtZero = optioned(
  {
    name: "slot-healthy-at-0-is-10-s",
    defect: "Healthy after 0 ms is taken for none given: it takes 10 s.",
    seenIn: `${WRITTEN}: 0 as an option`,
  },
  ({ healthyAfterMs, ...options }) => ({ ...options, ...(healthyAfterMs && { healthyAfterMs }) }),
);

export const swapsTimes = optioned(
  {
    name: "slot-swaps-grace-and-giving-up",
    defect: "The time until it is given up is its grace, and the other way round.",
    seenIn: `${WRITTEN}: which option is which deadline`,
  },
  ({ gracePeriodMs = 5_000, abandonAfterMs = 5_000, ...options }) => ({
    ...options,
    gracePeriodMs: abandonAfterMs,
    abandonAfterMs: gracePeriodMs,
  }),
);

export const heartbeatAsHealth = optioned(
  {
    name: "slot-heartbeats-by-another-time",
    defect: "How old a heartbeat may be is taken from the time to be healthy.",
    seenIn: `${WRITTEN}: which option is which deadline`,
  },
  ({ heartbeatTimeoutMs, ...options }) => ({
    ...options,
    ...(heartbeatTimeoutMs !== undefined && {
      heartbeatTimeoutMs: options.healthyAfterMs ?? heartbeatTimeoutMs,
    }),
  }),
);

export const killWaits = slotFault(
  {
    name: "slot-kill-waits-for-the-grace",
    defect: "A kill of what was asked to end waits until its grace is over.",
    seenIn: `${WRITTEN}: a kill in the grace period`,
  },
  (healthy) => ({
    step: (state, event, now) =>
      event.type === "kill" && state.phase.status === "cancelling"
        ? healthy.step(state, { type: "stop" }, now)
        : healthy.step(state, event, now),
  }),
);

export const stopProlongs = slotFault(
  {
    name: "slot-second-stop-prolongs",
    defect: "Each further stop grants the whole grace again: an impatient operator waits forever.",
    seenIn: `${WRITTEN}: a second stop`,
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const { phase } = next;
      const again = event.type === "stop" && state.phase.status === "cancelling";
      if (!again || phase.status !== "cancelling" || now <= phase.since) return [next, commands];
      return [{ ...next, phase: { ...phase, since: now } }, commands];
    },
  }),
);

export const remembersAll = slotFault(
  {
    name: "slot-remembers-every-restart",
    defect: "It keeps who ordered each restart, all of them.",
    seenIn: `${WRITTEN}: messages that leave something in the state`,
  },
  (healthy) => ({
    step(state, event, now) {
      const [next, commands] = healthy.step(state, event, now);
      const { phase } = next;
      const waits = phase.status === "cancelling" && phase.pending !== null;
      if (event.type !== "restart" || next === state || !waits) return [next, commands];
      const asked = state.phase.status === "cancelling" ? (state.phase.pending?.reason ?? "") : "";
      const pending = { ...phase.pending, reason: `${asked} ${event.reason}` };
      return [{ ...next, phase: { ...phase, pending } }, commands];
    },
  }),
);

export const readySinceNow = slotFault(
  {
    name: "slot-ready-since-now",
    defect: "Its record says that a child is ready since whenever somebody looks.",
    seenIn: `${WRITTEN}: instants of the record`,
  },
  (healthy) => ({
    toRecord(state, now) {
      const record = healthy.toRecord(state, now);
      return { ...record, readyAt: record.readyAt === null ? null : now };
    },
  }),
);

export const neverStale = slotFault(
  {
    name: "slot-heartbeat-never-stale",
    defect: "Its record says that heartbeats are fresh, however old the last one is.",
    seenIn: `${WRITTEN}: instants of the record`,
  },
  (healthy) => ({
    toRecord: (state, now) => ({ ...healthy.toRecord(state, now), heartbeatStale: false }),
  }),
);
