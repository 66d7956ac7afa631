// The processes of a process-compose file.

import { type Json, readArguments, readOptions } from "@steadfast/policy";
import { isTexts } from "../doors.js";
import { dropped, type Finding, type Imported, withoutMissing } from "../imported.js";
import { interpolated } from "../interpolated.js";
import { given, named, type ObjectReader, objectReader, variables } from "../object-reader.js";
import {
  MOST_REPLICAS,
  type Service,
  type ServiceDependency,
  type ServiceProbe,
  type ServiceReadiness,
  type ServiceStop,
} from "../service.js";
import { NO_STOP_SIGNAL, requestOf } from "../signal-of.js";
import { probeOf } from "./probe-of.js";

/**
 * What process-compose knows besides the file.
 * @since 0.1.0
 */
export interface FromProcessComposeOptions {
  /** Variables that are filled in, such as those of `.env`. Default: none; in a command the shell fills them in. */
  readonly env?: { readonly [name: string]: string };
}

const RESTARTS = ["no", "always", "on_failure", "exit_on_failure"] as const;
const UNTIL: { readonly [condition: string]: ServiceDependency["until"] } = {
  process_completed: "completed",
  process_completed_successfully: "completed",
  process_healthy: "ready",
  process_started: "ready",
  process_log_ready: "ready",
};
const CONDITIONS = Object.keys(UNTIL);
const OUTPUT = "its output goes where the host's goes";
const REASONS: { readonly [key: string]: string } = {
  namespace: "there are none",
  is_daemon: "what it starts must stay in the foreground",
  is_tty: "it has no terminal",
  log_location: OUTPUT,
  log_configuration: OUTPUT,
  schedule: "it is started with the others",
};
const SILENT = ["description", "disable_ansi_colors"];
const SILENT_AT_ROOT = ["version", "is_strict", "log_level", "log_length", "disable_env_expansion"];

/**
 * Reads the processes of a parsed process-compose file.
 *
 * Decides: each is a service that runs its command in the file's shell (`bash`), with the preset `processCompose` and
 * its own `availability` and `success_exit_codes`; variables, folder, `shutdown`, `depends_on`, probes, a line that
 * makes it ready, replicas. One that is `disabled` is left out. Everything else is reported by path.
 * Edge: `exit_on_failure` ends the service alone; `process_completed` waits for success here; a variable that is not
 * given is left to the shell. Effect on state: none. Errors: `PolicyOptionsError` for a bad option, none for what the
 * object says.
 * Source: process-compose 1.122, `src/types/process.go`, `src/types/project.go`, `src/health/probe.go`.
 *
 * @since 0.1.0
 * @example
 * const availability = { restart: "on_failure", backoff_seconds: 2, max_restarts: 5 };
 * const { services } = fromProcessCompose({ processes: { web: { command: "node web.mjs", availability } } });
 * services[0]?.policy;
 * // => { preset: "processCompose", options: { restart: "on_failure", backoffMs: 2_000, maxRestarts: 5 } }
 * services[0]?.shell; // => "bash"
 */
export function fromProcessCompose(
  file: unknown,
  options: FromProcessComposeOptions = {},
): Imported {
  readArguments("fromProcessCompose", arguments, 2);
  const own = readOptions("fromProcessCompose", options);
  const env = own.checked("env", "an object of texts", isTexts, {});
  own.end();
  const report: Finding[] = [];
  const root = objectReader(file, [], report);
  const shell = root?.inside("shell");
  const command = shell?.text("shell_command") ?? "bash";
  const argument = shell?.text("shell_argument") ?? "-c";
  if (argument !== "-c") shell?.dropped("shell_argument", "it is -c");
  shell?.end();
  const inFile = root ? variables(root, "environment") : {};
  const all = root?.inside("processes");
  const services = (all?.keys ?? []).flatMap((id) => {
    const reader = all?.inside(id);
    if (reader === undefined || !named(id, reader, report)) return [];
    return serviceOf(reader, id, { shell: command, inFile, shared: env }, report) ?? [];
  });
  root?.end(REASONS, SILENT_AT_ROOT);
  const there = withoutMissing(services, ({ id }, missing) => {
    const path = ["processes", id, "depends_on", missing];
    report.push({ ...dropped(path.join("."), `${missing} is left out`), path });
  });
  return { services: there, report };
}

type Variables = { readonly [name: string]: string };

interface Shared {
  readonly shell: string;
  /** The variables of the whole file. */
  readonly inFile: Variables;
  /** What is known of the surroundings. */
  readonly shared: Variables;
}

function serviceOf(
  reader: ObjectReader,
  id: string,
  { shell, inFile, shared }: Shared,
  report: Finding[],
): Service | null {
  const words = reader.raw("entrypoint") === undefined ? undefined : reader.texts("entrypoint");
  const command = reader.text("command") ?? words?.[0];
  const isDisabled = reader.flag("disabled") === true;
  if (command === undefined || isDisabled) {
    const why = isDisabled ? "it is disabled, and is left out" : "it has no command";
    report.push({ ...dropped(id, why), path: reader.path });
    return null;
  }
  if (command.includes("{{")) reader.changed("command", "templates are not filled in");
  const options = given({
    ...availabilityOf(reader),
    successExitCodes: codesOf(reader),
  }) as { [option: string]: Json };
  const runs = words ? { command: words[0] ?? "", args: words.slice(1) } : { command, shell };
  const probe = probeOf(reader, report);
  const readiness = readinessOf(reader, probe);
  const replicas = reader.whole("replicas", 0, MOST_REPLICAS);
  const folder = reader.text("working_dir");
  const env = { ...inFile, ...variables(reader, "environment") };
  const fill = (key: string, text: string, known: Variables) =>
    interpolated(text, known, (name) => reader.changed(key, `${name} is not known, and empty`));
  const service: Service = {
    id,
    ...runs,
    policy: { preset: "processCompose", options },
    ...given({
      cwd: folder === undefined ? undefined : fill("working_dir", folder, shared),
      env: Object.fromEntries(
        Object.entries(env).map(([name, one]) => [name, fill("environment", one, shared)]),
      ),
      envFiles: reader.texts("env_file"),
      stop: stopOf(reader),
      probe,
      readiness,
      after: dependenciesOf(reader),
      replicas: replicas === 1 ? undefined : replicas,
    }),
  };
  reader.end(REASONS, SILENT);
  return service;
}

/** Exit codes; a list in which something is none is reported, and left out. */
function codesOf(reader: ObjectReader): Json | undefined {
  const codes = reader.texts("success_exit_codes");
  if (codes?.every((code) => /^\d{1,10}$/.test(code)) ?? true) return codes?.map(Number);
  reader.dropped("success_exit_codes", "a code is a whole number");
  return undefined;
}

function availabilityOf(reader: ObjectReader): { [option: string]: Json | undefined } {
  const availability = reader.inside("availability");
  if (availability === undefined) return {};
  // YAML 1.1 reads an unquoted `no` as false.
  const isNo = availability.raw("restart") === false;
  const restart = isNo ? "no" : availability.word("restart", RESTARTS);
  if (restart === "exit_on_failure") {
    availability.changed("restart", "it ends alone: give the tree an `autoShutdown`");
  }
  const seconds = availability.number("backoff_seconds");
  const options = {
    restart,
    backoffMs: seconds === undefined ? undefined : Math.round(seconds) * 1_000,
    maxRestarts: availability.whole("max_restarts", 0),
  };
  availability.end({
    exit_on_end: "it ends alone: give the tree an `autoShutdown`",
    exit_on_skipped: "it ends alone",
  });
  return options;
}

/** By a probe, or by a line of output. */
function readinessOf(
  reader: ObjectReader,
  probe: ServiceProbe | undefined,
): ServiceReadiness | undefined {
  const text = reader.text("ready_log_line");
  if (probe?.for === "readiness") return { via: "probe" };
  return text === undefined ? undefined : { via: "line", text };
}

function stopOf(reader: ObjectReader): ServiceStop {
  const shutdown = reader.inside("shutdown");
  if (shutdown === undefined) return {};
  const number = shutdown.text("signal");
  const signal = number === undefined ? undefined : requestOf(number);
  if (signal === null) shutdown.dropped("signal", NO_STOP_SIGNAL);
  const seconds = shutdown.number("timeout_seconds");
  const isAlone = shutdown.flag("parent_only");
  shutdown.end({ command: "it is stopped by its signal alone" });
  return given({
    signal: signal ?? undefined,
    gracePeriodMs: seconds === undefined ? undefined : Math.ceil(seconds * 1_000),
    killScope: isAlone ? ("process" as const) : undefined,
  });
}

function dependenciesOf(reader: ObjectReader): readonly ServiceDependency[] {
  const all = reader.inside("depends_on");
  return (all?.keys ?? []).flatMap((id) => {
    const one = all?.inside(id);
    const condition = one?.word("condition", CONDITIONS) ?? "process_started";
    if (condition === "process_completed") one?.changed("condition", "it waits for success");
    one?.end();
    return [{ id, until: UNTIL[condition] ?? "ready" } as const];
  });
}
