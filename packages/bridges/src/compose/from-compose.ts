// The services of a Compose file that say what they run, as services of this host.

import { readArguments, readOptions } from "@steadfast/policy";
import { isTexts } from "../doors.js";
import type { Finding, Imported } from "../imported.js";
import { dropped, withoutMissing } from "../imported.js";
import { interpolated } from "../interpolated.js";
import {
  given,
  isObject,
  named,
  type ObjectReader,
  objectReader,
  variables,
} from "../object-reader.js";
import {
  MOST_REPLICAS,
  type Service,
  type ServiceDependency,
  type ServiceProbe,
  type ServiceStop,
} from "../service.js";
import { shellWords } from "../shell-words.js";
import { NO_STOP_SIGNAL, requestOf } from "../signal-of.js";
import { composePolicy, duration } from "./restart-keys.js";

/**
 * What Compose knows besides the file.
 * @since 0.1.0
 */
export interface FromComposeOptions {
  /** Variables that are filled in, such as those of `.env`. Default: none, and each is reported. */
  readonly env?: { readonly [name: string]: string };
}

const ON_HOST = "it runs on the host, without a container around it";
const REASONS: { readonly [key: string]: string } = {
  ports: "it listens where it listens",
  networks: "it has the network of the host",
  volumes: "it sees the files of the host",
  user: "it runs as the user of the host",
};
const SILENT = ["container_name", "hostname", "labels", "init"];
const HEALTH_EVERY_MS = 30_000;
const CONDITIONS = ["service_started", "service_healthy", "service_completed_successfully"];

/**
 * Reads the services of a parsed Compose file.
 *
 * Decides: a service that says what it runs (`entrypoint`, `command`) runs it on this host, with the preset `docker`
 * for `restart`, or `dockerSwarm` for `deploy.restart_policy` alone; variables, folder, stop signal and grace period,
 * replicas, `depends_on`, and a `healthcheck` as a probe for readiness. One that leaves this to its image is left out,
 * and so is one with `profiles`. Everything else is reported by path. Command lines are split as a shell does,
 * without a shell. Edge: a `healthcheck` restarts nothing, as in Compose.
 * Effect on state: none. Errors: `PolicyOptionsError` for a bad option, none for what the
 * object says.
 * Source: the Compose specification, and its interpolation.
 *
 * @since 0.1.0
 * @example
 * const web = { command: "node web.mjs", restart: "on-failure:3", environment: ["PORT=${PORT:-80}"], ports: ["80:80"] };
 * const { services, report } = fromCompose({ services: { web } });
 * services[0]?.policy; // => { preset: "docker", options: { restart: "on-failure:3" } }
 * services[0]?.env; // => { PORT: "80" }
 * report[0]?.path; // => ["services", "web", "ports"]
 */
export function fromCompose(file: unknown, options: FromComposeOptions = {}): Imported {
  readArguments("fromCompose", arguments, 2);
  const own = readOptions("fromCompose", options);
  own.checked<unknown>("env", "an object of texts", isTexts, null);
  own.end();
  const report: Finding[] = [];
  const root = objectReader(file, [], report);
  const all = root?.inside("services");
  const services = (all?.keys ?? []).flatMap((id) => {
    const reader = all?.inside(id);
    if (reader === undefined || !named(id, reader, report)) return [];
    return serviceOf(reader, id, options, report) ?? [];
  });
  root?.end({}, ["version", "name"]);
  const there = withoutMissing(services, ({ id }, missing) => {
    const path = ["services", id, "depends_on", missing];
    report.push({ ...dropped(path.join("."), `${missing} is left out`), path });
  });
  return { services: there, report };
}

type Fill = (key: string, text: string) => string;

function serviceOf(
  reader: ObjectReader,
  id: string,
  { env: known = {} }: FromComposeOptions,
  report: Finding[],
): Service | null {
  const fill: Fill = (key, text) =>
    interpolated(text, known, (name) => reader.changed(key, `${name} is not known, and empty`));
  const words = ["entrypoint", "command"].flatMap((key) => {
    const given = reader.raw(key);
    if (typeof given !== "string") return (reader.texts(key) ?? []).map((one) => fill(key, one));
    const split = shellWords(fill(key, given));
    if (split === null) reader.dropped(key, "a quote is not closed");
    return split ?? [];
  });
  const [command, ...args] = words[0]?.startsWith("-") ? [] : words; // options of the image's program
  const why =
    reader.raw("profiles") !== undefined
      ? "it is started on demand, and is left out"
      : "what its image runs is not known here: it is left out";
  if (command === undefined || reader.raw("profiles") !== undefined) {
    report.push({ ...dropped(id, why), path: reader.path });
    return null;
  }
  for (const key of ["image", "build"]) if (reader.raw(key)) reader.changed(key, ON_HOST);
  const env = variables(reader, "environment");
  const deploy = reader.inside("deploy");
  const replicas =
    reader.whole("scale", 0, MOST_REPLICAS) ?? deploy?.whole("replicas", 0, MOST_REPLICAS);
  const policy = composePolicy(reader, deploy);
  const probe = probeOf(reader, fill);
  const service: Service = {
    id,
    command,
    policy,
    ...given({
      args,
      cwd: fill("working_dir", reader.text("working_dir") ?? "") || undefined,
      env: Object.fromEntries(
        Object.entries(env).map(([name, text]) => [name, fill("environment", text)]),
      ),
      envFiles: envFilesOf(reader).map((path) => fill("env_file", path)),
      stop: stopOf(reader),
      probe,
      readiness: probe && ({ via: "probe" } as const),
      after: dependenciesOf(reader),
      replicas: replicas === 1 ? undefined : replicas,
    }),
  };
  deploy?.end();
  reader.end(REASONS, SILENT);
  return service;
}

function envFilesOf(reader: ObjectReader): readonly string[] {
  const given = [reader.raw("env_file") ?? []].flat();
  return given.flatMap((one) => {
    if (typeof one === "string") return one;
    const path = isObject(one) ? one.path : undefined;
    if (isObject(one) && one.required === false) reader.changed("env_file", "it has to be there");
    if (typeof path === "string") return path;
    reader.dropped("env_file", "it has an entry that is no path");
    return [];
  });
}

function stopOf(reader: ObjectReader): ServiceStop {
  const word = reader.text("stop_signal");
  const signal = word === undefined ? undefined : requestOf(word);
  if (signal === null) reader.dropped("stop_signal", NO_STOP_SIGNAL);
  const graceMs = duration(reader, "stop_grace_period");
  return given({
    signal: signal ?? undefined,
    gracePeriodMs: graceMs === undefined ? undefined : Math.ceil(graceMs),
  });
}

/** A `healthcheck`, unless it is turned off or left to the image. */
function probeOf(reader: ObjectReader, fill: Fill): ServiceProbe | undefined {
  const health = reader.inside("healthcheck");
  if (health === undefined) return undefined;
  const given = health.raw("test");
  const test = (health.texts("test") ?? []).map((one) => fill("healthcheck", one));
  const whole = (ms: number | undefined) => Math.max(1, Math.round(ms ?? HEALTH_EVERY_MS));
  const probe = {
    for: "readiness",
    periodMs: whole(duration(health, "interval")),
    timeoutMs: whole(duration(health, "timeout")),
    failures: health.whole("retries", 0) || 3,
  } as const;
  const isOff = health.flag("disable") === true || test[0] === "NONE";
  health.end({ start_period: "failures count from the beginning" });
  const [kind, command, ...args] = Array.isArray(given) ? test : ["CMD-SHELL", ...test];
  if (isOff || command === undefined) return undefined;
  if (kind === "CMD") return { check: { command, args }, ...probe };
  return { check: { command, shell: true }, ...probe };
}

function dependenciesOf(reader: ObjectReader): readonly ServiceDependency[] {
  const given = reader.raw("depends_on");
  if (!isObject(given)) {
    return (reader.texts("depends_on") ?? []).map((id) => ({ id, until: "ready" }));
  }
  const all = reader.inside("depends_on") as ObjectReader;
  return all.keys.flatMap((id) => {
    const one = all.inside(id);
    const condition = one?.word("condition", CONDITIONS);
    one?.end({}, ["required"]);
    const until = condition === "service_completed_successfully" ? "completed" : "ready";
    return [{ id, until } as const];
  });
}
