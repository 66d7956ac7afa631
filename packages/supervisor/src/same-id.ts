// Two supervisions of one launcher that have one id cannot be told apart by anybody who reads their events: the second
// is questionable, while the first is not over.

import type { Launcher } from "./launcher.js";
import type { PolicyFinding } from "./policy-finding.js";

/** What is not over, by launcher and id: the last one of each. */
const known = new WeakMap<Launcher, Map<string, object>>();

/** What is questionable about one more supervision of this launcher with this id. */
export function sameId(launcher: Launcher, id: string): readonly PolicyFinding[] {
  if (!known.get(launcher)?.has(id)) return [];
  return [
    {
      code: "id-in-use",
      severity: "warning",
      message: `supervise: another supervision of the same launcher has the id ${JSON.stringify(id)}, and is not over`,
      fix: "stop the other one first, or give each an id of its own",
    },
  ];
}

/** It has the id from now on. */
export function holdId(launcher: Launcher, id: string, holder: object): void {
  const ids = known.get(launcher) ?? new Map<string, object>();
  known.set(launcher, ids.set(id, holder));
}

/** It is over. */
export function releaseId(launcher: Launcher, id: string, holder: object): void {
  const ids = known.get(launcher);
  if (ids?.get(id) === holder) ids.delete(id);
}
