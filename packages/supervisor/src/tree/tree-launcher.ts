// A tree as one child of something else: of `supervise`, with a policy of its own for the whole tree.

import { type Exit, readArguments } from "@steadfast/policy";
import type { ChildSignal, Launcher, LaunchInfo, LiveChild } from "../launcher.js";
import { checkSystem, realSystem, type System } from "../system.js";
import type { SuperviseTreeOptions } from "./options.js";
import type { TreeOutcome } from "./outcome.js";
import { findingsOf, readSpec, type TreePlan } from "./read-spec.js";
import { type TreeSettings, treeSettings } from "./settings.js";
import type { TreeSpec } from "./spec.js";
import { TreeDriver } from "./tree-driver.js";

/**
 * What a tree that is launched is driven with, besides its spec.
 * @since 0.1.0
 */
export type TreeLauncherOptions = Omit<SuperviseTreeOptions, "id" | "signal" | "snapshot">;

/**
 * Makes a launcher whose attempts are whole trees, for `supervise`.
 *
 * Decides nothing: each attempt is a fresh tree. Edge: it is ready (with `readiness: "explicit"`) when every child
 * of the list was started; it is asked to stop in order, and killed all at once. Its exit: `completed` by
 * automatic shutdown, `cancelled` after a stop, `spawn-failed` if a child could not be started at the
 * beginning, else `failed` with an error that names the child, its cause being that child's. Give the
 * supervision a `gracePeriodMs` that is long enough for all children in a row. Effect: none until it is
 * launched. Errors: `PolicyOptionsError` for a bad spec or option.
 * Source: OTP's supervisor of type `supervisor`.
 *
 * @since 0.1.0
 * @example
 * const launcher = taskLauncher(answerRequests);
 * const server = treeLauncher({ children: [{ id: "serve", launcher, restart: "transient" }] });
 * const handle = supervise(server, { policy: restartOn("transient"), readiness: "explicit" });
 * (await handle.stop()).type; // => "stopped"
 */
export function treeLauncher(
  spec: TreeSpec,
  options: TreeLauncherOptions = {},
  system: System = realSystem,
): Launcher {
  readArguments("treeLauncher", arguments, 3);
  checkSystem(system);
  const settings = treeSettings(options, "treeLauncher", []);
  const plan = readSpec(spec, settings.journal !== null, "treeLauncher");
  const findings = findingsOf(plan);
  return { findings, launch: (info) => launchTree(plan, settings, system, info) };
}

function launchTree(
  plan: TreePlan,
  settings: TreeSettings,
  system: System,
  { id }: LaunchInfo,
): LiveChild {
  const driver = new TreeDriver(plan, { ...settings, id }, system);
  let hear = (_: ChildSignal) => {};
  let isUp = false;
  driver.onUp = () => {
    isUp = true;
    hear({ type: "ready" });
  };
  driver.begin();
  return {
    exited: driver.outcome.then(treeExit),
    onSignal(listener) {
      hear = listener;
      if (isUp) hear({ type: "ready" });
    },
    requestStop: () => driver.act({ type: "stop", by: "parent" }),
    kill: () => driver.act({ type: "kill", by: "parent" }),
  };
}

/** What the end of a tree is as the exit of an attempt. */
function treeExit(outcome: TreeOutcome): Exit {
  switch (outcome.type) {
    case "completed":
      return { kind: "completed" };
    case "stopped":
      return { kind: "cancelled" };
    case "failed":
      return { kind: "failed", error: outcome.error };
    case "start-failed":
      return { kind: "spawn-failed", error: causeOf(`${outcome.child} did not start`, outcome) };
    case "refused":
      return { kind: "failed", error: causeOf(`${outcome.child}: ${outcome.reason}`, outcome) };
  }
}

function causeOf(what: string, { lastExit }: { readonly lastExit: Exit | null }): Error {
  const cause = lastExit && "error" in lastExit ? lastExit.error : lastExit;
  return new Error(`the tree gave up: ${what}`, { cause });
}
