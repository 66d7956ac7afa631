export { diff } from "./diff/diff.js";
export type { Diff, DiffOptions, DiffRow, DiffSide, Looked, Sameness } from "./diff/types.js";
export type { Counters } from "./explain/counters.js";
export { explain } from "./explain/explain.js";
export type { DecidedBy, ExplainedPart, Explanation } from "./explain/explanation.js";
export type { Finding, FindingCode } from "./lint/finding.js";
export { lint } from "./lint/lint.js";
export type { LintOptions } from "./lint/options.js";
export { exponential, fixed, oneOf, uniform } from "./simulate/distributions.js";
export { mostInWindow } from "./simulate/most-in-window.js";
export type { SupervisionRules } from "./simulate/rules.js";
export { type SimulationRules, simulate } from "./simulate/simulate.js";
export type {
  SimulatedLaunch,
  SimulatedRefusal,
  Simulation,
  SimulationEnd,
} from "./simulate/simulation.js";
export type { Sampler, World, WorldOrder } from "./simulate/world.js";
