export { exitCode } from "./node/exit-code.js";
export { type SignalGuard, SignalReceivedError, untilSignals } from "./node/until-signals.js";
