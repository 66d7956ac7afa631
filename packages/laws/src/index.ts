export { checkAllOf } from "./composition-laws/check-all-of.js";
export { checkCoarse } from "./composition-laws/check-coarse.js";
export { checkGiveUp } from "./composition-laws/check-give-up.js";
export { checkInTurn } from "./composition-laws/check-in-turn.js";
export { checkKeyed } from "./composition-laws/check-keyed.js";
export { checkWaitOut } from "./composition-laws/check-wait-out.js";
export { checkWhen } from "./composition-laws/check-when.js";
export type { CompositionCheckOptions } from "./composition-laws/options.js";
export {
  type Exploration,
  type ExplorationFinding,
  type ExploreOptions,
  exploreSupervision,
} from "./explore/explore-supervision.js";
export type { SupervisionInvariant } from "./explore/invariants.js";
export { isLawsBrokenError, LawsBrokenError } from "./kernel/errors.js";
export type { LawException } from "./kernel/exception.js";
export {
  type AsyncLawCase,
  type LawCase,
  registerLaws,
  type TestFunction,
} from "./kernel/law-case.js";
export type { LawReport } from "./kernel/report.js";
export type { LawFailed, LawNotRun, LawPassed, LawResult } from "./kernel/result.js";
export type { CheckOptions, Regression, Replay } from "./kernel/settings.js";
export {
  checkLauncher,
  type LauncherCheckOptions,
  launcherLaws,
  launcherReport,
} from "./launcher-laws/check-launcher.js";
export type {
  LauncherTrace,
  NamedTrace,
  TraceAct,
  TraceAttempt,
} from "./launcher-laws/launcher-trace.js";
export { launcherTraces } from "./launcher-laws/launcher-traces.js";
export { type ObserveOptions, observeTrace } from "./launcher-laws/observe-trace.js";
export type { Oddity, RawChild, RawEnd, RawEvent, RawScript } from "./launcher-laws/raw-child.js";
export type {
  RawCall,
  RawRecord,
  RawTold,
  VirtualRuntime,
  VirtualRuntimeRecord,
} from "./launcher-laws/runtime-record.js";
export type { LauncherAbilities, MakeVirtualLauncher } from "./launcher-laws/subject.js";
export { virtualLauncher } from "./launcher-laws/virtual-launcher.js";
export { virtualRuntime } from "./launcher-laws/virtual-runtime.js";
export { checkPolicy, policyLaws, policyReport } from "./policy-laws/check-policy.js";
export {
  matchesOracle,
  type OracleOptions,
  type PolicyTwin,
} from "./policy-laws/matches-oracle.js";
export type { PolicyCheckOptions } from "./policy-laws/options.js";
export type {
  RepeatedLines,
  RestartScript,
  ScriptEvent,
  ScriptLine,
} from "./policy-laws/script.js";
export { checkSlot, type SlotCheckOptions, slotLaws, slotReport } from "./slot-laws/check-slot.js";
export type { MakeSlot } from "./slot-laws/subject.js";
export {
  checkTree,
  type TreeCheckOptions,
  treeLaws,
  treeReport,
} from "./tree-laws/check-tree.js";
export type { MakeTree } from "./tree-laws/design.js";
