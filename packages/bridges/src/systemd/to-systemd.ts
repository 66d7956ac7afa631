// A service of ours as a unit of systemd.

import { readArguments, readOptions } from "@steadfast/policy";
import type { SystemdOptions } from "@steadfast/presets";
import { isFlag, isText, readService } from "../doors.js";
import { graceOf } from "../grace-of.js";
import { changed, dropped, type Finding } from "../imported.js";
import { NotExpressibleError } from "../not-expressible-error.js";
import type { Service } from "../service.js";
import { signalOf } from "../signal-of.js";
import { policySettings } from "./policy-settings.js";
import { timespan } from "./timespan.js";
import { unitWord } from "./words.js";

/**
 * How a unit is written.
 * @since 0.1.0
 */
export interface ToSystemdOptions {
  /** What the unit is for, in one line. Default: the id. */
  readonly description?: string;
  /** The version of systemd that reads it: whole, from 244 on. `RestartSteps` needs at least 254. Default 254. */
  readonly version?: number;
  /** Whether the nearest is written where systemd cannot express it exactly. Default false: it is refused. */
  readonly lossy?: boolean;
}

/**
 * A unit, and what it does not say.
 * @since 0.1.0
 */
export interface SystemdUnit {
  /** The file's name, such as `web.service`. */
  readonly name: string;
  /** What it says. */
  readonly text: string;
  /** What is not exactly as it was; empty unless it is `lossy`. */
  readonly report: readonly Finding[];
}

const NAME = /^[\w:.\\@-]+$/;
const VARIABLE = /^[A-Za-z_]\w*$/;
const KILL_MODES = { group: "control-group", mixed: "mixed", process: "process" } as const;

/**
 * Writes a service as a unit of systemd.
 *
 * Decides: the settings under which systemd restarts as the policy would, and what is run, with which variables,
 * where, and how it is stopped; `fromUnit` reads it back. What systemd cannot express is refused, with the part and
 * the reason. Exactly expressible are the four presets of systemd and compositions of `restartOn`, a `backoff` that
 * is always the same, and one limit: `lifetimeCap`, or a `giveUp(crashBudget(...))` that counts launches.
 * Units: milliseconds become systemd's time spans. Range: an id of letters, digits and `:-_.\@`; a command that is
 * an absolute path, or a name that systemd looks up. Edge: `%`, `$`, quotes and control characters are escaped.
 * Effect on state: none. Errors: `NotExpressibleError`, unless `lossy`; `PolicySpecError` for a bad policy.
 * Source: `systemd.service(5)`, `systemd.unit(5)`.
 *
 * @since 0.1.0
 * @example
 * const policy = { kind: "allOf", members: ["always", { kind: "lifetimeCap", options: { restarts: 3 } }] } as const;
 * const { text } = toSystemd({ id: "web", command: "/usr/bin/env", args: ["node", "web.mjs"], policy });
 * text.split("\n").filter((line) => line.startsWith("Start"));
 * // => ["StartLimitIntervalSec=infinity", "StartLimitBurst=4"]
 */
export function toSystemd(service: Service, options: ToSystemdOptions = {}): SystemdUnit {
  readArguments("toSystemd", arguments, 2);
  readService("toSystemd", "service", service);
  const read = readOptions("toSystemd", options);
  const description = read.checked("description", "a text", isText, service.id);
  const version = read.whole("version", { min: 244, default: 254 });
  const lossy = read.checked("lossy", "true or false", isFlag, false);
  read.end();
  const { settings, report } = policySettings(service.policy);
  const told = plain("description", description.replaceAll(/\s+/g, " ").trim(), report);
  const unit = ["[Unit]", `Description=${told}`];
  const lines = ["", "[Service]"];
  if (!NAME.test(service.id)) report.push(dropped("id", "a unit's name has other letters"));
  for (const { id, until } of service.after ?? []) {
    if (!NAME.test(id)) {
      report.push(dropped("after", "a unit's name has other letters"));
      continue;
    }
    if (until === "completed") report.push(changed("after", `${id}.service must be Type=oneshot`));
    unit.push(`Requires=${id}.service`, `After=${id}.service`);
  }
  unit.push(...limitLines(settings));
  lines.push(...runLines(service, report), ...restartLines(settings, version, report));
  lines.push(...stopLines(service, report));
  reportOthers(service, report);
  if (report.length > 0 && !lossy) throw new NotExpressibleError("systemd", report);
  const install = ["", "[Install]", "WantedBy=multi-user.target", ""];
  return {
    name: `${service.id}.service`,
    text: [...unit, ...lines, ...install].join("\n"),
    report,
  };
}

/** A value that stands in its line without quotes; what a line cannot hold is reported, and left out. */
function plain(part: string, value: string, report: Finding[]): string {
  const near = value.replaceAll(/\p{Cc}/gu, "").replace(/^[\s]+|[\s\\]+$/g, "");
  if (near !== value) report.push(changed(part, "a line of a unit cannot hold it as it is"));
  return near.replaceAll("%", "%%");
}

/** The name of a signal; what is none is reported. */
function signalIn(part: string, signal: string | undefined, report: Finding[]): string | null {
  const meant = signal === undefined ? null : signalOf(signal);
  if (signal !== undefined && meant === null) report.push(dropped(part, "it is no signal"));
  return meant;
}

type Settings = SystemdOptions;

const has = <Value>(value: Value | undefined): value is Value => value !== undefined;

function limitLines({ startLimitIntervalMs, startLimitBurst }: Settings): string[] {
  const lines: string[] = [];
  if (has(startLimitIntervalMs)) {
    lines.push(`StartLimitIntervalSec=${timespan(startLimitIntervalMs)}`);
  }
  if (has(startLimitBurst)) lines.push(`StartLimitBurst=${startLimitBurst}`);
  return lines;
}

function restartLines(settings: Settings, version: number, report: Finding[]): string[] {
  const { restart = "no", restartMs, restartSteps = 0, restartMaxDelayMs = null } = settings;
  const lines = [`Restart=${restart}`];
  if (has(restartMs)) lines.push(`RestartSec=${timespan(restartMs)}`);
  if (restartSteps !== 0 || restartMaxDelayMs !== null) {
    if (version < 254) report.push(changed("RestartSteps", `systemd ${version} has none: 254 has`));
    else {
      lines.push(`RestartSteps=${restartSteps}`);
      lines.push(`RestartMaxDelaySec=${timespan(restartMaxDelayMs)}`);
    }
  }
  const lists = {
    SuccessExitStatus: settings.successExitStatus,
    RestartPreventExitStatus: settings.restartPreventExitStatus,
    RestartForceExitStatus: settings.restartForceExitStatus,
  };
  for (const [key, statuses = []] of Object.entries(lists)) {
    if (statuses.length > 0) lines.push(`${key}=${statuses.join(" ")}`);
  }
  return lines;
}

function runLines(service: Service, report: Finding[]): string[] {
  const { command, args = [], shell = false, cwd, env = {}, envFiles = [], maxRunMs } = service;
  const words = shell ? [shell === true ? "/bin/sh" : shell, "-c", command] : [command, ...args];
  const program = words[0] ?? "";
  if (program === "") report.push(dropped("command", "there is none"));
  if (!program.startsWith("/") && (program.includes("/") || /^[-@:+!|]/.test(program))) {
    report.push(dropped("command", "systemd wants an absolute path, or a name that it looks up"));
  }
  if (words.some((word) => word.includes("\0"))) {
    report.push(dropped("command", "no word of a command has a NUL"));
  }
  const lines = ["Type=exec"];
  lines.push(`ExecStart=${words.map((word) => unitWord(word, { variables: true })).join(" ")}`);
  if (cwd !== undefined) lines.push(`WorkingDirectory=${plain("cwd", cwd, report)}`);
  if (cwd !== undefined && !cwd.startsWith("/")) {
    report.push(dropped("cwd", "systemd wants an absolute path"));
  }
  for (const [name, value] of Object.entries(env)) {
    if (VARIABLE.test(name) && !value.includes("\0")) {
      lines.push(`Environment=${unitWord(`${name}=${value}`)}`);
    } else
      report.push(dropped(`env.${name}`, "a variable is letters, digits and _, and has no NUL"));
  }
  if (envFiles.length > 0 && Object.keys(env).length > 0) {
    report.push(changed("envFiles", "in systemd a file wins over `env`"));
  }
  for (const path of envFiles) lines.push(`EnvironmentFile=${plain("envFiles", path, report)}`);
  if (maxRunMs !== undefined) lines.push(`RuntimeMaxSec=${timespan(maxRunMs)}`);
  return lines;
}

function stopLines(service: Service, report: Finding[]): string[] {
  const { stop = {}, reloadSignal } = service;
  const graceMs = graceOf(service);
  if (graceMs === 0) report.push(changed("stop.gracePeriodMs", "systemd takes 0 for never: 1 ms"));
  const lines = [`TimeoutStopSec=${timespan(graceMs === 0 ? 1 : graceMs)}`];
  const signal = signalIn("stop.signal", stop.signal, report);
  const reload = signalIn("reloadSignal", reloadSignal, report);
  if (signal !== null) lines.push(`KillSignal=${signal}`);
  if (stop.killScope !== undefined) lines.push(`KillMode=${KILL_MODES[stop.killScope]}`);
  if (reload !== null) {
    lines.push(`ExecReload=/bin/kill -s ${reload.replace(/^SIG/, "")} $MAINPID`);
  }
  return lines;
}

function reportOthers(service: Service, report: Finding[]): void {
  const { probe, readiness, stop, channel, replicas } = service;
  if (probe) report.push(dropped("probe", "systemd looks at nothing from outside"));
  if (readiness) report.push(dropped("readiness", "only sd_notify makes a unit ready"));
  if (channel || stop?.message) report.push(dropped("channel", "a unit has none"));
  if (replicas !== undefined && replicas !== 1) {
    report.push(dropped("replicas", "one unit is one process: write one per replica"));
  }
}
