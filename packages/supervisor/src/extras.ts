// What only some drivers need to carry effects out: made where the options want it.

import { isRemotePolicy } from "@steadfast/policy";
import type { Alarm } from "./alarm-clock.js";
import { type AnswerTaker, Asker } from "./asker.js";
import { JournalWriter } from "./journal-writer.js";
import type { Launcher } from "./launcher.js";
import { Prober } from "./prober.js";
import { type ShelfOwner, StandbyShelf } from "./standby-shelf.js";
import type { SuperviseSettings } from "./supervise-settings.js";

export interface Extras {
  readonly asker: Asker | null;
  readonly prober: Prober | null;
  readonly shelf: StandbyShelf | null;
  readonly journal: Pick<JournalWriter, "write"> | null;
}

/** Null where none is needed. */
export function extrasOf(
  owner: ShelfOwner & AnswerTaker,
  launcher: Launcher,
  settings: SuperviseSettings,
  alarm: Alarm,
): Extras | null {
  const { policy, check, standby, journal, id } = settings;
  const remote = isRemotePolicy(policy) ? policy : null;
  if (!remote && !check && standby === 0 && !journal) return null;
  return {
    asker: remote && new Asker(remote, owner),
    prober: check && new Prober(check, alarm, owner),
    shelf: standby > 0 ? new StandbyShelf(id, launcher, owner) : null,
    journal:
      journal && new JournalWriter(journal, (error) => owner.callbackFailed("journal", error)),
  };
}
