// Readings that several benchmarks take.

import { median } from "./statistics.ts";

/** Of the main thread, so that neither the collector's threads nor the compiler's are in it. */
export function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** Where answers go, so that a compiler does not leave out what nobody reads. */
let answer: unknown;

/** Nanoseconds per call: the median of batches. */
export function nanosOf(run: () => unknown, batch = 20_000, batches = 31): number {
  const measured: number[] = [];
  for (let i = 0; i < batches; i++) {
    const from = process.hrtime.bigint();
    for (let call = 0; call < batch; call++) answer = run();
    measured.push(Number(process.hrtime.bigint() - from) / batch);
  }
  if (answer === measured) throw new Error("nobody answers that");
  return median(measured);
}

/** Bytes allocated per call, most of it given back at once. The run is short enough to need no collection. */
export function bytesOf(run: () => unknown, calls = 2_000): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) run();
  return (process.memoryUsage().heapUsed - before) / calls;
}

export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What stays after collections, outside of the heap included. */
export async function heldBytes(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** CPU microseconds and bytes per attempt of what is awaited again and again. */
export async function attemptsOf(run: () => Promise<unknown>, perRun: number, total: number) {
  const many = async (attempts: number) => {
    for (let i = 0; i < attempts / perRun; i++) await run();
  };
  await many(total / 2);
  globalThis.gc?.();
  const from = cpuMicroseconds();
  await many(total);
  const micros = (cpuMicroseconds() - from) / total;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await many(2_000);
  return { micros, bytes: (process.memoryUsage().heapUsed - before) / 2_000 };
}
