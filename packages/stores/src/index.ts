export { StoreContractError } from "./errors.js";
export type { SharedPolicyOptions } from "./shared-options.js";
export { sharedPolicy } from "./shared-policy.js";
export type { Entry, Store, Stored } from "./store.js";
export type { StoreWorld } from "./world.js";
