// The conditions of the table, one line each.

import type { Millis } from "@steadfast/policy";
import type { SlotEvent } from "./alphabet.js";
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

const INTENT_OF: { readonly [type: string]: SlotIntent } = {
  pause: "paused",
  quarantine: "quarantined",
  remove: "removed",
  resume: "active",
};

/** The intent that an operator's event asks for; `removed` stays. */
export function intentAfter({ state, event }: Situation): SlotIntent {
  return state.intent === "removed" ? "removed" : (INTENT_OF[event.type] ?? state.intent);
}

function isDue(situation: Situation, kind: Due["kind"]): boolean {
  const due = nextDue(situation.state, situation.settings);
  return due !== null && due.kind === kind && situation.now >= due.at;
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
  pending: ({ state }) => state.phase.status === "cancelling" && state.phase.pending !== null,
  sameIntent: (situation) => intentAfter(situation) === situation.state.intent,
  late: ({ state, settings, now }) => {
    const due = nextDue(state, settings);
    return due !== null && isLate(due, now);
  },
  readyOverdue: (situation) => isDue(situation, "ready"),
  heartbeatStale: (situation) => isDue(situation, "heartbeat"),
  healthyDue: (situation) => isDue(situation, "healthy"),
  graceOver: (situation) => isDue(situation, "grace"),
  killOver: (situation) => isDue(situation, "kill"),
} satisfies { readonly [name: string]: (situation: Situation) => boolean };

export type GuardName = keyof typeof guards;
