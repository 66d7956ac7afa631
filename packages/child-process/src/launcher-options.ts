// The options of all launchers. They are checked in `read-launcher-options.ts`.

import type { ForkOptions, SpawnOptions } from "node:child_process";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { InputOptions } from "./input-options.js";
import type { MessageSignal } from "./ipc-signal.js";
import type { OutputName, OutputOptions } from "./output-options.js";
import type { SharedPort } from "./shared-port.js";
import type { KillScope } from "./stop-plan.js";
import type { StopRequest } from "./stop-request.js";

/**
 * What every launcher takes about stopping, readiness and the stderr tail.
 * @since 0.1.0
 */
export interface ProcessOptions {
  /** The signal that asks the child to end. Default `SIGTERM`. Without effect on Windows. Not beside `stop`. */
  readonly stopSignal?: NodeJS.Signals;
  /**
   * How the child is asked to end, step by step. What cannot be done, such as a message without a channel, is
   * passed over, and its time passes. The supervisor's `gracePeriodMs` ends it in any case. There is at least
   * one step. Default: the stop signal; on Windows a message, where there is a channel.
   */
  readonly stop?: readonly StopRequest[];
  /** The signal that `reload()` sends to the child alone, in place of the message. Default: the message. */
  readonly reloadSignal?: NodeJS.Signals;
  /**
   * Who is signalled. `group`: the child's process group, both when asked to stop and when killed.
   * `mixed`: the child alone is asked, the rest of the group after its exit; the group is killed.
   * `process`: the child alone, and what it leaves behind lives on. With `group` and `mixed`, the child
   * counts as gone when nobody of its group is left: after a requested stop the rest has the same grace
   * period, after a crash `sweepGraceMs`. Default `group`; `process` for `processLauncher`.
   */
  readonly killScope?: KillScope;
  /**
   * Whether the child, and with `group` and `mixed` its group, is ended when the host is gone without having
   * stopped it: SIGTERM, and SIGKILL 2 s later. Default true. Without effect on Windows.
   */
  readonly lifeline?: boolean;
  /**
   * How long what a crash leaves behind in the group has between the stop signal and SIGKILL: from 0 to
   * 60 000 ms. 0: it is killed at once. It is part of the delay before the next launch. Default 500. Without effect after a requested stop.
   */
  readonly sweepGraceMs?: number;
  /** How many of the last lines of stderr the exit carries, 0 to 1 000. Default 20; 0 turns it off. */
  readonly stderrTail?: number;
  /**
   * Changes a line before anybody sees it: of the tail, and of what is given to `line` and `prefix`. Does not touch what is
   * passed on, or written to a file, byte by byte. Default: lines stay as they are.
   */
  readonly redact?: (line: string) => string;
  /**
   * Reads every complete line of output; the first true reports the child ready, and it is asked no
   * more. Left out: output says nothing about readiness.
   */
  readonly readyWhen?: (line: string, stream: OutputName) => boolean;
  /**
   * Reads what has come of a line that is not finished, such as a prompt; the first true reports the child ready, as
   * `readyWhen` does. Left out: a line that is not finished says nothing.
   */
  readonly promptWhen?: (text: string, stream: OutputName) => boolean;
  /**
   * What a message of a forked child means, where it does not speak as `@steadfast/child-process/child` does: `ready`,
   * `not-ready`, `heartbeat`, or undefined for an ordinary message. Default: pm2's `"ready"` is `ready`.
   */
  readonly messageSignal?: MessageSignal;
  /**
   * What is expected of the child as a sign of life, from the launch on: `message`, a heartbeat over IPC; `output`, any
   * output. The launch counts as the first, so that a child that never gives one is found after `heartbeatTimeoutMs`.
   * Default: nothing is expected; a child that sends heartbeats is judged from its first.
   */
  readonly heartbeat?: "message" | "output";
  /**
   * Called with what went wrong besides the exit: a failed send, an unkillable group, a throwing `readyWhen`.
   * Default: nothing is called.
   */
  readonly onFault?: (error: unknown) => void;
}

/**
 * Arguments, or a function that makes them for each attempt. A standby is started before anybody knows which attempt it
 * will be: for one, `attempt` and `generation` are 0, for this and all functions of the attempt.
 * @since 0.1.0
 */
export type LaunchArgs = readonly string[] | ((info: LaunchInfo) => readonly string[]);

/**
 * Variables that are merged over the host's, undefined taking one away; or, under `replace`, all that there are.
 * @since 0.1.0
 */
export type Environment = NodeJS.ProcessEnv | WholeEnvironment;

/**
 * An environment that does not begin with the host's.
 * @since 0.1.0
 */
export interface WholeEnvironment {
  /** All variables that there are. */
  readonly replace: NodeJS.ProcessEnv;
}

/**
 * What environment a child is given, besides `STEADFAST_ID`, `STEADFAST_ATTEMPT` and `STEADFAST_GENERATION`; a standby has
 * `STEADFAST_STANDBY` in place of the last two.
 * @since 0.1.0
 */
export interface EnvOption {
  /** Environment variables, or a function that makes them for each attempt. Default: the host's. */
  readonly env?: Environment | ((info: LaunchInfo) => Environment | undefined);
  /**
   * Files of variables, as Node's own parser reads them, before each attempt; the later one wins, and the host's
   * variables and `env` win over all of them, as with Node's `--env-file`. A file that cannot be read is a refusal to
   * start. Default: none.
   */
  readonly envFile?: string | readonly string[];
}

/**
 * Options of `spawnLauncher`: the shared ones, and some of Node's `spawn`, handed on untouched.
 * @since 0.1.0
 */
export interface SpawnLauncherOptions
  extends Omit<ProcessOptions, "messageSignal" | "heartbeat">,
    InputOptions,
    OutputOptions,
    EnvOption,
    Pick<
      SpawnOptions,
      "argv0" | "cwd" | "gid" | "shell" | "uid" | "windowsHide" | "windowsVerbatimArguments"
    > {
  /**
   * What is expected of the child as a sign of life, from the launch on: any output. Default: nothing is expected; there
   * is no channel over which a heartbeat could come.
   */
  readonly heartbeat?: "output";
}

/**
 * Options of `forkLauncher`: the shared ones, and some of Node's `fork`, handed on untouched.
 * @since 0.1.0
 */
export interface ForkLauncherOptions
  extends ProcessOptions,
    InputOptions,
    OutputOptions,
    EnvOption,
    Pick<ForkOptions, "cwd" | "execArgv" | "execPath" | "gid" | "serialization" | "uid"> {
  /**
   * A port that its children listen on, by `listen(server)` of `@steadfast/child-process/child`, which also says when they
   * are ready. Any number of launchers and children may share it. Default: none.
   */
  readonly port?: SharedPort;
}
