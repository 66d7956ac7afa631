export { diff } from "./diff/diff.js";
export { diffTable } from "./diff/table.js";
export type { Diff, DiffOptions, DiffRow, DiffSide, Looked, Sameness } from "./diff/types.js";
export type { Counters } from "./explain/counters.js";
export { explain } from "./explain/explain.js";
export type { DecidedBy, ExplainedPart, Explanation } from "./explain/explanation.js";
export type { Finding, FindingCode } from "./lint/finding.js";
export { lint } from "./lint/lint.js";
export type { LintOptions } from "./lint/options.js";
export { type Outlook, type OutlookOptions, outlook } from "./outlook/outlook.js";
export { exponential, fixed, oneOf, uniform } from "./simulate/distributions.js";
export type { Sampler } from "./simulate/life.js";
export { mostInWindow } from "./simulate/most-in-window.js";
export type { SupervisionRules } from "./simulate/rules.js";
export { type SimulationRules, simulate } from "./simulate/simulate.js";
export type {
  SimulatedLaunch,
  SimulatedRefusal,
  Simulation,
  SimulationEnd,
} from "./simulate/simulation.js";
export type { World, WorldOrder } from "./simulate/world.js";
export { simulateTree } from "./simulate-tree/simulate-tree.js";
export { type TimelineOptions, timeline } from "./simulate-tree/timeline.js";
export type {
  SimulatedChild,
  TreeHappened,
  TreeSimulation,
} from "./simulate-tree/tree-simulation.js";
export type { TreeLife, TreeWorld, TreeWorldOrder } from "./simulate-tree/tree-world.js";
