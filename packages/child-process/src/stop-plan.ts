// What will be done to stop a child and to end it by force, as data: the same on every machine that
// asks, so that both platforms can be tested on one.
//
// POSIX    stop: the stop signal, to the group or to the process     kill: SIGKILL likewise
//          and SIGCONT, since a stopped process (SIGSTOP, Ctrl-Z) hears nothing before it goes on
// Windows  there are no signals and no groups. stop: a message where there is a channel, else
//          nothing, and the grace period passes. kill: `taskkill /T /F`, or TerminateProcess alone.

/**
 * Whom a stop and a kill are meant for, in the words of systemd's `KillMode=`.
 * @since 0.1.0
 */
export type KillScope = "group" | "mixed" | "process";

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
  | { readonly via: "message" }
  /** Windows: the child and what it has started. */
  | { readonly via: "taskkill" };

/**
 * What to do when asked to stop, when told to kill, and after the exit.
 * @since 0.1.0
 */
export interface StopPlan {
  /** How the child is asked; empty where there is no way to ask. */
  readonly stop: readonly StopStep[];
  /** How it is ended by force. */
  readonly kill: readonly StopStep[];
  /** Whether what is left of the group is killed after its leader's exit. */
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
  /** Whether the child leads a process group of its own. Without one, only the process is signalled. */
  readonly leadsGroup: boolean;
  /** Whether there is an IPC channel to the child. */
  readonly channel: boolean;
}

/**
 * Plans how a child is stopped.
 *
 * Decides: on POSIX the stop signal, with SIGCONT after it so that a stopped process hears it; then SIGKILL, to the
 * group or to the process; `mixed` asks the leader alone
 * and kills the group. On Windows a message where there is a channel, else nothing, then `taskkill /T /F`, or
 * TerminateProcess for the process alone.
 * Never plans a signal for a group that the child does not lead. Effect on state: none. Errors: none.
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
  const { platform, killScope, stopSignal, leadsGroup, channel } = situation;
  const windows = platform === "win32";
  const wide = killScope !== "process";
  const group = wide && leadsGroup && !windows;
  const reach = group ? "group" : wide && windows ? "tree" : "process";
  const asked = group && killScope === "group" ? "group" : "process";
  const ask = (signal: NodeJS.Signals): StopStep => ({ via: "signal", signal, to: asked });
  const message: readonly StopStep[] = channel ? [{ via: "message" }] : [];
  return {
    stop: windows ? message : [ask(stopSignal), ask("SIGCONT")],
    kill: [
      reach === "tree" ? { via: "taskkill" } : { via: "signal", signal: "SIGKILL", to: reach },
    ],
    sweep: group,
    reach,
  };
}
