// What the rules of the table do. An action believes the table: it takes the phase and the event that
// its rules name. An event that brings nothing new changes nothing and has no command.

import { exitRecord, type Millis } from "@steadfast/policy";
import type {
  ChildReport,
  SlotEvent,
  SlotLaunch,
  SlotLimit,
  SlotRestart,
  SlotVerdict,
} from "./alphabet.js";
import { type Due, nextDue } from "./deadlines.js";
import { end, forced } from "./ending.js";
import { enter, farewell } from "./occupation.js";
import type { SlotSettings } from "./options.js";
import { fence, type Outcome, quiet, say } from "./outcome.js";
import {
  type AlivePhase,
  type CancellingPhase,
  type PendingRestart,
  type ReadyPhase,
  type RunningPhase,
  type SlotIntent,
  type SlotPhase,
  type SlotState,
  type StartingPhase,
  vacant,
} from "./state.js";

type UpPhase = StartingPhase | RunningPhase | ReadyPhase;
type WasNotReady =
  | (StartingPhase & Partial<Record<"healthy" | "healthSince", never>>)
  | RunningPhase;
type Renewed = Pick<ReadyPhase, "ranSince" | "healthSince">;
type WaitingPhase = CancellingPhase & { readonly pending: PendingRestart };
type IntentType = "pause" | "quarantine" | "remove" | "resume";
type EventOf<Type> = Extract<SlotEvent, { readonly type: Type }>;

/** A method's type, so that an action may ask for the very phase and event that the table gives it. */
export type Action = {
  act(
    phase: SlotPhase,
    event: SlotEvent,
    now: Millis,
    settings: SlotSettings,
    state: SlotState,
  ): Outcome;
}["act"];

export const stay: Action = () => quiet();

export const noteStale: Action = (_, report: ChildReport | SlotVerdict) => [
  null,
  [{ type: "stale", report }],
];

export const occupy: Action = (_, event: SlotLaunch | SlotRestart, now, settings) => {
  const isOrdered = event.type === "restart";
  const commands = isOrdered ? [fence("started-immediately")] : [];
  return [
    { phase: enter(isOrdered ? "operator" : event.cause, now, settings, commands) },
    commands,
  ];
};

export const becomeReady: Action = (phase: WasNotReady, _, now, settings) => {
  const { launchedAt, beat, healthy = false } = phase;
  const again = renewed(phase, settings);
  return [
    { phase: { status: "ready", launchedAt, readyAt: now, healthy, beat, ...again } },
    [say({ type: "ready" })],
  ];
};

/** The times that were started again. One that counts from becoming ready ends with being ready. */
function renewed({ ranSince, healthSince }: Renewed, { healthyFrom }: SlotSettings): Renewed {
  return {
    ...(ranSince === undefined ? {} : { ranSince }),
    ...(healthSince === undefined || healthyFrom === "ready" ? {} : { healthSince }),
  };
}

export const sayNotReady: Action = (phase: StartingPhase) =>
  phase.saidNotReady
    ? quiet()
    : [{ phase: { ...phase, saidNotReady: true } }, [say({ type: "not-ready" })]];

export const becomeNotReady: Action = (phase: ReadyPhase, _, __, settings) => {
  const { launchedAt, healthy, beat } = phase;
  return [
    { phase: { status: "running", launchedAt, healthy, beat, ...renewed(phase, settings) } },
    [say({ type: "not-ready" })],
  ];
};

/** A sign of life sent before a fresh period began neither shortens that nor grants another. */
export const hear: Action = (phase: UpPhase, event: EventOf<"heartbeat">, now) => {
  const at = Math.min(event.at, now);
  const last = phase.beat;
  if (last && at <= last.at) return quiet();
  const beat =
    last && at < last.since
      ? { at, since: last.since, excused: last.excused }
      : { at, since: at, excused: false };
  return [{ phase: { ...phase, beat } }, []];
};

/** Also for a child that is given up: it has no exit of its own, so one of kind `abandoned` is reported. */
export const leave: Action = (phase: AlivePhase, event, now, settings) => {
  const isGone = event.type === "exited";
  const news = farewell(phase, isGone ? event.exit : { kind: "abandoned" }, now, settings);
  const commands = isGone ? [say(news)] : [{ type: "abandon" } as const, say(news)];
  const isAwaited = phase.status === "cancelling" && phase.pending !== null;
  const next = isAwaited ? enter("operator", now, settings, commands) : vacant.phase;
  return [{ phase: next, lastExit: exitRecord(news.exit) }, commands];
};

export const close: Action = (
  phase,
  { type }: EventOf<"stop" | "kill">,
  now,
  settings,
  { open },
) => {
  const hurries = type === "kill" && isAsked(phase);
  return open || hurries ? end(phase, type, now, settings, { open: false }) : quiet();
};

/** Of an attempt that is ending already only what it waits for can change. */
export const vacate: Action = (phase, { type }: EventOf<"halt" | "force">, now, settings) => {
  if (phase.status === "stopped") return quiet();
  const isNews = phase.status !== "cancelling" || phase.pending !== null;
  const hurries = type === "force" && isAsked(phase);
  return isNews || hurries ? end(phase, type, now, settings) : quiet();
};

export const refuseRestart: Action = (_, __, ___, ____, { open }) => [
  null,
  [fence(open ? "rejected" : "blocked-by-shutdown")],
];

export const queueRestart: Action = (phase, { requester, reason }: SlotRestart, now, settings) => {
  const pending = { requester, reason, requestedAt: now, duplicates: 0 };
  return end(phase, "restart", now, settings, {}, pending, fence("queued-after-stop"));
};

export const countDuplicate: Action = ({ pending, ...phase }: WaitingPhase) => [
  { phase: { ...phase, pending: { ...pending, duplicates: pending.duplicates + 1 } } },
  [fence("already-pending")],
];

export const setIntent: Action = (phase, { type }: EventOf<IntentType>, now, settings, state) => {
  const intent: SlotIntent = type === "resume" ? "active" : `${type}d`;
  if (intent === state.intent || state.intent === "removed") return quiet();
  const news = say({ type: "intent", intent });
  return type === "resume"
    ? [{ intent }, [news]]
    : end(phase, type, now, settings, { intent }, null, news);
};

export const setLimit: Action = (_, { view }: SlotLimit, now, __, { restartLimit: known }) => {
  const { windowMs, limit, used } = view;
  const same = known?.windowMs === windowMs && known.limit === limit && known.used === used;
  return same ? quiet() : [{ restartLimit: { windowMs, limit, used, updatedAt: now } }, []];
};

/** The time that is over starts again in full, once. */
export const excuse: Action = (phase: AlivePhase, _, now, settings) => {
  const { time } = nextDue(phase, settings) as Due;
  if (time === "heartbeatTimeoutMs" && "beat" in phase && phase.beat) {
    return [{ phase: { ...phase, beat: { ...phase.beat, since: now, excused: true } } }, []];
  }
  if (time === "maxRunMs") {
    const { healthSince, ...rest } = phase as ReadyPhase;
    const again = healthSince === undefined ? {} : { healthSince };
    return [{ phase: { ...rest, ranSince: now, ...again } }, []];
  }
  if (time === "healthyAfterMs") {
    return [{ phase: { ...phase, healthSince: now } as AlivePhase }, []];
  }
  const since = time === "readyTimeoutMs" ? "readySince" : "since";
  return [{ phase: { ...phase, [since]: now, excused: true } as AlivePhase }, []];
};

export const cancelUnready: Action = (phase, _, now, settings) =>
  end(phase, "not-ready-in-time", now, settings);

export const cancelStale: Action = (phase, _, now, settings) =>
  end(phase, "heartbeat-stale", now, settings);

export const cancelOverrun: Action = (phase, _, now, settings) =>
  end(phase, "ran-too-long", now, settings);

export const cancelUnfit: Action = (phase, { reason }: EventOf<"unhealthy">, now, settings) => {
  const [changes, commands] = end(phase, "unhealthy", now, settings);
  return [{ phase: { ...(changes?.phase as CancellingPhase), reason } }, commands];
};

export const reportHealthy: Action = ({ healthSince: _, ...phase }: ReadyPhase) => [
  { phase: { ...phase, healthy: true } },
  [say({ type: "healthy" })],
];

export const escalate: Action = (phase: CancellingPhase, _, now) => [
  { phase: forced(phase, now) },
  [{ type: "kill" }],
];

/** Asked to end, and not killed yet. */
function isAsked(phase: SlotPhase): boolean {
  return phase.status === "cancelling" && phase.step === "asked";
}
