// What the rules of the table do: each takes the situation and returns the next state and commands.

import { type Exit, exitRecord } from "@steadfast/policy";
import type { FenceDecision, SlotCommand, SlotLaunch, SlotReport } from "./alphabet.js";
import { nextDue } from "./deadlines.js";
import { intentAfter, type Situation } from "./guards.js";
import type { AlivePhase, CancellingPhase, SlotPhase, SlotState, StopCause } from "./state.js";

type Step = readonly [SlotState, readonly SlotCommand[]];

const ORDERED: readonly StopCause[] = ["stop", "restart", "pause", "quarantine", "remove"];

// --- commands --------------------------------------------------------------------------------------

function tag({ generation, attempt }: SlotState): { generation: number; attempt: number } {
  return { generation, attempt };
}

function report(state: SlotState, news: SlotReport): SlotCommand {
  return { type: "report", report: news, ...tag(state) };
}

function fence(state: SlotState, decision: FenceDecision): SlotCommand {
  return report(state, { type: "fence", decision });
}

// --- occupation ------------------------------------------------------------------------------------

/** The next generation moves in. */
function enter({ now, settings }: Situation, before: SlotState, cause: SlotLaunch["cause"]): Step {
  const phase: SlotPhase =
    settings.readiness === "explicit"
      ? {
          status: "starting",
          launchedAt: now,
          readySince: now,
          excused: false,
          saidNotReady: false,
          beat: null,
        }
      : { status: "ready", launchedAt: now, readyAt: now, healthy: false, beat: null };
  const state: SlotState = {
    ...before,
    generation: before.generation + 1,
    attempt: before.attempt + 1,
    restarts: before.attempt,
    phase,
  };
  const launch: SlotCommand = { type: "launch", cause, ...tag(state) };
  if (settings.readiness === "explicit") return [state, [launch]];
  return [state, [launch, report(state, { type: "ready" })]];
}

/** The attempt is gone: what it was ended for is wrapped around how it ended. */
function depart({ state, now, settings }: Situation, ended: Exit): Step {
  const phase = state.phase as AlivePhase;
  const cause = phase.status === "cancelling" ? phase.cause : null;
  let exit = ended;
  if (cause === "not-ready-in-time") {
    exit = { kind: "timed-out", afterMs: settings.readyTimeoutMs ?? 0, ended };
  }
  if (cause === "heartbeat-stale") exit = { kind: "unhealthy", reason: cause, ended };
  const uptimeMs = ended.kind === "spawn-failed" ? 0 : Math.max(0, now - phase.launchedAt);
  const ordered = cause !== null && ORDERED.includes(cause);
  return [
    { ...state, lastExit: exitRecord(exit), phase: { status: "stopped" } },
    [report(state, { type: "exited", exit, uptimeMs, ordered })],
  ];
}

/** The attempt is gone, and the launch that was waiting for it happens. */
function succeed(situation: Situation, ended: Exit): Step {
  const [gone, farewell] = depart(situation, ended);
  const [state, welcome] = enter(situation, gone, "operator");
  return [state, [...farewell, ...welcome]];
}

function exitOf({ event }: Situation): Exit {
  return event.type === "exited" ? event.exit : { kind: "abandoned" };
}

function hasPending({ state }: Situation): boolean {
  return state.phase.status === "cancelling" && state.phase.pending !== null;
}

// --- the way out -----------------------------------------------------------------------------------

/** Asks the attempt to end; with no grace period it is forced at once. */
function cancel(
  { now, settings }: Situation,
  state: SlotState,
  cause: StopCause,
  pending: CancellingPhase["pending"] = null,
): Step {
  const { launchedAt } = state.phase as AlivePhase;
  const asked: SlotCommand = { type: "request-stop", reason: cause, ...tag(state) };
  const atOnce = settings.gracePeriodMs === 0;
  const phase: CancellingPhase = {
    status: "cancelling",
    launchedAt,
    cause,
    step: atOnce ? "killed" : "asked",
    since: now,
    excused: false,
    pending,
  };
  const commands: SlotCommand[] = atOnce ? [asked, { type: "kill", ...tag(state) }] : [asked];
  return [{ ...state, phase }, commands];
}

/** Drops a pending restart; an operator's cause of the ending is replaced by the newer one. */
function overrule({ state }: Situation, cause: StopCause): SlotPhase {
  const { phase } = state;
  if (phase.status !== "cancelling") return phase;
  return { ...phase, cause: ORDERED.includes(phase.cause) ? cause : phase.cause, pending: null };
}

function pendingRestart({ event, now }: Situation): CancellingPhase["pending"] {
  if (event.type !== "restart") return null;
  const { requester, reason } = event;
  return { requester, reason, requestedAt: now, duplicates: 0 };
}

// --- the actions by name ---------------------------------------------------------------------------

export const actions = {
  nothing: ({ state }) => [state, []],

  noteStale({ state, event }) {
    if (!("generation" in event)) return [state, []];
    return [state, [{ type: "stale", report: event, ...tag(state), generation: event.generation }]];
  },

  occupy: (situation) => enter(situation, situation.state, (situation.event as SlotLaunch).cause),

  startNow(situation) {
    const [state, commands] = enter(situation, situation.state, "operator");
    return [state, [fence(state, "started-immediately"), ...commands]];
  },

  becomeReady({ state, now, settings }) {
    const { phase } = state;
    if (!("beat" in phase)) return [state, []];
    const { launchedAt, beat } = phase;
    const told = phase.status === "running" && phase.healthy;
    const healthy = told || now - launchedAt >= settings.healthyAfterMs;
    const next: SlotState = {
      ...state,
      phase: { status: "ready", launchedAt, readyAt: now, healthy, beat },
    };
    const commands = [report(next, { type: "ready" })];
    if (healthy && !told) commands.push(report(next, { type: "healthy" }));
    return [next, commands];
  },

  sayNotReady({ state }) {
    const phase = { ...state.phase, saidNotReady: true } as SlotPhase;
    return [{ ...state, phase }, [report(state, { type: "not-ready" })]];
  },

  becomeNotReady({ state }) {
    if (state.phase.status !== "ready") return [state, []];
    const { launchedAt, healthy, beat } = state.phase;
    const phase: SlotPhase = { status: "running", launchedAt, healthy, beat };
    return [{ ...state, phase }, [report(state, { type: "not-ready" })]];
  },

  beat({ state, event, now }) {
    const { phase } = state;
    if (event.type !== "heartbeat" || !("beat" in phase)) return [state, []];
    const at = Math.min(event.at, now);
    if (phase.beat && at <= phase.beat.at) return [state, []];
    return [{ ...state, phase: { ...phase, beat: { at, since: at, excused: false } } }, []];
  },

  leave: (situation) => depart(situation, exitOf(situation)),
  replace: (situation) => succeed(situation, exitOf(situation)),

  close: (situation) => [
    { ...situation.state, open: false, phase: overrule(situation, "stop") },
    [],
  ],

  closeAndCancel: (situation) => cancel(situation, { ...situation.state, open: false }, "stop"),

  blockRestart: ({ state }) => [state, [fence(state, "blocked-by-shutdown")]],
  rejectRestart: ({ state }) => [state, [fence(state, "rejected")]],

  countDuplicate({ state }) {
    if (state.phase.status !== "cancelling" || !state.phase.pending) return [state, []];
    const { pending } = state.phase;
    const phase = { ...state.phase, pending: { ...pending, duplicates: pending.duplicates + 1 } };
    return [{ ...state, phase }, [fence(state, "already-pending")]];
  },

  queueRestart(situation) {
    const { state } = situation;
    const pending = pendingRestart(situation);
    const queued = fence(state, "queued-after-stop");
    if (state.phase.status === "cancelling") {
      return [{ ...state, phase: { ...state.phase, pending } }, [queued]];
    }
    const [next, commands] = cancel(situation, state, "restart", pending);
    return [next, [queued, ...commands]];
  },

  setIntent(situation) {
    const intent = intentAfter(situation);
    const phase =
      intent === "active" ? situation.state.phase : overrule(situation, causeOf(situation));
    const state: SlotState = { ...situation.state, intent, phase };
    return [state, [report(state, { type: "intent", intent })]];
  },

  setIntentAndCancel(situation) {
    const intent = intentAfter(situation);
    const [state, commands] = cancel(situation, { ...situation.state, intent }, causeOf(situation));
    return [state, [report(state, { type: "intent", intent }), ...commands]];
  },

  excuse({ state, now, settings }) {
    const { phase } = state;
    const due = nextDue(state, settings);
    if (phase.status === "cancelling") {
      return [{ ...state, phase: { ...phase, since: now, excused: true } }, []];
    }
    if (phase.status === "starting" && due?.kind === "ready") {
      return [{ ...state, phase: { ...phase, readySince: now, excused: true } }, []];
    }
    if (!("beat" in phase) || !phase.beat) return [state, []];
    const beat = { ...phase.beat, since: now, excused: true };
    return [{ ...state, phase: { ...phase, beat } }, []];
  },

  cancelUnready: (situation) => cancel(situation, situation.state, "not-ready-in-time"),
  cancelStale: (situation) => cancel(situation, situation.state, "heartbeat-stale"),

  tellHealthy({ state }) {
    if (state.phase.status !== "ready") return [state, []];
    const next: SlotState = { ...state, phase: { ...state.phase, healthy: true } };
    return [next, [report(next, { type: "healthy" })]];
  },

  escalate({ state, now }) {
    if (state.phase.status !== "cancelling") return [state, []];
    const phase: CancellingPhase = { ...state.phase, step: "killed", since: now, excused: false };
    return [{ ...state, phase }, [{ type: "kill", ...tag(state) }]];
  },

  abandon(situation) {
    const letGo: SlotCommand = { type: "abandon", ...tag(situation.state) };
    const end = hasPending(situation) ? succeed : depart;
    const [state, commands] = end(situation, { kind: "abandoned" });
    return [state, [letGo, ...commands]];
  },
} satisfies { readonly [name: string]: (situation: Situation) => Step };

export type ActionName = keyof typeof actions;

function causeOf({ event }: Situation): StopCause {
  return event.type === "quarantine" || event.type === "remove" ? event.type : "pause";
}
