// What the rules of the table do. An action believes the table: it takes the phase and the event that
// its rules name. Told twice is told once: then nothing changes, and nothing is said.

import { exitRecord, type Millis } from "@steadfast/policy";
import type { ChildReport, SlotEvent, SlotLaunch, SlotLimit, SlotRestart } from "./alphabet.js";
import { type Due, nextDue } from "./deadlines.js";
import { end, forced } from "./ending.js";
import { enter, farewell } from "./occupation.js";
import type { SlotSettings } from "./options.js";
import { fence, type Outcome, say } from "./outcome.js";
import type {
  AlivePhase,
  CancellingPhase,
  PendingRestart,
  ReadyPhase,
  RunningPhase,
  SlotIntent,
  SlotPhase,
  SlotState,
  StartingPhase,
} from "./state.js";

type UpPhase = StartingPhase | RunningPhase | ReadyPhase;
type WasNotReady = (StartingPhase & { readonly healthy?: never }) | RunningPhase;
type WaitingPhase = CancellingPhase & { readonly pending: PendingRestart };
type IntentType = "pause" | "quarantine" | "remove" | "resume";
type Told<Type> = Extract<SlotEvent, { readonly type: Type }>;

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

export const stay: Action = () => [null];

export const noteStale: Action = (_, report: ChildReport) => [null, { type: "stale", report }];

export const occupy: Action = (_, event: SlotLaunch | SlotRestart, now, settings) =>
  event.type === "launch"
    ? enter(event.cause, now, settings)
    : enter("operator", now, settings, fence("started-immediately"));

export const becomeReady: Action = ({ launchedAt, beat, healthy = false }: WasNotReady, _, now) => [
  { phase: { status: "ready", launchedAt, readyAt: now, healthy, beat } },
  say({ type: "ready" }),
];

export const sayNotReady: Action = (phase: StartingPhase) =>
  phase.saidNotReady
    ? [null]
    : [{ phase: { ...phase, saidNotReady: true } }, say({ type: "not-ready" })];

export const becomeNotReady: Action = ({ launchedAt, healthy, beat }: ReadyPhase) => [
  { phase: { status: "running", launchedAt, healthy, beat } },
  say({ type: "not-ready" }),
];

/** A sign of life sent before a fresh period began neither shortens that nor grants another. */
export const hear: Action = (phase: UpPhase, event: Told<"heartbeat">, now) => {
  const at = Math.min(event.at, now);
  const last = phase.beat;
  if (last && at <= last.at) return [null];
  const beat = last && at < last.since ? { ...last, at } : { at, since: at, excused: false };
  return [{ phase: { ...phase, beat } }];
};

/** Also for a child that is given up: then the exit is made up. */
export const leave: Action = (phase: AlivePhase, event, now, settings) => {
  const isGone = event.type === "exited";
  const news = farewell(phase, isGone ? event.exit : { kind: "abandoned" }, now, settings);
  const told = isGone ? [say(news)] : [{ type: "abandon" } as const, say(news)];
  const [changes, ...commands]: Outcome =
    "pending" in phase && phase.pending
      ? enter("operator", now, settings, ...told)
      : [{ phase: { status: "stopped" } }, ...told];
  return [{ ...changes, lastExit: exitRecord(news.exit) }, ...commands];
};

export const close: Action = (phase, { type }: Told<"stop" | "kill">, now, settings, { open }) => {
  const hurries = type === "kill" && "step" in phase && phase.step === "asked";
  return open || hurries ? end(phase, type, now, settings, { open: false }) : [null];
};

/** Of an attempt that is ending already only what it waits for can change. */
export const vacate: Action = (phase, { type }: Told<"halt" | "force">, now, settings) => {
  if (phase.status === "stopped") return [null];
  const hurries = type === "force" && "step" in phase && phase.step === "asked";
  const isNews = phase.status !== "cancelling" || phase.pending !== null || hurries;
  return isNews ? end(phase, type, now, settings) : [null];
};

export const refuseRestart: Action = (_, __, ___, ____, { open }) => [
  null,
  fence(open ? "rejected" : "blocked-by-shutdown"),
];

export const queueRestart: Action = (phase, { requester, reason }: SlotRestart, now, settings) => {
  const pending = { requester, reason, requestedAt: now, duplicates: 0 };
  return end(phase, "restart", now, settings, {}, pending, fence("queued-after-stop"));
};

export const countDuplicate: Action = ({ pending, ...phase }: WaitingPhase) => [
  { phase: { ...phase, pending: { ...pending, duplicates: pending.duplicates + 1 } } },
  fence("already-pending"),
];

export const setIntent: Action = (phase, { type }: Told<IntentType>, now, settings, state) => {
  const intent: SlotIntent = type === "resume" ? "active" : `${type}d`;
  if (intent === state.intent || state.intent === "removed") return [null];
  const news = say({ type: "intent", intent });
  return type === "resume"
    ? [{ intent }, news]
    : end(phase, type, now, settings, { intent }, null, news);
};

export const setLimit: Action = (_, { view }: SlotLimit, now, __, { restartLimit: known }) => {
  const { windowMs, limit, used } = view;
  const same = known?.windowMs === windowMs && known.limit === limit && known.used === used;
  return same ? [null] : [{ restartLimit: { windowMs, limit, used, updatedAt: now } }];
};

/** The time that is over starts afresh, once. */
export const excuse: Action = (phase: AlivePhase, _, now, settings) => {
  const { time } = nextDue(phase, settings) as Due;
  if (time === "heartbeatTimeoutMs" && "beat" in phase && phase.beat) {
    return [{ phase: { ...phase, beat: { ...phase.beat, since: now, excused: true } } }];
  }
  const since = time === "readyTimeoutMs" ? "readySince" : "since";
  return [{ phase: { ...phase, [since]: now, excused: true } as AlivePhase }];
};

export const cancelUnready: Action = (phase, _, now, settings) =>
  end(phase, "not-ready-in-time", now, settings);

export const cancelStale: Action = (phase, _, now, settings) =>
  end(phase, "heartbeat-stale", now, settings);

export const tellHealthy: Action = (phase: ReadyPhase) => [
  { phase: { ...phase, healthy: true } },
  say({ type: "healthy" }),
];

export const escalate: Action = (phase: CancellingPhase, _, now) => [
  { phase: forced(phase, now) },
  { type: "kill" },
];
