// A service of ours as a workload of Kubernetes. Delays are the node's: a manifest says only which exits are
// restarted.

import type { Json } from "@steadfast/policy";
import { readArguments, readOptions } from "@steadfast/policy";
import { isFlag, isText, readService } from "../doors.js";
import { graceOf } from "../grace-of.js";
import { changed, dropped, type Finding } from "../imported.js";
import { NotExpressibleError } from "../not-expressible-error.js";
import { given } from "../object-reader.js";
import { described, partsOf } from "../policy-parts.js";
import type { Service, ServiceProbe } from "../service.js";

/**
 * What a service does not say of itself.
 * @since 0.1.0
 */
export interface ToKubernetesOptions {
  /** The image of its container. */
  readonly image: string;
  /** Whether the nearest is written where Kubernetes cannot express it exactly. Default false: it is refused. */
  readonly lossy?: boolean;
}

/**
 * A manifest, as the `yaml` library writes it.
 * @since 0.1.0
 */
export interface KubernetesManifest {
  /** `apps/v1` for a Deployment, `v1` for a Pod. */
  readonly apiVersion: string;
  /** `Deployment` where every exit is restarted, else `Pod`. */
  readonly kind: "Deployment" | "Pod";
  /** The name and the labels. */
  readonly metadata: { readonly [key: string]: Json };
  /** The rest of it. */
  readonly spec: { readonly [key: string]: Json };
}

interface Restarts {
  readonly restartPolicy: Json;
  readonly containerRestartPolicy: Json;
  readonly restartPolicyRules: Json;
}

const TYPES: { readonly [type: string]: string } = {
  permanent: "Always",
  transient: "OnFailure",
  temporary: "Never",
};
const VARIABLE = /^[A-Za-z_.-][\w.-]*$/;
const NODE_MS = ["initialMs", "maxMs", "resetAfterMs"] as const;

/**
 * Writes a service as a Deployment of Kubernetes, or as a Pod where not every exit is restarted.
 *
 * Decides: the preset `kubernetes`, with the delays of the kubelet, and `never` are exact; every other delay and
 * limit is refused, since a manifest cannot say it. Variables, folder, a probe, replicas and the grace period go into
 * the container. Units: milliseconds become whole seconds, and only those that are. Range: an id of lower-case
 * letters, digits and `-`. Edge: `$(NAME)` and `$$` are escaped. Effect on state: none.
 * Errors: `NotExpressibleError`, unless `lossy`; `PolicySpecError` for a bad policy.
 * Source: the API of Kubernetes 1.35, `core/v1` and `apps/v1`.
 *
 * @since 0.1.0
 * @example
 * const web = { id: "web", command: "node", args: ["web.mjs"], policy: { preset: "kubernetes" } } as const;
 * const { manifest } = toKubernetes(web, { image: "node:24" });
 * manifest.kind; // => "Deployment"
 */
export function toKubernetes(
  service: Service,
  options: ToKubernetesOptions,
): { readonly manifest: KubernetesManifest; readonly report: readonly Finding[] } {
  readArguments("toKubernetes", arguments, 2);
  readService("toKubernetes", "service", service);
  const read = readOptions("toKubernetes", options);
  const image = read.checked<string>("image", "a text", isText);
  const lossy = read.checked("lossy", "true or false", isFlag, false);
  read.end();
  const report: Finding[] = [];
  const restarts = restartsOf(service, report);
  const { id, replicas = 1 } = service;
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(id)) {
    report.push(dropped("id", "a name has lower-case letters, digits and -, at most 63"));
  }
  const graceMs = graceOf(service);
  if (graceMs === null) report.push(dropped("stop.gracePeriodMs", "Kubernetes kills in the end"));
  const isDeployment =
    restarts.restartPolicy === "Always" && restarts.containerRestartPolicy === null;
  const pod = {
    restartPolicy: restarts.restartPolicy,
    ...(graceMs !== null && {
      terminationGracePeriodSeconds: seconds(graceMs, "stop.gracePeriodMs", report, 0),
    }),
    containers: [containerOf(service, image, restarts, report)],
  };
  reportOthers(service, isDeployment, report);
  if (report.length > 0 && !lossy) throw new NotExpressibleError("Kubernetes", report);
  const labels = { app: id };
  const metadata = { name: id, labels };
  if (!isDeployment) {
    return { manifest: { apiVersion: "v1", kind: "Pod", metadata, spec: pod }, report };
  }
  const template = { metadata: { labels }, spec: pod };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { manifest: { apiVersion: "apps/v1", kind: "Deployment", metadata, spec }, report };
}

/** The restart rules, and what of the policy they are not. */
function restartsOf({ policy }: Service, report: Finding[]): Restarts {
  const node = described(policy);
  if (node.preset === "kubernetes") {
    const usual = described({ preset: "kubernetes" }).options;
    for (const option of NODE_MS) {
      if (node.options[option] === usual[option]) continue;
      report.push(changed(`policy: kubernetes.${option}`, "it is a setting of the node"));
    }
    return node.options as unknown as Restarts;
  }
  let restartPolicy = "Always";
  for (const { kind, options } of partsOf(node)) {
    if (kind === "restartOn") restartPolicy = TYPES[options.type as string] ?? restartPolicy;
    else report.push(dropped(`policy: ${kind}`, "delays are the node's, and there is no limit"));
  }
  if (restartPolicy !== "Never") {
    report.push(changed("policy", "a restart waits as the node says: use the preset kubernetes"));
  }
  return { restartPolicy, containerRestartPolicy: null, restartPolicyRules: [] };
}

function containerOf(
  service: Service,
  image: string,
  restarts: Restarts,
  report: Finding[],
): { [key: string]: Json } {
  const { id, command, args = [], shell = false, cwd, env = {}, probe } = service;
  const words = shell ? [shell === true ? "/bin/sh" : shell, "-c", command] : [command, ...args];
  const { containerRestartPolicy, restartPolicyRules } = restarts;
  for (const name of Object.keys(env)) {
    if (!VARIABLE.test(name)) report.push(dropped("env", `${name} is no name of a variable`));
  }
  return given({
    name: id,
    image,
    command: words.map(escaped),
    workingDir: cwd,
    env: Object.entries(env).map(([name, value]) => ({ name, value: escaped(value) })),
    restartPolicy: containerRestartPolicy === null ? undefined : containerRestartPolicy,
    restartPolicyRules,
    ...(probe && probesOf(probe, report)),
  }) as { [key: string]: Json };
}

/** `$$` is a dollar sign, and `$(NAME)` a variable. */
const escaped = (text: string) => text.replaceAll(/\$(?=[$(])/g, "$$$$");

function probesOf(probe: ServiceProbe, report: Finding[]): { [key: string]: Json } {
  const { check, periodMs = 10_000, timeoutMs = 1_000, failures = 3 } = probe;
  if ("http" in check && !(/^https?:/.test(check.http) && URL.canParse(check.http))) {
    report.push(dropped("probe.check", "it is no URL"));
    return {};
  }
  const how = {
    ...handlerOf(check),
    periodSeconds: seconds(periodMs, "probe.periodMs", report, 1),
    timeoutSeconds: seconds(timeoutMs, "probe.timeoutMs", report, 1),
    failureThreshold: failures,
  };
  if (probe.for === "readiness") return { readinessProbe: how };
  if (probe.for === "liveness") return { livenessProbe: how };
  return { startupProbe: { ...how, failureThreshold: 2 ** 31 - 1 }, livenessProbe: how };
}

function handlerOf(check: ServiceProbe["check"]): { [key: string]: Json } {
  if ("tcp" in check)
    return { tcpSocket: { port: check.tcp, ...(check.host && { host: check.host }) } };
  if ("http" in check) {
    const { hostname, port, pathname, search, protocol } = new URL(check.http);
    const isOwn = ["localhost", "127.0.0.1"].includes(hostname);
    const scheme = protocol === "https:" ? "HTTPS" : "HTTP";
    const usual = scheme === "HTTPS" ? 443 : 80;
    const host = isOwn ? {} : { host: hostname };
    return { httpGet: { path: pathname + search, port: Number(port) || usual, scheme, ...host } };
  }
  const words = check.shell
    ? ["/bin/sh", "-c", check.command]
    : [check.command, ...(check.args ?? [])];
  return { exec: { command: words } };
}

/** Whole seconds, at least `least`; what is none is rounded up and reported. */
function seconds(ms: number, part: string, report: Finding[], least: number): number {
  const whole = Math.max(least, Math.ceil(ms / 1_000));
  if (whole * 1_000 !== ms) report.push(changed(part, `whole seconds only: ${whole}`));
  return whole;
}

function reportOthers(service: Service, isDeployment: boolean, report: Finding[]): void {
  const {
    after,
    envFiles,
    stop,
    channel,
    readiness,
    maxRunMs,
    reloadSignal,
    replicas = 1,
  } = service;
  const no = (part: string, message: string) => report.push(dropped(part, message));
  if (after?.length) no("after", "nothing waits for another workload");
  if (envFiles?.length) no("envFiles", "a container's variables come from the manifest");
  if (stop?.signal && stop.signal !== "SIGTERM") no("stop.signal", "the image says which it is");
  if (stop?.killScope) report.push(changed("stop.killScope", "the first process gets the signal"));
  if (channel || stop?.message) no("channel", "a container has none");
  if (readiness && readiness.via !== "probe") no("readiness", "only a probe makes it ready");
  if (maxRunMs !== undefined) no("maxRunMs", "only a whole pod has such a limit, for all its runs");
  if (reloadSignal !== undefined) no("reloadSignal", "there is no reload");
  if (!isDeployment && replicas !== 1) no("replicas", "a pod is one");
}
