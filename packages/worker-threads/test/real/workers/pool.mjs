// A worker of a pool: does what it is asked for. `flags` is memory that all threads and the test share.

import { threadId, workerData } from "node:worker_threads";
import { moved, serve } from "@steadfast/worker-threads/worker";

const flags = workerData?.flags;
if (flags && workerData.mode === "fails to load") throw new Error("no such table");

/** Waits for a flag; `Atomics.wait` blocks the thread. */
const blockUntil = (flag) => Atomics.wait(flags, flag, 0);

const kept = [];

serve({
  default: ({ a, b }) => a + b,
  thread: () => threadId,
  throws: () => {
    throw Object.assign(new TypeError("no such thing"), { code: "E_MINE" });
  },
  ends: () => process.exit(0),
  dies: () => process.exit(3),
  crashes: () => {
    setImmediate(() => {
      throw new Error("root cause");
    });
    return new Promise(() => {});
  },
  diesOnce: (flag) => {
    if (Atomics.add(flags, flag, 1) === 0) process.exit(3);
    return Atomics.load(flags, flag);
  },
  counts: (flag) => Atomics.add(flags, flag, 1) + 1,
  blocks: (flag) => {
    Atomics.add(flags, 0, 1);
    Atomics.notify(flags, 0);
    blockUntil(flag);
    return "unblocked";
  },
  waits: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      Atomics.add(flags, 0, 1);
      Atomics.notify(flags, 0);
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
  never: () => {
    Atomics.add(flags, 0, 1);
    Atomics.notify(flags, 0);
    return new Promise(() => {});
  },
  later: (ms) => new Promise((resolve) => setTimeout(resolve, ms, threadId)),
  fills: (buffer) => {
    new Uint8Array(buffer).fill(7);
    return moved(buffer, [buffer]);
  },
  unclonable: () => () => 1,
  grows: (mb) => {
    kept.push(Array.from({ length: mb * 2 ** 17 }, (_, n) => n / 3));
    return threadId;
  },
  outOfMemory: () => {
    for (;;) kept.push({ a: {}, b: [] });
  },
  sometimes: ({ n, odds }) => {
    if (Math.random() < odds) process.exit(3);
    return n;
  },
});
