// A pool of supervised threads.

export type { TreeHandle, TreeJournalEntry, TreeOutcome } from "@steadfast/supervisor/tree";
export type { PoolRecycle, PoolStop, RunOptions, WorkerPoolOptions } from "./pool/options.js";
export type { WorkerPool } from "./pool/pool-of.js";
export type { PoolStats, Spread } from "./pool/stats.js";
export { workerPool } from "./pool/worker-pool.js";
