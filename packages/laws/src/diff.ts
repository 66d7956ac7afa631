export { diff } from "./diff/diff.js";
export type { Diff, DiffOptions, DiffRow, DiffSide, Sameness } from "./diff/types.js";
export type { SupervisionRules } from "./simulate/rules.js";
