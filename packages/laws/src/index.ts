export { checkAllOf } from "./composition-laws/check-all-of.js";
export { checkCoarse } from "./composition-laws/check-coarse.js";
export { checkGiveUp } from "./composition-laws/check-give-up.js";
export { checkInTurn } from "./composition-laws/check-in-turn.js";
export { checkKeyed } from "./composition-laws/check-keyed.js";
export type { CompositionCheckOptions } from "./composition-laws/options.js";
export { isLawsBrokenError, LawsBrokenError } from "./kernel/errors.js";
export type { AsyncLawCase, LawCase } from "./kernel/law-case.js";
export type { LawReport } from "./kernel/report.js";
export type { LawFailed, LawNotRun, LawPassed, LawResult } from "./kernel/result.js";
export type { CheckOptions, Regression, Replay } from "./kernel/settings.js";
export { checkPolicy, policyLaws, policyReport } from "./policy-laws/check-policy.js";
export {
  matchesOracle,
  type OracleOptions,
  type PolicyTwin,
} from "./policy-laws/matches-oracle.js";
export type { PolicyCheckOptions } from "./policy-laws/options.js";
export type { RestartScript, ScriptEvent, ScriptLine } from "./policy-laws/script.js";
export { checkSlot, type SlotCheckOptions, slotLaws, slotReport } from "./slot-laws/check-slot.js";
export type { MakeSlot } from "./slot-laws/subject.js";
