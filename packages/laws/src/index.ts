export { isLawsBrokenError, LawsBrokenError } from "./kernel/errors.js";
export type { LawReport } from "./kernel/report.js";
export type { LawFailed, LawNotRun, LawPassed, LawResult } from "./kernel/result.js";
export type { CheckOptions, Regression } from "./kernel/settings.js";
