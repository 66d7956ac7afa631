// What all launchers do with whatever makes their child.

import type { LaunchInfo } from "@steadfast/supervisor";
import { endUntaken, type FoundChild } from "./factory-child.js";
import { type Custody, type LiveProcess, liveProcess } from "./live-process.js";
import { type Outlets, outlets } from "./outlets.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { refusedChild } from "./refused-child.js";
import type { SignalBox } from "./signal-box.js";
import { isSpawnRefusal } from "./spawn-refusal.js";

/** What a launcher makes its children with. */
export interface Maker {
  /** Its name, for errors. */
  readonly owner: string;
  readonly settings: ProcessSettings;
  readonly make: (info: LaunchInfo, opened: Outlets) => FoundChild;
  readonly custodyOf: (found: FoundChild) => Custody;
}

/**
 * Makes a child and watches it. What the system refuses becomes an exit; what is wrong with the
 * program is thrown, and a child that cannot be watched is ended first.
 *
 * @param box what keeps its signals. Default: one that is open at once.
 */
export function start(
  { owner, settings, make, custodyOf }: Maker,
  info: LaunchInfo,
  box?: SignalBox,
): LiveProcess {
  let opened: Outlets | undefined;
  let found: FoundChild;
  try {
    opened = outlets(owner, settings, info);
    found = make(info, opened);
    opened.handedOver();
  } catch (error) {
    opened?.close();
    if (isSpawnRefusal(error)) return refusedChild(error);
    throw error;
  }
  try {
    return liveProcess(found.child, settings, opened, custodyOf(found), box);
  } catch (error) {
    endUntaken(found.child);
    opened.close();
    throw error;
  }
}
