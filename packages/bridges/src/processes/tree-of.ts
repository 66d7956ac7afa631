// What was imported as the spec of a tree of processes.

import type { OutputTarget } from "@steadfast/child-process";
import { readArguments } from "@steadfast/policy";
import type { TokioSlotPreset } from "@steadfast/presets";
import { policyFrom, presetFrom } from "@steadfast/spec";
import { httpCheck, type ProbeCheck } from "@steadfast/supervisor";
import { tcpCheck } from "@steadfast/supervisor/node";
import type { TreeChildSpec, TreeSpec } from "@steadfast/supervisor/tree";
import { readServices } from "../doors.js";
import { graceOf } from "../grace-of.js";
import { described } from "../policy-parts.js";
import type { Service, ServiceProbe } from "../service.js";
import { commandCheck } from "./command-check.js";
import { launcherOf, type OutputOf } from "./launcher-of.js";

/**
 * What the services of a tree share.
 * @since 0.1.0
 */
export interface TreeOfOptions {
  /** Where standard output goes, as in `spawnLauncher`. Default: `{ prefix: true }`, each line behind the id. */
  readonly stdout?: OutputTarget;
  /** The same for standard error. Default: `{ prefix: true }`. */
  readonly stderr?: OutputTarget;
}

/**
 * Makes services the spec of a tree: `superviseTree(treeOf(fromProcfile(text)))`.
 *
 * Decides: each service is a child that runs its command as a process, restarted by its policy, with the options of
 * `supervise` that its preset brings; it waits for those in `after`, is looked at by its probe, and is stopped as it
 * says. Of a service with a channel the `envFiles` are not read.
 * Edge: the tree goes on when a service is done; what is refused for good otherwise ends it.
 * Effect on state: none until the tree starts. Errors: `PolicySpecError` for a bad policy, `PolicyOptionsError` for
 * what no process can have.
 *
 * @since 0.1.0
 * @example
 * const web = { id: "web", command: "node", args: ["web.mjs"], policy: "on-failure" };
 * const { children } = treeOf({ services: [web] });
 * children?.map(({ id }) => id); // => ["web"]
 */
export function treeOf(
  imported: { readonly services: readonly Service[] },
  options: TreeOfOptions = {},
): TreeSpec & { readonly children: readonly TreeChildSpec[] } {
  readArguments("treeOf", arguments, 2);
  readServices("treeOf", "imported.services", imported?.services);
  const { stdout = { prefix: true }, stderr = { prefix: true } } = options;
  return { children: imported.services.map((one) => childOf(one, { stdout, stderr })) };
}

function childOf(service: Service, output: OutputOf): TreeChildSpec {
  const { id, after, replicas, readiness, probe, maxRunMs, cwd } = service;
  const graceMs = graceOf(service);
  const readyTimeoutMs = readiness?.timeoutMs;
  return {
    id,
    launcher: launcherOf(service, output),
    ...decidedBy(service),
    gracePeriodMs: graceMs ?? Number.POSITIVE_INFINITY,
    ...(readiness && { readiness: "explicit" as const }),
    ...(readyTimeoutMs !== undefined && { readyTimeoutMs }),
    ...(maxRunMs !== undefined && { maxRunMs }),
    ...(probe && { probe: { ...how(probe), check: checkOf(probe.check, cwd) } }),
    ...(after && { after }),
    ...(replicas !== undefined && { replicas }),
  };
}

/** The policy, and the options of `supervise` that a preset brings. */
function decidedBy({ policy }: Service) {
  const { preset, options } = described(policy);
  if (preset === undefined) return { policy: policyFrom(policy) };
  // `restartLimit`, which two presets have, is about one supervision, not about a child of a tree.
  const { restartLimit: _, ...rest } = presetFrom({ preset, options }) as Partial<TokioSlotPreset>;
  return rest;
}

function how({ check: _, ...rest }: ServiceProbe): Omit<ServiceProbe, "check"> {
  return rest;
}

function checkOf(check: ServiceProbe["check"], cwd: string | undefined): ProbeCheck {
  if ("http" in check) return httpCheck(check.http);
  if ("tcp" in check) return tcpCheck(check.tcp, check.host);
  const { command, args = [], shell = false } = check;
  return commandCheck(command, args, { shell, ...(cwd !== undefined && { cwd }) });
}
