// The attempts of another host, which a snapshot has as alive: their launchers are asked to make sure that
// nothing of them is left, before anything begins.

import type { Millis } from "@steadfast/policy";
import type { SupervisionTree, TreeState } from "@steadfast/supervision/tree";
import type { Launcher } from "../launcher.js";
import type { Path } from "./member.js";

/** Whose attempts are looked at, and how. */
export interface Estate {
  readonly machine: SupervisionTree;
  readonly state: TreeState;
  /** When the snapshot was taken. */
  readonly at: Millis;
  launcherOf(path: Path): Launcher;
  failed(error: unknown): void;
}

/** What has to settle before the tree begins; null if nothing of another host can be left. */
export function settlePasts(estate: Estate): Promise<unknown> | null {
  const waits = pastsBelow(estate, []);
  return waits.length === 0 ? null : Promise.all(waits);
}

function pastsBelow(estate: Estate, above: Path): Promise<unknown>[] {
  const { machine, state, at } = estate;
  return machine.children(state, above).flatMap((name) => {
    const path = [...above, name];
    const view = machine.child(state, path);
    if (!view || view.slot.phase.status === "stopped") return [];
    const inside = pastsBelow(estate, path);
    const launcher = estate.launcherOf(path);
    if (inside.length > 0 || !launcher.settlePast) return inside;
    const { attempt, generation } = view.slot;
    const { pid = null, startTime = null } = view.seat ?? {};
    const past = { id: path.join("/"), attempt, generation, pid, startTime, at };
    const settled = new Promise((resolve) => resolve(launcher.settlePast?.(past)));
    return [settled.catch((error: unknown) => estate.failed(error))];
  });
}
