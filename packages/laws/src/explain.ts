export type { Counters } from "./explain/counters.js";
export { explain } from "./explain/explain.js";
export type { DecidedBy, ExplainedPart, Explanation } from "./explain/explanation.js";
