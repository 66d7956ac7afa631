import { restartPolicy } from "@steadfast/policy";
import { type ExhibitOf, exhibit, type Sign } from "../exhibit.js";
import {
  type BudgetOptions,
  type BudgetParts,
  budgetOptions,
  budgetParts,
  type FilledBudget,
} from "../reference/budget.js";

/** The healthy budget, except for the parts that `fault` gives. */
export function budgetFault(
  sign: Sign,
  fault: (healthy: BudgetParts, options: FilledBudget) => Partial<BudgetParts>,
  shownBy?: BudgetOptions,
): ExhibitOf<"budget"> {
  const make = (options?: BudgetOptions) => {
    const filled = budgetOptions(options);
    const healthy = budgetParts(filled);
    return restartPolicy({ ...healthy, ...fault(healthy, filled) });
  };
  return exhibit("budget", sign, make, shownBy);
}
