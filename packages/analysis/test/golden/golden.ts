// What is pinned of a simulation: how it ended, how much happened, and a digest of all of it.

import { createHash } from "node:crypto";
import { simulate } from "../../src/index.js";
import { goldenOf } from "./worlds.js";

export function lineOf(number: number): string {
  const { policy, world, rules } = goldenOf(number);
  const now = simulate(policy, world, rules);
  const lastExit = now.launches.at(-1)?.exit;
  if (now.end === "completed" && lastExit?.kind !== "completed") throw new Error("not completed");
  // Then, what was done without having completed had no word of its own.
  const result = now.end === "excused" ? { ...now, end: "completed" } : now;
  const { launches, refusals, end, why } = result;
  const digest = createHash("sha256").update(JSON.stringify(result)).digest("hex").slice(0, 12);
  return `${end} ${why ?? "-"} ${launches.length} ${refusals.length} ${digest}`;
}
