import { readArguments } from "@steadfast/policy";
import { checkSystem, realSystem, type System } from "../system.js";
import { treeHandleOf } from "./doors.js";
import type { TreeHandle } from "./handle.js";
import type { SuperviseTreeOptions } from "./options.js";
import { findingsOf, readSpec } from "./read-spec.js";
import { treeSettings } from "./settings.js";
import type { TreeSpec } from "./spec.js";
import { TreeDriver } from "./tree-driver.js";

/**
 * Keeps a tree of children running: processes, threads and tasks side by side, and trees inside it.
 *
 * Decides nothing itself: `supervisionTree` says who is started, stopped and restarted, in which order, and
 * when the tree gives up. Units: milliseconds. Edges: those of `supervisionTree`; a delay runs from the exit
 * and is rounded up, once. Effect: the first launch happens before `superviseTree` returns. No signal
 * handler, exit hook or `uncaughtException` listener is installed; a child's failure never becomes one.
 * Errors: `PolicyOptionsError` for a bad option, by its place in the spec, and what a launcher throws at
 * first because it was misused; everything later is in the outcome. Source: OTP's supervisor, and
 * docs/trees.md for what it has not.
 *
 * @since 0.1.0
 * @example
 * const tree = superviseTree({
 *   strategy: "rest-for-one",
 *   children: [
 *     { id: "prices", launcher: taskLauncher(fetchPrices), restart: "transient" },
 *     { id: "server", launcher: taskLauncher(answerRequests), restart: "transient" },
 *   ],
 * });
 * await tree.up; // => true
 * const outcome = await tree.stop();
 * outcome.type; // => "stopped"
 */
export function superviseTree(
  spec: TreeSpec,
  options: SuperviseTreeOptions = {},
  system: System = realSystem,
): TreeHandle {
  readArguments("superviseTree", arguments, 3);
  checkSystem(system);
  const settings = treeSettings(options, "superviseTree", []);
  const plan = readSpec(spec, settings.journal !== null, "superviseTree");
  const driver = new TreeDriver(plan, { ...settings, findings: findingsOf(plan) }, system);
  const handle = treeHandleOf(driver);
  driver.begin();
  return handle;
}
