// What all launchers do with whatever makes their child.

import type { ChildProcess } from "node:child_process";
import { type Custody, type LiveProcess, liveProcess } from "./live-process.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { refusedChild } from "./refused-child.js";
import { isSpawnRefusal } from "./spawn-refusal.js";

/**
 * Makes a child and watches it. What the system refuses becomes an exit; what is wrong with the
 * program is thrown.
 */
export function start(
  make: () => ChildProcess,
  settings: ProcessSettings,
  custodyOf: (child: ChildProcess) => Custody,
): LiveProcess {
  let child: ChildProcess;
  try {
    child = make();
  } catch (error) {
    if (isSpawnRefusal(error)) return refusedChild(error);
    throw error;
  }
  return liveProcess(child, settings, custodyOf(child));
}
