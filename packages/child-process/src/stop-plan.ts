// What will be done to stop a child and to end it by force, as data: the same on every machine that
// asks, so that both platforms can be tested on one.
//
// POSIX    stop: the stop signal, to the group or to the process     kill: SIGKILL likewise
//          and SIGCONT, whatever way it is asked: a stopped process (SIGSTOP, Ctrl-Z) hears nothing before it goes on
// Windows  there are no signals and no groups. stop: a message where there is a channel, else
//          nothing, and the grace period passes. kill: `taskkill /T /F`, or TerminateProcess alone.

import { readArguments, readOptions } from "@steadfast/policy";
import { readStopRequests, type StopRequest } from "./stop-request.js";
import { STOP_SIGNALS } from "./stop-signals.js";

/**
 * Whom a stop and a kill are meant for, in the words of systemd's `KillMode=`.
 * @since 0.1.0
 */
export type KillScope = "group" | "mixed" | "process";

export const KILL_SCOPES: readonly KillScope[] = ["group", "mixed", "process"];

/**
 * Whom `kill` really reaches.
 * @since 0.1.0
 */
export type KillReach = "group" | "tree" | "process";

/**
 * One thing to be done.
 * @since 0.1.0
 */
export type StopStep =
  | {
      readonly via: "signal";
      /** Which signal is sent. */
      readonly signal: NodeJS.Signals;
      /** To the child's process group, or to the child alone. */
      readonly to: "group" | "process";
    }
  /** A message over the IPC channel. */
  | {
      readonly via: "message";
      /** What is sent; left out: `{ steadfast: "stop", reason }`. */
      readonly message?: unknown;
    }
  /** The end of its stdin. */
  | { readonly via: "stdin" }
  /** What the plan's `kill` says. */
  | { readonly via: "kill" }
  /** Windows: the child and what it has started. */
  | { readonly via: "taskkill" };

/**
 * One thing to be done, and when.
 * @since 0.1.0
 */
export type TimedStep = StopStep & {
  /** How long after the request, in whole milliseconds; left out: at once. */
  readonly afterMs?: number;
};

/**
 * What to do when asked to stop, when told to kill, and after the exit.
 * @since 0.1.0
 */
export interface StopPlan {
  /** How the child is asked; empty where there is no way to ask. */
  readonly stop: readonly TimedStep[];
  /** How it is ended by force. */
  readonly kill: readonly StopStep[];
  /** Whether what is left of the group is seen out after its leader's exit. */
  readonly sweep: boolean;
  /** Whom the kill reaches. */
  readonly reach: KillReach;
}

/**
 * What a plan depends on.
 * @since 0.1.0
 */
export interface StopSituation {
  /** As `process.platform` says it. */
  readonly platform: NodeJS.Platform;
  /** Whom a stop and a kill are meant for. */
  readonly killScope: KillScope;
  /** The signal that asks the child to end. */
  readonly stopSignal: NodeJS.Signals;
  /** How the child is asked to end, step by step; null or left out: by the stop signal, or a message on Windows. */
  readonly stop?: readonly StopRequest[] | null;
  /** Whether the child leads a process group of its own. Without one, only the process is signalled. */
  readonly leadsGroup: boolean;
  /** Whether there is an IPC channel to the child. */
  readonly channel: boolean;
}

/**
 * Plans how a child is stopped.
 *
 * Decides: on POSIX the stop signal, with SIGCONT after it, as after any other step that asks, so that a stopped process
 * hears it; then SIGKILL, to the group or to the process; `mixed` asks the leader alone and kills the group. On
 * Windows a message where there is a channel, else nothing, then `taskkill /T /F`, or TerminateProcess for the process
 * alone.
 * `stop` says it step by step instead: what cannot be done there is left out, and its time passes.
 * Never plans a signal for a group that the child does not lead. Effect on state: none. Errors: `PolicyOptionsError` that
 * names what is wrong with the situation.
 * Source: systemd.kill(5), `KillMode=control-group | mixed | process`.
 *
 * @since 0.1.0
 * @example
 * stopPlan({
 *   platform: "linux",
 *   killScope: "group",
 *   stopSignal: "SIGTERM",
 *   leadsGroup: true,
 *   channel: false,
 * }).stop.length; // => 2
 */
export function stopPlan(situation: StopSituation): StopPlan {
  readArguments("stopPlan", arguments, 1);
  const read = readOptions<StopSituation>("stopPlan", situation);
  const is = (type: string) => (value: unknown) => typeof value === type;
  const stop = read.raw("stop") ?? undefined;
  const checked: StopSituation = {
    platform: read.checked<NodeJS.Platform>(
      "platform",
      "as process.platform says it",
      is("string"),
    ),
    killScope: read.oneOf<KillScope>("killScope", KILL_SCOPES),
    stopSignal: read.oneOf("stopSignal", STOP_SIGNALS),
    stop: readStopRequests("stopPlan", stop, STOP_SIGNALS),
    leadsGroup: read.checked<boolean>("leadsGroup", "true or false", is("boolean")),
    channel: read.checked<boolean>("channel", "true or false", is("boolean")),
  };
  read.end();
  return planFor(checked);
}

/** The plan of a situation that is known to be one. */
export function planFor(situation: StopSituation): StopPlan {
  const { platform, killScope, stopSignal, leadsGroup, channel } = situation;
  const windows = platform === "win32";
  const wide = killScope !== "process";
  const group = wide && leadsGroup && !windows;
  const reach = group ? "group" : wide && windows ? "tree" : "process";
  const asked = group && killScope === "group" ? "group" : "process";
  const message: StopRequest = { via: "message" };
  const usual: StopRequest = windows ? message : { via: "signal", signal: stopSignal };
  const ask = (signal: NodeJS.Signals): StopStep => ({ via: "signal", signal, to: asked });
  const steps = (request: StopRequest): readonly StopStep[] => {
    if (request.via === "kill") return [{ via: "kill" }];
    const isPossible = request.via === "message" ? channel : request.via === "stdin" || !windows;
    if (!isPossible) return [];
    const step = request.via === "signal" ? ask(request.signal) : stepOf(request);
    return windows ? [step] : [step, ask("SIGCONT")];
  };
  return {
    stop: timed(situation.stop ?? [usual], steps),
    kill: [
      reach === "tree" ? { via: "taskkill" } : { via: "signal", signal: "SIGKILL", to: reach },
    ],
    sweep: group,
    reach,
  };
}

/** The steps of all requests, each at its time. */
function timed(
  requests: readonly StopRequest[],
  steps: (request: StopRequest) => readonly StopStep[],
): readonly TimedStep[] {
  let afterMs = 0;
  return requests.flatMap((request) => {
    const at = afterMs > 0 ? { afterMs } : {};
    if (request.via !== "kill") afterMs += request.waitMs ?? 0;
    return steps(request).map((step) => ({ ...step, ...at }));
  });
}

function stepOf(request: Extract<StopRequest, { via: "message" | "stdin" }>): StopStep {
  const { via } = request;
  return via === "stdin" || request.message === undefined
    ? { via }
    : { via, message: request.message };
}
