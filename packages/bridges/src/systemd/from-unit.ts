// A service of systemd as one of ours. What has no counterpart is reported, with its line.

import { type Json, readArguments, readOptions } from "@steadfast/policy";
import { isText, readText } from "../doors.js";
import type { Finding, Imported } from "../imported.js";
import { ownEntry } from "../own-entry.js";
import type { Service } from "../service.js";
import { restartOptions, stopOptions } from "./restart-keys.js";
import { type Run, readRun } from "./run-keys.js";
import { unitSettings } from "./unit-settings.js";
import { unitText } from "./unit-text.js";

/**
 * What `fromUnit` knows besides the text.
 * @since 0.1.0
 */
export interface FromUnitOptions {
  /** The unit's file name, such as `web@blue.service`: it fills in specifiers, and the id is its first part. Default `service`. */
  readonly name?: string;
  /** Drop-ins, in their order; the later one wins. Default: none. */
  readonly dropIns?: readonly DropIn[];
}

/**
 * A file of `NAME.service.d`.
 * @since 0.1.0
 */
export interface DropIn {
  /** Its name, for findings. */
  readonly name: string;
  /** What it says. */
  readonly text: string;
}

/** What describes or installs, and means nothing to a running service. */
const SILENT = new Set(["Description", "Documentation", "SourcePath", "Alias", "SyslogIdentifier"]);

/** Whether each has a name and a text. */
function areDropIns(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => isText(one?.name) && isText(one?.text));
}

const REASONS: { readonly [key: string]: string } = {
  WatchdogSec: "nothing hears sd_notify, so that no heartbeat is expected",
  TimeoutStartSec: "it may take as long as it takes to start",
  ExecStop: "it is stopped by its signal alone",
  ExecStopPost: "nothing is run after it has stopped",
  ExecStartPre: "nothing is run before it",
  ExecStartPost: "nothing is run once it is started",
  ExecCondition: "nothing is run before it",
  User: "it runs as the user of the host",
  Group: "it runs as the group of the host",
  RemainAfterExit: "it has ended when it has ended",
  OnFailure: "no other unit is started: listen to the supervisor's events",
};

/**
 * Reads a service unit of systemd, with its drop-ins.
 *
 * Decides: the service has the preset `systemd` with the unit's own settings (`Restart`, `RestartSec`,
 * `StartLimitBurst` and so on), so that it is restarted as systemd would; the first command of `ExecStart`, with
 * variables that are known filled in, else as a script in which the shell fills them in; `KillSignal`, `KillMode`,
 * `TimeoutStopSec`, `RuntimeMaxSec`, the variables and the folder; `After` for services. Units of time, and names of
 * exit codes and signals, are those of systemd; a time span that has to be whole milliseconds is rounded up.
 * Everything else is reported by line: `dropped` or `changed`. A unit without a command gives no service.
 * Effect on state: none. Errors: `PolicyOptionsError` for a bad argument, none for what a
 * text says.
 * Source: `systemd.unit(5)`, `systemd.service(5)`, `systemd.time(7)`, systemd 252 to 257.
 *
 * @since 0.1.0
 * @example
 * const text = "[Service]\nExecStart=/usr/bin/web --port 80\nRestart=on-failure\nRestartSec=1min\nUser=www";
 * const { services, report } = fromUnit(text, { name: "web.service" });
 * services[0]?.args; // => ["--port", "80"]
 * services[0]?.policy; // => { preset: "systemd", options: { restart: "on-failure", restartMs: 60_000 } }
 * report; // => [{ kind: "dropped", part: "User", message: "it runs as the user of the host", line: 5 }]
 */
export function fromUnit(text: string, options: FromUnitOptions = {}): Imported {
  readArguments("fromUnit", arguments, 2);
  readText("fromUnit", text);
  const read = readOptions("fromUnit", options);
  const name = read.checked("name", "a text", isText, "service");
  const dropIns = read.checked<readonly DropIn[]>("dropIns", "a list of drop-ins", areDropIns, []);
  read.end();
  const files = [unitText(text), ...dropIns.map((one) => unitText(one.text, one.name))];
  const report: Finding[] = files.flatMap((file) => file.report);
  const all = files.flatMap((file) => file.settings);
  const unit = unitSettings(all, report);
  const restarts: { [option: string]: Json } = { ...restartOptions(unit) };
  const stop = stopOptions(unit, restarts);
  const run = readRun(unit, name);
  unit.unread(({ section, key }, say, isMisplaced) => {
    if (section === "Install" || SILENT.has(key) || key.startsWith("X-")) return;
    const isUnit = section === "Unit" || section === "Service";
    if (!isUnit) say.dropped("no setting of a service");
    else if (isMisplaced) say.dropped(`systemd ignores it in [${section}]`);
    else say.dropped(ownEntry(REASONS, key) ?? "it has no counterpart here");
  });
  const policy = { preset: "systemd", options: restarts } as const;
  const id = name.replace(/\.\w+$/, "") || "service";
  const service = run.command && serviceOf({ id, policy, ...(stop && { stop }) }, run);
  if (service === null) {
    report.push({ kind: "dropped", part: id, message: "it has no ExecStart, and is left out" });
  }
  return { services: service ? [service] : [], report: inOrder(report) };
}

function serviceOf(base: Pick<Service, "id" | "policy" | "stop">, run: Run): Service {
  const { command, env, envFiles, after, ...rest } = run;
  return {
    ...base,
    command: "",
    ...command,
    ...rest,
    ...(Object.keys(env).length > 0 && { env }),
    ...(envFiles.length > 0 && { envFiles }),
    ...(after.length > 0 && { after }),
  };
}

/** By file, then by line; what has no line comes last. */
function inOrder(report: readonly Finding[]): readonly Finding[] {
  const files = [...new Set(report.map(({ file }) => file))];
  const main = files.filter((file) => file !== undefined);
  const rank = ({ file }: Finding) => (file === undefined ? -1 : main.indexOf(file));
  const line = (finding: Finding) => finding.line ?? Number.POSITIVE_INFINITY;
  return [...report].sort((a, b) => rank(a) - rank(b) || line(a) - line(b) || 0);
}
