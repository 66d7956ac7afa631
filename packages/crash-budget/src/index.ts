export { crashBudget } from "./crash-budget.js";
export { type DecayingBudgetState, decayingBudget } from "./decaying-budget.js";
export type { DecayingBudgetOptions } from "./decaying-options.js";
export type { CrashBudgetOptions } from "./options.js";
export type { CrashBudgetState } from "./state.js";
