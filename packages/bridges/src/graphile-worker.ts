export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";
export { type ExitLimit, type ExitLimitOptions, exitLimit } from "./graphile-worker/exit-limit.js";
export { type GraphileHelpers, taskUnder } from "./graphile-worker/task-under.js";
