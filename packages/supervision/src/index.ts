export { isDone } from "./done.js";
export type { Effect, Ending, Tag, Tagged, Untagged } from "./effects.js";
export { ContractError, type ContractParty } from "./errors.js";
export type {
  Given,
  Happening,
  LaunchCause,
  Order,
  Report,
  StopSource,
  SupervisionEvent,
  Turn,
} from "./events.js";
export type { ProbeOptions, RecycleOptions, SupervisionOptions } from "./options.js";
export type { PolicyView } from "./policy-view.js";
export {
  probeSettings,
  type RecycleSettings,
  type SupervisionSettings,
  supervisionSettings,
} from "./settings.js";
export type {
  Asking,
  Held,
  PendingWait,
  ProbeState,
  RecycleState,
  RemoteState,
  Seat,
  Standby,
  StandbyState,
  SupervisionState,
} from "./state.js";
export { type Supervision, supervision, supervisionOf } from "./supervision.js";
