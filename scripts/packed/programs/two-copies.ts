// The ESM and the CJS build in one program: members of one copy in a composition of the other, and each
// knows the other's errors.

import { createRequire } from "node:module";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const require = createRequire(`file://${process.cwd()}/`);
  const policyByImport = await import("@steadfast/policy");
  const budgetsByImport = await import("@steadfast/crash-budget");
  const policyByRequire = require("@steadfast/policy") as typeof policyByImport;
  const budgetsByRequire = require("@steadfast/crash-budget") as typeof budgetsByImport;
  same(policyByImport.allOf === policyByRequire.allOf, false);

  const copies = [
    [policyByImport, budgetsByRequire],
    [policyByRequire, budgetsByImport],
  ] as const;
  for (const [{ allOf, cell, isPolicyOptionsError }, { crashBudget }] of copies) {
    const child = cell(allOf(crashBudget({ retries: 0 })), { clock: () => 0, random: () => 0 });
    child.send({ type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 });
    same(child.send({ type: "launch", cause: "restart" }).type, "refuse");
    try {
      crashBudget({ retries: -1 });
      same("no error", "an error");
    } catch (error) {
      same(isPolicyOptionsError(error), true);
    }
  }
}
