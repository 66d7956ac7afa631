// The apps of a pm2 ecosystem file.

import { type Json, readArguments, readOptions } from "@steadfast/policy";
import { isText } from "../doors.js";
import type { Finding, Imported } from "../imported.js";
import { dropped } from "../imported.js";
import { given, isObject, type ObjectReader, objectReader, variables } from "../object-reader.js";
import {
  isId,
  MOST_REPLICAS,
  type Service,
  type ServiceReadiness,
  type ServiceStop,
} from "../service.js";
import { pm2Ms } from "./pm2-ms.js";
import { programOf } from "./program-of.js";

/**
 * What pm2 knows besides the file.
 * @since 0.1.0
 */
export interface FromEcosystemOptions {
  /** The environment of `--env`, such as `production`: its `env_production` is put over `env`. Default: `env` alone. */
  readonly env?: string;
  /** How many instances `max`, 0 and negative numbers are counted from: whole, at least 1. Default 1. */
  readonly cpus?: number;
}

const OUTPUT = "its output goes where the host's goes";
const REASONS: { readonly [key: string]: string } = {
  watch: "it is not restarted when files change",
  ignore_watch: "it is not restarted when files change",
  watch_delay: "it is not restarted when files change",
  cron_restart: "it is not restarted at a time of day",
  max_memory_restart: "give `supervise` a probe with memoryCheck",
  error_file: OUTPUT,
  out_file: OUTPUT,
  log_file: OUTPUT,
  log: OUTPUT,
  error: OUTPUT,
  output: OUTPUT,
  pid_file: "there is none",
  namespace: "there are none",
  uid: "it runs as the user of the host",
  gid: "it runs as the group of the host",
};
const SILENT = [
  "log_date_format",
  "log_type",
  "merge_logs",
  "combine_logs",
  "time",
  "vizion",
  "pmx",
  "automation",
  "autostart",
  "filter_env",
  "disable_logs",
  "source_map_support",
  "instance_var",
];
const READY_MS = 3_000;

/**
 * Reads the apps of a pm2 ecosystem file: what the module exports, or the parsed JSON.
 *
 * Decides: each app is a service with the preset `pm2` and its own `autorestart`, `max_restarts`, `min_uptime`,
 * `restart_delay`, `exp_backoff_restart_delay` and `stop_exit_codes`; script, interpreter and arguments, folder,
 * variables, instances as replicas, `kill_timeout`, `treekill`, `wait_ready`, `shutdown_with_message`. Everything
 * else is reported by path. Units: as in pm2, a number is milliseconds, a text such as `10s` may have a unit.
 * Edge: with `exec_mode: "cluster"` each instance opens its port itself, and has to find one of its own.
 * Effect on state: none. Errors: `PolicyOptionsError` for a bad option, none for what the
 * object says.
 * Source: pm2 7.0.3, `lib/API/schema.json`, `lib/Common.js` (`resolveInterpreter`), `lib/tools/Config.js`.
 *
 * @since 0.1.0
 * @example
 * const app = { name: "web", script: "./web.js", min_uptime: "10s", instances: 2, exec_mode: "cluster" };
 * const { services, report } = fromEcosystem({ apps: [app] });
 * services[0]?.policy; // => { preset: "pm2", options: { minUptimeMs: 10_000 } }
 * services[0]?.replicas; // => 2
 * report[0]?.path; // => ["apps", 0, "exec_mode"]
 */
export function fromEcosystem(file: unknown, options: FromEcosystemOptions = {}): Imported {
  readArguments("fromEcosystem", arguments, 2);
  const own = readOptions("fromEcosystem", options);
  own.checked<unknown>("env", "a text", isText, null);
  own.whole("cpus", { min: 1, default: 1 });
  own.end();
  const report: Finding[] = [];
  const given = Array.isArray(file) ? { apps: file } : file;
  const root = objectReader(
    isObject(given) && !("apps" in given) ? { apps: given } : given,
    [],
    report,
  );
  const apps = [root?.raw("apps") ?? []].flat();
  const services: Service[] = [];
  for (const [i, app] of apps.entries()) {
    const reader = objectReader(app, ["apps", i], report);
    const service = reader && serviceOf(reader, options, report);
    if (!service) continue;
    const isThere = services.some(({ id }) => id === service.id);
    if (isThere) reader.dropped("name", `there is another ${service.id} above: it is left out`);
    else services.push(service);
  }
  root?.end({ deploy: "nothing is deployed" });
  return { services, report };
}

function serviceOf(
  reader: ObjectReader,
  { env: environment, cpus = 1 }: FromEcosystemOptions,
  report: Finding[],
): Service | null {
  const script = reader.text("script") ?? reader.text("exec");
  if (script === undefined) {
    report.push({ ...dropped(reader.path.join("."), "it has no script"), path: reader.path });
    return null;
  }
  const options = optionsOf(reader);
  const waits = reader.flag("wait_ready") === true;
  const byMessage = reader.flag("shutdown_with_message") === true;
  const name = reader.text("name")?.replaceAll("/", "-");
  const id =
    name !== undefined && isId(name) ? name : script.replace(/^.*\//, "").replace(/\.\w+$/, "");
  const others = reader.keys.filter((key) => key.startsWith("env_"));
  for (const key of others) reader.raw(key);
  const own = environment === undefined ? {} : variables(reader, `env_${environment}`);
  const replicas = replicasOf(reader, cpus);
  const service: Service = {
    id: id.replaceAll("/", "-"),
    ...programOf(reader, script),
    policy: { preset: "pm2", options },
    ...given({
      cwd: reader.text("cwd"),
      env: { ...variables(reader, "env"), ...own },
      channel: waits || byMessage || undefined,
      stop: stopOf(reader, byMessage),
      readiness: readinessOf(reader, waits),
      replicas: replicas === 1 ? undefined : replicas,
    }),
  };
  if (reader.text("exec_mode")?.startsWith("cluster")) {
    reader.changed("exec_mode", "each instance opens its port itself");
  }
  reader.end(REASONS, SILENT);
  return service;
}

/** Milliseconds, whole, rounded up; what is none is reported. */
function ms(reader: ObjectReader, key: string): number | undefined {
  const value = reader.text(key);
  const meant = value === undefined ? undefined : pm2Ms(value);
  if (meant === null)
    reader.dropped(key, "it is no number of milliseconds and no text such as 10s");
  return meant ?? undefined;
}

function optionsOf(reader: ObjectReader): { readonly [option: string]: Json } {
  const codes = reader.texts("stop_exit_codes")?.map(Number);
  const areCodes = codes?.every((code) => Number.isSafeInteger(code) && code >= 0) ?? true;
  if (!areCodes) reader.dropped("stop_exit_codes", "a code is a whole number");
  return given({
    autorestart: reader.flag("autorestart"),
    maxRestarts: reader.whole("max_restarts", 0),
    minUptimeMs: ms(reader, "min_uptime"),
    restartDelayMs: ms(reader, "restart_delay"),
    expBackoffRestartDelayMs: ms(reader, "exp_backoff_restart_delay"),
    stopExitCodes: areCodes ? codes : undefined,
  }) as { readonly [option: string]: Json };
}

function stopOf(reader: ObjectReader, message: boolean): ServiceStop {
  return given({
    // pm2 sends SIGINT, unless PM2_KILL_SIGNAL says otherwise.
    signal: "SIGINT",
    message: message || undefined,
    gracePeriodMs: ms(reader, "kill_timeout"),
    killScope: reader.flag("treekill") === false ? ("process" as const) : undefined,
  });
}

function readinessOf(reader: ObjectReader, waits: boolean): ServiceReadiness | undefined {
  const timeoutMs = ms(reader, "listen_timeout") ?? READY_MS;
  return waits ? { via: "message", timeoutMs } : undefined;
}

/** `max` and 0 are all processors, a negative number is that many less. */
function replicasOf(reader: ObjectReader, cpus: number): number {
  const key = ["instances", "exec_instances"].find((one) => reader.raw(one) !== undefined);
  if (key === undefined) return 1;
  const text = reader.text(key) ?? "";
  const count = text === "max" ? 0 : Number(text);
  if (!Number.isSafeInteger(count) || count > MOST_REPLICAS) {
    reader.dropped(key, `it is no whole number of at most ${MOST_REPLICAS}`);
    return 1;
  }
  if (count > 0) return count;
  const meant = Math.max(1, cpus + count);
  reader.changed(key, `it is ${meant}: how many processors there are is not asked`);
  return meant;
}
