// The tree that `superviseTree` carries out, in a virtual world: tree-play.ts is all there is besides.

import { readArguments } from "@steadfast/policy";
import { supervisionTreeOf, type TreeOptions } from "@steadfast/supervision/tree";
import { TreePlay } from "./tree-play.js";
import type { TreeSimulation } from "./tree-simulation.js";
import { settleTreeWorld, type TreeWorld } from "./tree-world.js";

/**
 * Plays a tree with described children on virtual time: who is launched, stopped and restarted when, as data.
 *
 * Pure: no clock, no timer, no chance but the seed's; the same arguments give the same answer. Unit:
 * milliseconds, from 0 on. Edges: what happens at exactly `forMs` is part of it; of what falls on one instant
 * what children do comes first, then what the tree is due to do, then an operator's order.
 * Errors: `PolicyOptionsError` for a tree or a world that is not right. A decision that breaks a policy's
 * contract ends the tree as `failed`.
 *
 * @since 0.1.0
 * @param tree the rules and the children, as for `supervisionTree`.
 * @param world how the children live, the horizon, the seed.
 * @example
 * const children = [{ id: "a" }, { id: "b" }, { id: "c" }];
 * const world = { children: { b: { uptimeMs: [100] } }, forMs: 1_000 };
 * const { happened } = simulateTree({ strategy: "rest-for-one", children }, world);
 * const said = happened.filter(({ at }) => at === 100).map(({ type, child }) => `${type} ${child}`);
 * said[0]; // => "exited b"
 */
export function simulateTree(tree: TreeOptions, world: TreeWorld = {}): TreeSimulation {
  readArguments("simulateTree", arguments, 2);
  return new TreePlay(supervisionTreeOf(tree, "simulateTree"), settleTreeWorld(world)).toTheEnd();
}
