// What may weigh how much, min + gzip. kB are 1000 bytes.
//
// Two figures for each: what was to be reached, and what it is held to, at most `SLACK_BYTES` above what is measured.
// Why a reach is missed stands in docs/performance.md, part "Weight", with these figures: `pnpm performance` writes them there.
//
// Everything is weighed with the contract (`@steadfast/policy`) that it uses, and an adapter with all that it takes to run a
// child: supervisor, slot and a policy. A core is also weighed without the contract: what it adds to a bundle that has it.

import type { Imports } from "./weigh.js";

export interface Budget {
  readonly name: string;
  readonly imports: Imports;
  /** What was to be reached; left out where nothing was. */
  readonly reachBytes?: number;
  readonly maxBytes: number;
  /** Without `@steadfast/policy`. */
  readonly ownMaxBytes?: number;
}

/** Above what is measured a limit may be no more than this: so the figures on the page are those of today. */
export const SLACK_BYTES = 150;

const POLICY = "@steadfast/policy";

/** The heaviest of the policies is the one that an adapter is weighed with. */
const LOOP: Imports = { "@steadfast/supervisor": "supervise", "@steadfast/backoff": "backoff" };

export const budgets: readonly Budget[] = [
  {
    name: "the contract: cell, restartPolicy",
    imports: { [POLICY]: "cell, restartPolicy, launch, refuse" },
    maxBytes: 3_880,
  },
  {
    name: "slidingWindow",
    imports: { "@steadfast/sliding-window": "slidingWindow" },
    reachBytes: 2_400,
    maxBytes: 2_650,
    ownMaxBytes: 1_280,
  },
  {
    name: "crashBudget",
    imports: { "@steadfast/crash-budget": "crashBudget" },
    reachBytes: 2_100,
    maxBytes: 2_780,
    ownMaxBytes: 950,
  },
  {
    name: "decayingBudget",
    imports: { "@steadfast/crash-budget": "decayingBudget" },
    reachBytes: 2_100,
    maxBytes: 2_930,
    ownMaxBytes: 1_100,
  },
  {
    name: "backoff",
    imports: { "@steadfast/backoff": "backoff" },
    reachBytes: 2_600,
    maxBytes: 3_300,
    ownMaxBytes: 1_530,
  },
  {
    name: "cell and backoff, beside code of your own",
    imports: { [POLICY]: "cell", "@steadfast/backoff": "backoff" },
    maxBytes: 5_120,
  },
  {
    name: "childSlot",
    imports: { "@steadfast/child-slot": "childSlot" },
    reachBytes: 5_300,
    maxBytes: 6_450,
  },
  {
    name: "logEvents",
    imports: { "@steadfast/supervisor/console": "logEvents" },
    maxBytes: 7_200,
    ownMaxBytes: 6_300,
  },
  {
    name: "retry and backoff",
    imports: { "@steadfast/promise-tasks": "retry", "@steadfast/backoff": "backoff" },
    reachBytes: 4_500,
    maxBytes: 9_920,
  },
  {
    name: "retry with its shorthands alone",
    imports: { "@steadfast/promise-tasks": "retry" },
    maxBytes: 8_150,
  },
  {
    name: "supervision, beside a driver of your own",
    imports: { "@steadfast/supervision": "supervision" },
    maxBytes: 16_730,
  },
  {
    name: "supervise, tasks, backoff",
    imports: { "@steadfast/promise-tasks": "taskLauncher", ...LOOP },
    reachBytes: 16_000,
    maxBytes: 29_400,
  },
  {
    name: "supervise, processes, backoff",
    imports: { "@steadfast/child-process": "spawnLauncher", ...LOOP },
    reachBytes: 19_500,
    maxBytes: 43_060,
  },
  {
    name: "a pool of threads and backoff",
    imports: { "@steadfast/worker-threads/pool": "workerPool", "@steadfast/backoff": "backoff" },
    maxBytes: 52_930,
  },
];

/** What a tree adds to the supervision of one child. */
export const tree = {
  name: "a tree, beside one child",
  one: { "@steadfast/supervision": "supervision" },
  both: {
    "@steadfast/supervision": "supervision",
    "@steadfast/supervision/tree": "supervisionTree",
  },
  reachBytes: 6_000,
  maxBytes: 13_580,
} as const;

/** Printed, but promised to nobody. */
export const alsoPrinted: readonly Omit<Budget, "maxBytes">[] = [
  {
    name: "contract with allOf",
    imports: { [POLICY]: "cell, restartPolicy, launch, refuse, allOf" },
  },
  { name: "policy, everything", imports: { [POLICY]: "*" } },
  { name: "backoff, everything", imports: { "@steadfast/backoff": "*" } },
  { name: "spec, everything, with presets", imports: { "@steadfast/spec": "*" } },
  {
    name: "supervise, threads, backoff",
    imports: { "@steadfast/worker-threads": "workerLauncher", ...LOOP },
  },
];
