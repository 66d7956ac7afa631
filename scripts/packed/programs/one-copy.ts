// The subpaths of a package share their modules, by import and by require: one class of an error, one timer of a
// system. In copies of their own, an error would not be `instanceof` the class that another subpath exports.

import { backoff } from "@steadfast/backoff";
import { NotExpressibleError, type Service } from "@steadfast/bridges";
import { toSystemd } from "@steadfast/bridges/systemd";
import { allOf, restartOn } from "@steadfast/policy";
import { retry } from "@steadfast/promise-tasks";
import { ContractError, supervise } from "@steadfast/supervisor";
import { alarmOf } from "@steadfast/supervisor/alarm";
import { manualSystem, scriptedLauncher } from "@steadfast/supervisor/testing";
import { superviseTree } from "@steadfast/supervisor/tree";
import { same } from "./same.js";

const fails = { runMs: 1, exit: { kind: "failed" } } as const;

/** What waits in three ways, each from a subpath of its own, waits for one timer. */
async function oneTimer(): Promise<void> {
  const system = manualSystem();
  const policy = allOf(restartOn("permanent"), backoff({ initialMs: 1_000, jitter: "none" }));
  const launcher = () => scriptedLauncher(system, () => fails);
  const one = supervise(launcher(), { policy }, system);
  const tree = superviseTree(
    { children: [{ id: "web", launcher: launcher(), policy }] },
    {},
    system,
  );
  const ended = new AbortController();
  const down = async () => Promise.reject(new Error("down"));
  const tried = retry(down, { policy, signal: ended.signal }, system).catch(String);
  await system.advance(100);
  same([alarmOf(system).size, system.pendingTimers], [3, 1]);
  ended.abort("enough");
  await Promise.all([one.stop(), tree.stop(), tried]);
  same([alarmOf(system).size, system.pendingTimers], [0, 0]);
}

/** A class that one subpath exports is the class of what another one throws. */
function oneClassThrown(): void {
  const web: Service = { id: "web", command: "/bin/web", policy: "10/10m" };
  try {
    same(toSystemd(web), "an error");
  } catch (error) {
    same(error instanceof NotExpressibleError, true);
  }
}

/** And of what it tells: the fault of a tree. */
async function oneClassTold(): Promise<void> {
  const system = { ...manualSystem(), random: () => 2 };
  const launcher = scriptedLauncher(system, () => fails);
  const outcome = await superviseTree({ children: [{ id: "web", launcher }] }, {}, system).outcome;
  same(outcome.type, "failed");
  same(outcome.type === "failed" && outcome.error instanceof ContractError, true);
}

export async function main(): Promise<void> {
  await oneTimer();
  oneClassThrown();
  await oneClassTold();
}
