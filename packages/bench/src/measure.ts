// Readings that several benchmarks take.

/** Of the main thread, so that neither the collector's threads nor the compiler's are in it. */
export function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** Where answers go, so that a compiler does not leave out what nobody reads. */
let answer: unknown;

/** The CPU clock of a thread may tick in steps of 4 ms: so much is worth more than fifty of them. */
const LONG_ENOUGH_MICROS = 250_000;

function microsOf(run: () => unknown, calls: number): number {
  const from = cpuMicroseconds();
  for (let i = 0; i < calls; i++) answer = run();
  return cpuMicroseconds() - from;
}

/** Nanoseconds of CPU per call, of the main thread, once it is warm. */
export function nanosOf(run: () => unknown): number {
  let calls = 50_000;
  microsOf(run, calls);
  for (;;) {
    const micros = microsOf(run, calls);
    if (micros >= LONG_ENOUGH_MICROS) return (micros * 1_000) / calls;
    const missing = LONG_ENOUGH_MICROS / Math.max(micros, LONG_ENOUGH_MICROS / 50);
    calls = Math.ceil(calls * Math.max(1.2, missing * 1.1));
  }
}

/** What the last measured call answered. */
export function lastAnswer(): unknown {
  return answer;
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
