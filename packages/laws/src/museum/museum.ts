// Everything that is exhibited, family by family.

import * as delays from "./backoff/delays.js";
import * as forgiveness from "./backoff/forgiveness.js";
import * as shapes from "./backoff/shapes.js";
import * as budgets from "./budget/faults.js";
import * as longWindows from "./budget/long-windows.js";
import * as alikeKeys from "./combinators/alike-keys.js";
import * as allOf from "./combinators/all-of.js";
import * as contract from "./combinators/contract.js";
import * as keyed from "./combinators/keyed.js";
import * as combinators from "./combinators/others.js";
import * as waitOut from "./combinators/wait-out.js";
import * as when from "./combinators/when.js";
import type { Exhibit } from "./exhibit.js";
import * as calls from "./launcher/calls.js";
import * as exits from "./launcher/exits.js";
import * as identity from "./launcher/identity.js";
import * as attempts from "./slot/attempts.js";
import * as options from "./slot/options.js";
import * as stops from "./slot/stops.js";
import * as times from "./slot/times.js";
import * as treeEnds from "./tree/ends.js";
import * as treeGroups from "./tree/groups.js";
import * as treeHosts from "./tree/hosts.js";
import * as treeOrders from "./tree/orders.js";
import * as treeRolls from "./tree/rolls.js";
import * as treeStates from "./tree/states.js";
import * as extremes from "./window/extremes.js";
import * as hidden from "./window/hidden.js";
import * as hints from "./window/hints.js";
import * as impure from "./window/impure.js";
import * as limits from "./window/limits.js";
import * as states from "./window/states.js";

/**
 * Faulty policies, combinators, slots, launchers and trees, each with one real defect: what a test kit, or a
 * test of yours, should catch.
 * @since 0.1.0
 */
export const museum: readonly Exhibit[] = [
  limits,
  hints,
  impure,
  states,
  hidden,
  extremes,
  delays,
  forgiveness,
  shapes,
  budgets,
  longWindows,
  allOf,
  combinators,
  waitOut,
  when,
  keyed,
  contract,
  alikeKeys,
  attempts,
  stops,
  times,
  options,
  exits,
  calls,
  identity,
  treeOrders,
  treeGroups,
  treeEnds,
  treeStates,
  treeRolls,
  treeHosts,
].flatMap((room) => Object.values<Exhibit>(room).sort(byName));

/** A namespace has no order that all bundlers keep. */
function byName(one: Exhibit, other: Exhibit): number {
  return one.name < other.name ? -1 : 1;
}
