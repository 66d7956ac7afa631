// A pool of worker threads: its functions are answered, and it stops.

import { restartOn } from "@steadfast/policy";
import { workerPool } from "@steadfast/worker-threads/pool";
import { same } from "./same.js";

export async function main(): Promise<void> {
  const entry = new URL("served.mjs", `file://${process.cwd()}/`);
  const pool = workerPool(entry, { threads: 2, policy: restartOn("permanent"), standby: 1 });
  same(await pool.run<number>(20, { name: "double", timeoutMs: 60_000 }), 40);
  same(await Promise.all([1, 2, 3].map((n) => pool.run<number>(n))), [2, 3, 4]);
  same((await pool.stop()).type, "stopped");
}
