export { type AllOfState, allOf } from "./all-of.js";
export { type Cell, cell } from "./cell.js";
export type { AnswerTo, CellEvent, Failure, Sent, TypeOf } from "./cell-event.js";
export type { CellOptions } from "./cell-options.js";
export { type ChangedMembers, changedMembers } from "./changed-members.js";
export { coarse } from "./coarse.js";
export { didYouMean } from "./did-you-mean.js";
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
export { exitOf } from "./exit-of.js";
export { type ErrorRecord, type ExitRecord, errorRecord, exitRecord } from "./exit-record.js";
export type { AnyExit } from "./exit-view.js";
export { giveUp } from "./give-up.js";
export { type GiveUpOnState, giveUpOn } from "./give-up-on.js";
export { type InTurnState, inTurn } from "./in-turn.js";
export type { KeyBranch, KeyEntry, KeyLeaf, KeyNode } from "./key-tree.js";
export {
  type KeyedDecision,
  type KeyedEvent,
  type KeyedOptions,
  type KeyedState,
  keyed,
} from "./keyed.js";
export { type LifetimeCapOptions, type LifetimeCapState, lifetimeCap } from "./lifetime-cap.js";
export type { NumberRange } from "./number-range.js";
export type { Json, Millis, Policy, PolicyDescription } from "./policy.js";
export { readArguments } from "./read-arguments.js";
export { type OptionsReader, readOptions } from "./read-options.js";
export { type PolicyDoor, readPolicy } from "./read-policy.js";
export { readState, type StateReader, within } from "./read-state.js";
export { type AskSignal, isRemotePolicy, type RemotePolicy } from "./remote-policy.js";
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
export { sameDecision } from "./same-decision.js";
export { steadyClock } from "./steady-clock.js";
export { ignoreRejection, stepFault } from "./step-fault.js";
export { type StopWhenState, stopWhen } from "./stop-when.js";
export { subdraw } from "./subdraw.js";
export { waitOut } from "./wait-out.js";
export { type WhenState, when } from "./when.js";
