export { exitCode } from "./node/exit-code.js";
export { stderrOutput } from "./node/stderr-output.js";
export { type SuspendAwareOptions, suspendAwareSystem } from "./node/suspend-aware-system.js";
export { tcpCheck } from "./node/tcp-check.js";
export { type SignalGuard, SignalReceivedError, untilSignals } from "./node/until-signals.js";
