export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";
export { policyObject } from "./restate/policy-object.js";
export { type RestatePolicyOptions, restatePolicy } from "./restate/restate-policy.js";
export { runUnder } from "./restate/run-under.js";
export type { RestateRunContext, RestateSdk } from "./restate/sdk.js";
