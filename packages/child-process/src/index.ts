export type { ChildHolder, FactoryChild } from "./factory-child.js";
export { forkLauncher } from "./fork-launcher.js";
export type { InputOptions, InputSource, InputText } from "./input-options.js";
export type { ChildWord, MessageSignal } from "./ipc-signal.js";
export type {
  Environment,
  EnvOption,
  ForkLauncherOptions,
  LaunchArgs,
  ProcessOptions,
  SpawnLauncherOptions,
  WholeEnvironment,
} from "./launcher-options.js";
export type { LiveProcess } from "./live-process.js";
export { memoryCheck } from "./memory-check.js";
export type {
  FactoryOutputOptions,
  LineSource,
  OutputFile,
  OutputName,
  OutputOptions,
  OutputSinks,
  OutputTarget,
} from "./output-options.js";
export { PortError, type PortErrorReason } from "./port-error.js";
export { processExit } from "./process-exit.js";
export { type ProcessLauncher, processLauncher } from "./process-launcher.js";
export { type SharedPort, type SharedPortOptions, sharedPort } from "./shared-port.js";
export { spawnLauncher } from "./spawn-launcher.js";
export {
  type KillReach,
  type KillScope,
  type StopPlan,
  type StopSituation,
  type StopStep,
  stopPlan,
  type TimedStep,
} from "./stop-plan.js";
export type { StopRequest } from "./stop-request.js";
