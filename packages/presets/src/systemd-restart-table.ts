// The Restart= table of systemd, and the three lists beside it.
//
// - An exit has a result: success, exit-code, signal, timeout, watchdog or oom-kill. Success is exit code
//   0, the signals HUP, INT, TERM and PIPE, and what `successExitStatus` adds.
// - Its status is the code or the signal that the process left, however it came to that.
// - `restartPreventExitStatus` goes first, then `restartForceExitStatus`, then the table.
// - What systemd does not have: a command that could not be executed is exit-code (systemd's own 203); a
//   task that was cancelled ended well; a child that did not die of SIGKILL is a timeout; an exit that
//   nobody saw is no failure, and is restarted under every setting but `no`.

import {
  type Exit,
  launch,
  type OptionsReader,
  readState,
  refuse,
  restartPolicy,
} from "@steadfast/policy";
import { statusOf } from "./exit-status.js";

/**
 * What the Restart= setting of a unit can be.
 * @since 0.1.0
 */
export type SystemdRestart =
  | "no"
  | "always"
  | "on-success"
  | "on-failure"
  | "on-abnormal"
  | "on-abort"
  | "on-watchdog";

/**
 * The settings of a unit that say which exits are restarted.
 * @since 0.1.0
 */
export interface SystemdRestartTableOptions {
  /** `Restart=`: which exits are restarted. Default `no`. */
  readonly restart?: SystemdRestart;
  /** `SuccessExitStatus=`: codes, each from 0 to 255, and signals such as `SIGKILL` that are clean, too. Default: none. */
  readonly successExitStatus?: readonly (number | string)[];
  /** `RestartPreventExitStatus=`: codes, each from 0 to 255, and signals that are never restarted. Default: none. */
  readonly restartPreventExitStatus?: readonly (number | string)[];
  /** `RestartForceExitStatus=`: codes, each from 0 to 255, and signals that are always restarted. Default: none. */
  readonly restartForceExitStatus?: readonly (number | string)[];
}

type Result = "success" | "exit-code" | "signal" | "timeout" | "watchdog" | "oom-kill";

const RESULTS: { readonly [Restart in SystemdRestart]: readonly Result[] } = {
  no: [],
  always: ["success", "exit-code", "signal", "timeout", "watchdog", "oom-kill"],
  "on-success": ["success"],
  "on-failure": ["exit-code", "signal", "timeout", "watchdog", "oom-kill"],
  "on-abnormal": ["signal", "timeout", "watchdog", "oom-kill"],
  "on-abort": ["signal"],
  "on-watchdog": ["watchdog"],
};
const SETTINGS = Object.keys(RESULTS) as SystemdRestart[];
const CLEAN = [0, "SIGHUP", "SIGINT", "SIGTERM", "SIGPIPE"];
const ALLOWED = "an array of codes from 0 to 255 and signals such as SIGKILL";

/** Whether the last exit is to be restarted; null while there is nothing to say. */
export interface RestartTableState {
  readonly wanted: boolean | null;
}

const FRESH: RestartTableState = { wanted: null };

function isStatus(value: unknown): boolean {
  if (typeof value === "string") return /^SIG[A-Z0-9+-]+$/.test(value);
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** Reads the settings and makes the table's rule of them. */
export function restartTable(read: OptionsReader<SystemdRestartTableOptions>) {
  const statuses = (key: keyof SystemdRestartTableOptions) =>
    read.checked<readonly (number | string)[]>(
      key,
      ALLOWED,
      (value) => Array.isArray(value) && value.every(isStatus),
      [],
    );
  const restart = read.oneOf("restart", SETTINGS, "no");
  const successExitStatus = [...statuses("successExitStatus")];
  const restartPreventExitStatus = [...statuses("restartPreventExitStatus")];
  const restartForceExitStatus = [...statuses("restartForceExitStatus")];
  const clean = [...CLEAN, ...successExitStatus];

  function resultOf(exit: Exit): Result {
    if (exit.kind === "unhealthy") return "watchdog";
    if (exit.kind === "timed-out" || exit.kind === "abandoned") return "timeout";
    if (exit.kind === "out-of-memory") return "oom-kill";
    if (exit.kind === "cancelled" || exit.kind === "lost") return "success";
    const status = statusOf(exit);
    if (status !== null && clean.includes(status)) return "success";
    return exit.kind === "signalled" ? "signal" : "exit-code";
  }

  function wants(exit: Exit): boolean {
    if (exit.kind === "lost") return restart !== "no";
    const status = statusOf(exit);
    if (status !== null && restartPreventExitStatus.includes(status)) return false;
    if (status !== null && restartForceExitStatus.includes(status)) return true;
    return RESULTS[restart].includes(resultOf(exit));
  }

  const options = {
    restart,
    successExitStatus,
    restartPreventExitStatus,
    restartForceExitStatus,
  };
  const policy = restartPolicy<RestartTableState>({
    name: "restartTable",
    describe: { options },
    initial: () => FRESH,
    exited(state, { exit }) {
      const wanted = wants(exit);
      return wanted === state.wanted ? state : { wanted };
    },
    launch(state, { cause }) {
      if (cause === "restart" && state.wanted === false) return [state, refuse("not-wanted", null)];
      return [state.wanted === null ? state : FRESH, launch()];
    },
    parse: (raw) => ({ wanted: readState(raw).oneOf("wanted", [true, false, null]) }),
    idle: (state) => state.wanted === null,
  });
  return { options, policy, isFailure: (exit: Exit) => resultOf(exit) !== "success" };
}
