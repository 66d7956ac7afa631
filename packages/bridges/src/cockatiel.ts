export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";
export { type BackoffContext, backoffBy, type CockatielBackoff } from "./cockatiel/backoff-by.js";
export {
  type Breaker,
  type BreakerPolicyOptions,
  type BreakerState,
  breakerPolicy,
} from "./cockatiel/breaker-policy.js";
export { curveOf } from "./cockatiel/curve-of.js";
