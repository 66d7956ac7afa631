export { type AllOfState, allOf } from "./all-of.js";
export { type Cell, type CellEvent, type CellOptions, cell } from "./cell.js";
export {
  isPolicyOptionsError,
  isPolicyStateError,
  type PolicyErrorCode,
  PolicyOptionsError,
  PolicyStateError,
} from "./errors.js";
export type {
  AbandonedExit,
  CancelledExit,
  CompletedExit,
  Exit,
  ExitKind,
  FailedExit,
  LostExit,
  OutOfMemoryExit,
  SignalledExit,
  SpawnFailedExit,
  TimedOutExit,
  UnhealthyExit,
} from "./exit.js";
export { isFailure } from "./exit.js";
export { type ErrorRecord, type ExitRecord, errorRecord, exitRecord } from "./exit-record.js";
export type { Json, Millis, Policy, PolicyDescription } from "./policy.js";
export { type NumberRange, type OptionsReader, readOptions } from "./read-options.js";
export { readState, type StateReader, within } from "./read-state.js";
export { type JournalEntry, journalEntry, type ReplayStep, replay } from "./replay.js";
export type {
  ExitedEvent,
  HealthyEvent,
  Launch,
  LaunchAnswer,
  LaunchEvent,
  Noted,
  Refuse,
  ResetEvent,
  RestartDecision,
  RestartEvent,
  RestartPolicy,
} from "./restart.js";
export { decisionFault, launch, noted, refuse } from "./restart.js";
export { type RestartOnState, type RestartType, restartOn } from "./restart-on.js";
export { type RestartPolicyDefinition, restartPolicy } from "./restart-policy.js";
export { steadyClock } from "./steady-clock.js";
export { subdraw } from "./subdraw.js";
