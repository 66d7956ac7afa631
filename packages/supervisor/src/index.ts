export { ContractError, type ContractParty, isContractError } from "./errors.js";
export type { EventListener } from "./event-hub.js";
export type { LaunchCause, OutcomeType, SupervisorEvent, SupervisorNews } from "./events.js";
export type { SupervisorHandle, SupervisorStatus } from "./handle.js";
export { type HttpCheckOptions, httpCheck } from "./http-check.js";
export { isGoodOutcome } from "./is-good-outcome.js";
export type {
  ChildSignal,
  Launcher,
  LaunchInfo,
  LiveChild,
  PastAttempt,
  Prepared,
  PrepareInfo,
  StopReason,
} from "./launcher.js";
export type { PolicyCheck, SuperviseOptions, SuperviseProbe } from "./options.js";
export type {
  CompletedOutcome,
  FailedOutcome,
  Outcome,
  RefusedOutcome,
  StoppedOutcome,
} from "./outcome.js";
export type { PolicyFinding } from "./policy-finding.js";
export type { ProbeCheck, ProbeInfo } from "./prober.js";
export type {
  AnswerSignal,
  AskedChild,
  ChildRequest,
  RequestDesk,
  RequestLayer,
  RequestOptions,
  Requests,
} from "./request-layer.js";
export { type SharedBudget, type SharedBudgetOptions, sharedBudget } from "./shared-budget.js";
export type { SupervisorSnapshot } from "./snapshot.js";
export { supervise } from "./supervise.js";
export { realSystem, type System, type Timers } from "./system.js";
export type { Wait } from "./wait.js";
