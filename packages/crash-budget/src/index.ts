export { crashBudget } from "./crash-budget.js";
export type { CrashBudgetOptions } from "./options.js";
export type { CrashBudgetState } from "./state.js";
