// Those who have left the group of a child: in its exit, or, where nobody asked it to end, said when there is time, so that no launch
// waits for it. Each is said once, since each child is looked at once.

import type { Exit } from "@steadfast/policy";
import { escapees, type Lineage } from "./escapees.js";

/** Of more than these the oldest are not looked at. */
const MOST_WAITING = 1_000;
/** Who has left the group is in the exit after a stop; a crash holds nobody up, so there it is said later. */
export async function withEscapees(
  exit: Exit<undefined>,
  lineage: Lineage,
  isLater: boolean,
  onFault: (error: unknown) => void,
): Promise<Exit<undefined>> {
  if (isLater) {
    sayEscapees(lineage, onFault);
    return exit;
  }
  const escaped = await escapees(lineage);
  return escaped.length > 0 ? { ...exit, escaped } : exit;
}

/** Nobody asks more often than this about children that were not asked to end. */
const REST_MS = 1_000;
let isResting = false;
let isSaid = false;
const waiting: (() => void)[] = [];

/** Looks for them when there is time, and says them as a fault; the first of a host also as a warning of Node's. */
function sayEscapees(lineage: Lineage, onFault: (error: unknown) => void): void {
  if (process.platform !== "linux") return;
  waiting.push(() => {
    void escapees(lineage).then((found) => {
      if (found.length === 0) return;
      const message = `what a child has started has left its group and lives on: ${found.join(", ")}`;
      onFault(new Error(message));
      if (!isSaid)
        process.emitWarning(message, {
          type: "SteadfastWarning",
          code: "STEADFAST_ESCAPED",
          detail: DETAIL,
        });
      isSaid = true;
    });
  });
  if (waiting.length > MOST_WAITING) waiting.shift();
  if (!isResting) rest();
}

const DETAIL =
  "A session of its own (setsid, a daemon) is not ended with the child: each attempt may leave another one.";

/** All that wait are looked for at once; then nobody for a while. */
function rest(): void {
  isResting = waiting.length > 0;
  if (!isResting) return;
  for (const look of waiting.splice(0)) look();
  setTimeout(rest, REST_MS).unref();
}
