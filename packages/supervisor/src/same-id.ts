// Two supervisions of one launcher that have one id cannot be told apart by anybody who reads their events: the second
// is questionable, while the first is not over.

import type { Launcher } from "./launcher.js";
import type { PolicyFinding } from "./policy-finding.js";

/** A supervision that is not over. */
interface Holder {
  readonly id: string;
}

/** By launcher: the one that there is, as a rule; where there are several, the last one of each id. */
const known = new WeakMap<Launcher, Holder | Map<string, Holder>>();

const NONE: readonly PolicyFinding[] = [];

/** What is questionable about one more supervision of this launcher with this id. */
export function sameId(launcher: Launcher, id: string): readonly PolicyFinding[] {
  const held = known.get(launcher);
  const isHeld = held instanceof Map ? held.has(id) : held?.id === id;
  if (!isHeld) return NONE;
  return [
    {
      code: "id-in-use",
      severity: "warning",
      message: `supervise: another supervision of the same launcher has the id ${JSON.stringify(id)}, and is not over`,
      fix: "stop the other one first, or give each an id of its own",
    },
  ];
}

/** It has its id from now on. */
export function holdId(launcher: Launcher, holder: Holder): void {
  const held = known.get(launcher);
  if (held instanceof Map) held.set(holder.id, holder);
  else if (!held || held.id === holder.id) known.set(launcher, holder);
  else known.set(launcher, new Map([held, holder].map((one) => [one.id, one])));
}

/** It is over. */
export function releaseId(launcher: Launcher, holder: Holder): void {
  const held = known.get(launcher);
  if (held === holder) known.delete(launcher);
  else if (held instanceof Map && held.get(holder.id) === holder) held.delete(holder.id);
}
