// Services of ours as a Compose file.

import type { Json } from "@steadfast/policy";
import { readArguments, readOptions } from "@steadfast/policy";
import { isFlag, isTexts, readServices } from "../doors.js";
import { graceOf } from "../grace-of.js";
import { changed, dropped, type Finding } from "../imported.js";
import { NotExpressibleError } from "../not-expressible-error.js";
import { given } from "../object-reader.js";
import { ownEntry } from "../own-entry.js";
import { delaysOf, described, type Part, partsOf } from "../policy-parts.js";
import type { Service, ServiceProbe } from "../service.js";
import { signalOf } from "../signal-of.js";
import { goDuration, LONGEST_MS } from "./go-duration.js";

/**
 * What services do not say of themselves.
 * @since 0.1.0
 */
export interface ToDockerComposeOptions {
  /** The image of each service, by its id. */
  readonly images: { readonly [id: string]: string };
  /** Whether the nearest is written where Compose cannot express it exactly. Default false: it is refused. */
  readonly lossy?: boolean;
}

/**
 * A Compose file, as the `yaml` library writes it.
 * @since 0.1.0
 */
export interface ComposeFile {
  /** The services, by id. */
  readonly services: { readonly [id: string]: ComposeService };
}

type Images = ToDockerComposeOptions["images"];

/**
 * What is written about a service.
 * @since 0.1.0
 */
export type ComposeService = { readonly [key: string]: Json };

const CONDITIONS: { readonly [type: string]: string } = {
  permanent: "any",
  transient: "on-failure",
  temporary: "none",
};

/**
 * Writes services as a Compose file.
 *
 * Decides: the preset `docker` becomes `restart`; the preset `dockerSwarm`, and compositions of `restartOn`, a
 * `backoff` that is always the same, and a `lifetimeCap` or a `giveUp(slidingWindow(...))` that counts restarts,
 * become `deploy.restart_policy`, which only a swarm carries out in full. `fromCompose` reads it back. What Compose
 * cannot express is refused, with the part and the reason. `$` is escaped. Units: milliseconds become durations.
 * Effect on state: none. Errors: `NotExpressibleError`, unless `lossy`; `PolicySpecError` for a bad policy.
 * Source: the Compose specification.
 *
 * @since 0.1.0
 * @example
 * const policy = { preset: "docker", options: { restart: "on-failure:3" } } as const;
 * const web = { id: "web", command: "node", args: ["web.mjs"], policy };
 * const { file } = toDockerCompose([web], { images: { web: "node:24" } });
 * file.services.web?.restart; // => "on-failure:3"
 */
export function toDockerCompose(
  services: readonly Service[],
  options: ToDockerComposeOptions,
): { readonly file: ComposeFile; readonly report: readonly Finding[] } {
  readArguments("toDockerCompose", arguments, 2);
  readServices("toDockerCompose", "services", services);
  const read = readOptions("toDockerCompose", options);
  const images = read.checked<Images>("images", "an object of texts", isTexts);
  const lossy = read.checked("lossy", "true or false", isFlag, false);
  read.end();
  const report: Finding[] = [];
  const ids = services.map(({ id }) => id);
  const entries = services.map((service) => {
    const own: Finding[] = [];
    if (!/^[a-zA-Z0-9._-]+$/.test(service.id)) own.push(dropped("id", "a name has other letters"));
    if (ids.indexOf(service.id) !== ids.lastIndexOf(service.id)) {
      own.push(dropped("id", "there is another of that name"));
    }
    for (const { id } of service.after ?? []) {
      if (!ids.includes(id)) own.push(dropped("after", `${id} is not among the services`));
    }
    const written = {
      ...serviceOf(service, ownEntry(images, service.id), own),
      ...dependsOn(service, services),
    };
    report.push(...own.map((one) => ({ ...one, part: `${service.id}: ${one.part}` })));
    return [service.id, written] as const;
  });
  if (report.length > 0 && !lossy) throw new NotExpressibleError("Compose", report);
  return { file: { services: Object.fromEntries(entries) }, report };
}

function serviceOf(service: Service, image: string | undefined, report: Finding[]): ComposeService {
  const { command, args = [], shell = false, cwd, env = {}, envFiles, stop = {} } = service;
  if (image === undefined) report.push(dropped("image", "there is none in `images`"));
  const words = shell ? [shell === true ? "/bin/sh" : shell, "-c", command] : [command, ...args];
  const graceMs = graceOf(service);
  if (graceMs !== null && graceMs > LONGEST_MS) {
    report.push(changed("stop.gracePeriodMs", `it is at most ${LONGEST_MS} ms`));
  }
  for (const name of Object.keys(env)) {
    if (name === "" || name.includes("=")) report.push(dropped("env", `${name} is no name`));
  }
  if (stop.signal !== undefined && signalOf(stop.signal) === null) {
    report.push(dropped("stop.signal", "it is no signal"));
  }
  if (graceMs === null) report.push(dropped("stop.gracePeriodMs", "Compose kills in the end"));
  const restart = restartOf(service, report);
  const deploy = given({
    restart_policy: typeof restart === "string" ? undefined : restart,
    replicas: service.replicas,
  });
  reportOthers(service, report);
  return given({
    image,
    entrypoint: words.map(escaped),
    working_dir: cwd === undefined ? undefined : escaped(cwd),
    environment: Object.fromEntries(Object.entries(env).map(([name, one]) => [name, escaped(one)])),
    env_file: envFiles?.map(escaped),
    restart: typeof restart === "string" ? restart : undefined,
    deploy,
    stop_signal: stop.signal,
    stop_grace_period: graceMs === null ? undefined : goDuration(Math.min(graceMs, LONGEST_MS)),
    healthcheck: service.probe && healthOf(service.probe, report),
  }) as ComposeService;
}

const escaped = (text: string) => text.replaceAll("$", "$$$$");

/** `service_healthy` waits for a healthcheck: without one a service is ready as soon as it runs. */
function dependsOn({ after = [] }: Service, all: readonly Service[]): { [key: string]: Json } {
  const entries = after.map(({ id, until }) => {
    const hasProbe = all.some((one) => one.id === id && one.probe !== undefined);
    const ready = hasProbe ? "service_healthy" : "service_started";
    const condition = until === "completed" ? "service_completed_successfully" : ready;
    return [id, { condition }];
  });
  return given({ depends_on: Object.fromEntries(entries) as { [id: string]: Json } });
}

function healthOf(probe: ServiceProbe, report: Finding[]): { [key: string]: Json } | undefined {
  const { check, periodMs = 10_000, timeoutMs = 1_000, failures = 3 } = probe;
  if (!("command" in check)) {
    report.push(dropped("probe.check", "a container is looked at by a command inside it"));
    return undefined;
  }
  if (probe.for !== "readiness") {
    report.push(changed("probe.for", "Compose restarts nothing that is not healthy"));
  }
  const test = check.shell
    ? ["CMD-SHELL", escaped(check.command)]
    : ["CMD", check.command, ...(check.args ?? [])].map(escaped);
  const [interval, timeout] = [goDuration(periodMs), goDuration(timeoutMs)];
  return { test, interval, timeout, retries: failures };
}

function restartOf({ policy }: Service, report: Finding[]): string | { [key: string]: Json } {
  const node = described(policy);
  const [part] = partsOf(node);
  if (node.preset === "docker") {
    if (node.options.fixed) report.push(changed("policy: docker.fixed", "Docker forgets nothing"));
    return node.options.restart as string;
  }
  if (node.preset === "dockerSwarm") return swarm(node.options);
  if (partsOf(node).length === 1 && part?.options.type === "temporary") return "no";
  const settings: { [option: string]: Json } = { condition: "any", delayMs: 0 };
  for (const one of partsOf(node)) readPart(one, settings, report);
  return swarm(settings);
}

function swarm(options: { readonly [option: string]: Json }): { [key: string]: Json } {
  const { condition = "any", delayMs = 0, maxAttempts = 0, windowMs = 0 } = options;
  return {
    condition,
    delay: goDuration(Number(delayMs)),
    ...(maxAttempts !== 0 && { max_attempts: maxAttempts }),
    ...(windowMs !== 0 && { window: goDuration(Number(windowMs)) }),
  };
}

function readPart(part: Part, settings: { [option: string]: Json }, report: Finding[]): void {
  const { kind, options } = part;
  const say = (option: string, message: string) =>
    report.push(changed(`policy: ${kind}${option && `.${option}`}`, message));
  if (kind === "restartOn") {
    settings.condition = CONDITIONS[options.type as string] ?? "any";
  } else if (kind === "backoff") {
    const delays = delaysOf(part);
    settings.delayMs = delays.firstMs;
    if (delays.factor !== 1) say("factor", "the delay is always the same");
    for (const other of delays.others) say(other, "the delay has no such thing");
  } else if (kind === "lifetimeCap" || kind === "slidingWindow") {
    const most = Number(options.restarts ?? options.limit);
    if (settings.maxAttempts !== undefined) say("", "there is one limit");
    if (most === 0) say("", "0 is unlimited there");
    settings.maxAttempts = most >= Number.MAX_SAFE_INTEGER ? 0 : most;
    if (kind === "lifetimeCap") return;
    settings.windowMs = Number(options.windowMs);
    if (options.windowMs === 0) say("windowMs", "0 is forever there");
    if (options.counts !== "restarts") say("counts", "restarts are counted");
    if (options.edge !== "half-open") say("edge", "the window is half-open");
    if (options.tripAt !== "limit") say("tripAt", "one more than the limit ends it");
    if (options.recordRefused) say("recordRefused", "what is refused is not counted");
    if (!part.final) say("", "it is given up there: giveUp(...)");
    if (part.afterDelay) say("", "a restart is counted before its delay: allOf(...)");
  } else {
    report.push(dropped(`policy: ${kind}`, "Compose has nothing like it"));
  }
}

function reportOthers({ stop, channel, readiness, ...service }: Service, report: Finding[]): void {
  const { maxRunMs, reloadSignal } = service;
  if (maxRunMs !== undefined) report.push(dropped("maxRunMs", "a container may run forever"));
  if (reloadSignal !== undefined) report.push(dropped("reloadSignal", "there is no reload"));
  if (channel || stop?.message) report.push(dropped("channel", "a container has none"));
  if (stop?.killScope) report.push(changed("stop.killScope", "the first process gets the signal"));
  if (readiness && readiness.via !== "probe") {
    report.push(dropped("readiness", "only a healthcheck makes a container ready"));
  }
}
