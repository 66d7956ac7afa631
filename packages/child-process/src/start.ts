// What all launchers do with whatever makes their child.

import type { LaunchInfo } from "@steadfast/supervisor";
import { endUntaken, type FoundChild } from "./factory-child.js";
import { type Custody, type LiveProcess, liveProcess } from "./live-process.js";
import { type Outlets, outlets } from "./outlets.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { refusedChild } from "./refused-child.js";
import { isSpawnRefusal } from "./spawn-refusal.js";

/**
 * Makes a child and watches it. What the system refuses becomes an exit; what is wrong with the
 * program is thrown, and a child that cannot be watched is ended first.
 */
export function start(
  owner: string,
  info: LaunchInfo,
  make: (opened: Outlets) => FoundChild,
  settings: ProcessSettings,
  custodyOf: (found: FoundChild) => Custody,
): LiveProcess {
  let opened: Outlets | undefined;
  let found: FoundChild;
  try {
    opened = outlets(owner, settings, info);
    found = make(opened);
    opened.handedOver();
  } catch (error) {
    opened?.close();
    if (isSpawnRefusal(error)) return refusedChild(error);
    throw error;
  }
  try {
    return liveProcess(found.child, settings, opened, custodyOf(found));
  } catch (error) {
    endUntaken(found.child);
    opened.close();
    throw error;
  }
}
