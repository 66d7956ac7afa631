import { silent } from "./remote.js";
import type { Rules } from "./rules.js";
import { noStandbys } from "./standbys.js";
import type { SupervisionState } from "./state.js";

/** A supervision to which nothing has happened. */
export function initialState(rules: Rules): SupervisionState {
  return {
    slot: rules.slot.initial(),
    policy: rules.own ? rules.own.initial() : null,
    wait: null,
    seat: null,
    failed: null,
    failures: 0,
    abandoned: 0,
    reload: false,
    held: null,
    ending: null,
    over: false,
    unlimited: false,
    remote: rules.remote && silent,
    standby: rules.settings.standby > 0 ? noStandbys : null,
  };
}
