export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";
export { activityUnder } from "./temporal/activity-under.js";
export type { TemporalContext, TemporalSdk } from "./temporal/sdk.js";
export {
  type TemporalRetryPolicy,
  type ToTemporalOptions,
  toTemporal,
} from "./temporal/to-temporal.js";
