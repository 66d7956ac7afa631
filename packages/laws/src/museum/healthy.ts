import { childSlot } from "@steadfast/child-slot";
import { allOf, coarse, giveUp, inTurn, keyed, waitOut, when } from "@steadfast/policy";
import { supervisionTree } from "@steadfast/supervision/tree";
import { virtualLauncher } from "../launcher-laws/virtual-launcher.js";
import type { Families } from "./exhibit.js";
import { backoff } from "./reference/backoff.js";
import { budget } from "./reference/budget.js";
import { window } from "./reference/window.js";

/**
 * The healthy one of each family, which keeps every law: what a test must not fail on, and the twin
 * with which a faulty one is compared.
 * @since 0.1.0
 */
export const healthy: Families = {
  window,
  backoff,
  budget,
  allOf,
  inTurn,
  giveUp,
  waitOut,
  coarse,
  when,
  keyed,
  slot: childSlot,
  launcher: virtualLauncher,
  tree: supervisionTree,
};
