export { exitCode } from "./node/exit-code.js";
export { type SuspendAwareOptions, suspendAwareSystem } from "./node/suspend-aware-system.js";
export { type SignalGuard, SignalReceivedError, untilSignals } from "./node/until-signals.js";
