// What the rules of the table do: each takes the situation and returns the next state and commands.
// An action believes the table: it takes the phase and the event that its rules name for granted.

import type { Millis } from "@steadfast/policy";
import type { ChildReport, SlotCommand, SlotEvent, SlotLimit, SlotRestart } from "./alphabet.js";
import { fence, report, type Step, tag } from "./commands.js";
import { nextDue } from "./deadlines.js";
import { end, force } from "./ending.js";
import { hasPending, intentAfter, type Situation } from "./guards.js";
import { depart, enter } from "./occupation.js";
import type {
  CancellingPhase,
  Heartbeat,
  ReadyPhase,
  RunningPhase,
  SlotPhase,
  SlotState,
  StartingPhase,
} from "./state.js";

type UpPhase = StartingPhase | RunningPhase | ReadyPhase;

export const actions = {
  nothing: ({ state }) => [state, []],

  noteStale({ state, event }) {
    const past = event as ChildReport;
    return [state, [{ type: "stale", report: past, ...tag(state, past.generation) }]];
  },

  occupy(situation) {
    const { state, event } = situation;
    if (event.type === "launch") return enter(situation, state, event.cause);
    const [next, commands] = enter(situation, state, "operator");
    return [next, [fence(next, "started-immediately"), ...commands]];
  },

  becomeReady({ state, now, settings }) {
    const { launchedAt, beat, ...was } = state.phase as StartingPhase | RunningPhase;
    const told = was.status === "running" && was.healthy;
    const healthy = told || now - launchedAt >= settings.healthyAfterMs;
    const next = withPhase(state, { status: "ready", launchedAt, readyAt: now, healthy, beat });
    const ready = report(next, { type: "ready" });
    return [next, healthy && !told ? [ready, report(next, { type: "healthy" })] : [ready]];
  },

  sayNotReady({ state }) {
    const phase = { ...(state.phase as StartingPhase), saidNotReady: true };
    return [withPhase(state, phase), [report(state, { type: "not-ready" })]];
  },

  becomeNotReady({ state }) {
    const { launchedAt, healthy, beat } = state.phase as ReadyPhase;
    const phase: RunningPhase = { status: "running", launchedAt, healthy, beat };
    return [withPhase(state, phase), [report(state, { type: "not-ready" })]];
  },

  beat({ state, event, now }) {
    const phase = state.phase as UpPhase;
    const at = Math.min((event as SlotEvent & { type: "heartbeat" }).at, now);
    return [withPhase(state, { ...phase, beat: heard(phase.beat, at) }), []];
  },

  leave(situation) {
    const { state, event } = situation;
    const gaveUp = event.type !== "exited";
    const [gone, farewell] = depart(situation, gaveUp ? { kind: "abandoned" } : event.exit);
    const [next, welcome] = hasPending(state) ? enter(situation, gone, "operator") : [gone, []];
    const letGo: readonly SlotCommand[] = gaveUp ? [{ type: "abandon", ...tag(state) }] : [];
    return [next, [...letGo, ...farewell, ...welcome]];
  },

  close: (situation) => end(situation, { ...situation.state, open: false }, "stop"),

  blockRestart: ({ state }) => [state, [fence(state, "blocked-by-shutdown")]],
  rejectRestart: ({ state }) => [state, [fence(state, "rejected")]],

  queueRestart(situation) {
    const { state, event, now } = situation;
    const { requester, reason } = event as SlotRestart;
    const pending = { requester, reason, requestedAt: now, duplicates: 0 };
    const [next, commands] = end(situation, state, "restart", pending);
    return [next, [fence(state, "queued-after-stop"), ...commands]];
  },

  countDuplicate({ state }) {
    const { pending, ...phase } = state.phase as CancellingPhase;
    const again = pending && { ...pending, duplicates: pending.duplicates + 1 };
    return [withPhase(state, { ...phase, pending: again }), [fence(state, "already-pending")]];
  },

  setIntent(situation) {
    const { state, event } = situation;
    const intent = intentAfter(situation);
    const cause = event.type === "quarantine" || event.type === "remove" ? event.type : "pause";
    const wanted = { ...state, intent };
    const [next, commands] = intent === "active" ? [wanted, []] : end(situation, wanted, cause);
    return [next, [report(next, { type: "intent", intent }), ...commands]];
  },

  setLimit({ state, event, now }) {
    const { windowMs, limit, used } = (event as SlotLimit).view;
    return [{ ...state, restartLimit: { windowMs, limit, used, updatedAt: now } }, []];
  },

  excuse({ state, now, settings }) {
    const afresh = { since: now, excused: true };
    const { phase } = state;
    if (phase.status === "cancelling") return [withPhase(state, { ...phase, ...afresh }), []];
    if (phase.status === "starting" && nextDue(state, settings)?.kind === "ready") {
      return [withPhase(state, { ...phase, readySince: now, excused: true }), []];
    }
    const { beat } = phase as UpPhase;
    return [withPhase(state, { ...(phase as UpPhase), beat: beat && { ...beat, ...afresh } }), []];
  },

  cancelUnready: (situation) => end(situation, situation.state, "not-ready-in-time"),
  cancelStale: (situation) => end(situation, situation.state, "heartbeat-stale"),

  tellHealthy({ state }) {
    const phase = { ...(state.phase as ReadyPhase), healthy: true };
    return [withPhase(state, phase), [report(state, { type: "healthy" })]];
  },

  escalate: (situation) =>
    force(situation, situation.state, situation.state.phase as CancellingPhase),
} satisfies { readonly [name: string]: (situation: Situation) => Step };

export type ActionName = keyof typeof actions;

function withPhase(state: SlotState, phase: SlotPhase): SlotState {
  return { ...state, phase };
}

/** A sign of life sent before a fresh period began neither shortens that period nor grants another. */
function heard(last: Heartbeat | null, at: Millis): Heartbeat {
  return last && at < last.since ? { ...last, at } : { at, since: at, excused: false };
}
