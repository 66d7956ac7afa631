export { drained } from "./testing/drained.js";
export { launcherCases } from "./testing/launcher-cases.js";
export type { LauncherCase, LauncherMakers, MakeLauncher } from "./testing/launcher-makers.js";
export {
  type ManualSystem,
  type ManualSystemOptions,
  manualSystem,
} from "./testing/manual-system.js";
export {
  type AttemptRecord,
  type ScriptedAttempt,
  type ScriptedLauncher,
  type ScriptedRun,
  scriptedLauncher,
} from "./testing/scripted-launcher.js";
