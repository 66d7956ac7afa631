// Pools that do the same small task: by hand, ours, and the peers that are installed.

import { Worker } from "node:worker_threads";
import { restartOn } from "@steadfast/policy";
import { workerPool } from "@steadfast/worker-threads/pool";
import { peer } from "./peers.ts";

export interface Task {
  readonly a: number;
  readonly b: number;
}

/** A pool, as far as it is measured. `run` of a negative `a` ends the thread. */
export interface Candidate {
  /** Settles when its threads are ready. */
  ready(): Promise<unknown>;
  run(task: Task): Promise<unknown>;
  end(): Promise<unknown>;
}

export type Make = (threads: number) => Candidate | Promise<Candidate>;

const worker = (name: string) => new URL(`workers/${name}`, import.meta.url);

/** As short as it can be: one request per thread at a time, a thread that ends is started again. */
export function byHand(threads: number): Candidate {
  const queue: { readonly id: number; readonly message: Task }[] = [];
  const open = new Map<number, (value: unknown) => void>();
  const free: Worker[] = [];
  const all = new Set<Worker>();
  const ready: Promise<void>[] = [];
  let last = 0;
  let isOver = false;
  const give = () => {
    while (free.length > 0 && queue.length > 0) (free.pop() as Worker).postMessage(queue.shift());
  };
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      const one = new Worker(worker("pool-raw.mjs"));
      all.add(one);
      one.on("message", ({ id: answered, value }: { id: number; value: unknown }) => {
        free.push(one);
        resolve();
        open.get(answered)?.(value);
        open.delete(answered);
        give();
      });
      one.on("exit", () => {
        all.delete(one);
        if (!isOver) void start();
      });
    });
  for (let n = 0; n < threads; n++) ready.push(start());
  return {
    ready: () => Promise.all(ready),
    run: (message) =>
      new Promise((resolve) => {
        last += 1;
        if (message.a >= 0) open.set(last, resolve);
        else resolve(null); // it has no answer
        queue.push({ id: last, message });
        give();
      }),
    end() {
      isOver = true;
      return Promise.all([...all].map((one) => one.terminate()));
    },
  };
}

export const ours =
  (options: { readonly standby?: number } = {}): Make =>
  (threads) => {
    const policy = restartOn("permanent");
    const pool = workerPool(worker("pool-served.mjs"), { threads, policy, ...options });
    return {
      ready: async () => {
        await pool.up;
        const count = threads * (options.standby ?? 0);
        while (standbysUp(pool.tree.snapshot()) < count) await new Promise(setImmediate);
      },
      run: (task) => pool.run(task).catch(() => null),
      end: () => pool.stop({ force: true }),
    };
  };

/** How many standbys are up: those in the state, beside the tree itself. */
function standbysUp(snapshot: object): number {
  return (JSON.stringify(snapshot).match(/"standby":\d+,"since":\d+,"up":true/g) ?? []).length;
}

/** What piscina and tinypool have in common. */
interface PeerPool {
  run(task: Task): Promise<unknown>;
  destroy(): Promise<unknown>;
}

export function peerPool(entry: string): Make {
  return async (threads) => {
    const { default: Pool } = (await peer(entry)) as { default: new (options: object) => PeerPool };
    const filename = worker("pool-peer.mjs").href;
    const pool = new Pool({ filename, minThreads: threads, maxThreads: threads });
    return {
      ready: () => Promise.all(Array.from({ length: threads }, () => pool.run({ a: 1, b: 1 }))),
      run: (task) => pool.run(task).catch(() => null),
      end: () => pool.destroy(),
    };
  };
}
