export { isLawsBrokenError, LawsBrokenError } from "./kernel/errors.js";
export type { AsyncLawCase, LawCase } from "./kernel/law-case.js";
export type { LawReport } from "./kernel/report.js";
export type { LawFailed, LawNotRun, LawPassed, LawResult } from "./kernel/result.js";
export type { CheckOptions, Regression } from "./kernel/settings.js";
export { checkSlot, type SlotCheckOptions, slotLaws, slotReport } from "./slot-laws/check-slot.js";
export type { MakeSlot } from "./slot-laws/subject.js";
