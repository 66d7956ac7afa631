// The conditions of the table, one line each.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent, SlotLimit } from "./alphabet.js";
import { type Due, isLate, nextDue } from "./deadlines.js";
import type { SlotSettings } from "./options.js";
import type { SlotIntent, SlotState } from "./state.js";

/** What a guard or an action looks at. */
export interface Situation {
  readonly state: SlotState;
  readonly event: SlotEvent;
  readonly now: Millis;
  readonly settings: SlotSettings;
}

type Guard = (situation: Situation) => boolean;

/** The intent that an operator's event asks for; `removed` stays. */
export function intentAfter({ state, event }: Situation): SlotIntent {
  if (state.intent === "removed") return "removed";
  switch (event.type) {
    case "pause":
      return "paused";
    case "quarantine":
      return "quarantined";
    case "remove":
      return "removed";
    default:
      return "active";
  }
}

export function hasPending({ phase }: SlotState): boolean {
  return phase.status === "cancelling" && phase.pending !== null;
}

/** Whether it is this that is due next, and now. */
function isDue(kind: Due["kind"]): Guard {
  return ({ state, settings, now }) => {
    const due = nextDue(state, settings);
    return due?.kind === kind && now >= due.at;
  };
}

export const guards = {
  past: ({ state, event }) =>
    "generation" in event &&
    (event.generation < state.generation || state.phase.status === "stopped"),
  open: ({ state }) => state.open,
  closed: ({ state }) => !state.open,
  barred: ({ state }) => state.intent !== "active",
  free: ({ state }) => state.open && state.intent === "active",
  explicit: ({ settings }) => settings.readiness === "explicit",
  immediate: ({ settings }) => settings.readiness === "immediate",
  unsaid: ({ state }) => state.phase.status === "starting" && !state.phase.saidNotReady,
  newer: ({ state, event, now }) => {
    if (event.type !== "heartbeat" || !("beat" in state.phase)) return false;
    return !state.phase.beat || Math.min(event.at, now) > state.phase.beat.at;
  },
  asked: ({ state }) => state.phase.status === "cancelling" && state.phase.step === "asked",
  pending: ({ state }) => hasPending(state),
  sameIntent: (situation) => intentAfter(situation) === situation.state.intent,
  sameLimit: ({ state, event }) => {
    const { windowMs, limit, used } = (event as SlotLimit).view;
    const known = state.restartLimit;
    return known?.windowMs === windowMs && known.limit === limit && known.used === used;
  },
  late: ({ state, settings, now }) => {
    const due = nextDue(state, settings);
    return due !== null && isLate(due, now);
  },
  readyOverdue: isDue("ready"),
  heartbeatStale: isDue("heartbeat"),
  healthyDue: isDue("healthy"),
  graceOver: isDue("grace"),
  killOver: isDue("kill"),
} satisfies { readonly [name: string]: Guard };

export type GuardName = keyof typeof guards;
