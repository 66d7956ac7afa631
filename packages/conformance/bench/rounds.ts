// Ratios of what takes turns in one run: each round measures both, and the median of the rounds' ratios
// is told with the smallest and the largest. Time that passes includes waiting; the time of the main
// thread does not, and says more where the machine has other work.

export interface Ratio {
  readonly base: number;
  readonly ours: number;
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
  /** Of the time of the main thread. */
  readonly cpu: number;
}

interface Spent {
  readonly passed: number;
  readonly cpu: number;
}

/** Microseconds per call of each, and how many times as long the second takes. */
export async function ratioOf(
  base: () => Promise<unknown>,
  ours: () => Promise<unknown>,
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
): Promise<Ratio> {
  await spent(base, calls);
  await spent(ours, calls);
  const measured: { readonly base: Spent; readonly ours: Spent }[] = [];
  for (let round = 0; round < rounds; round++) {
    const first = await spent(base, calls);
    measured.push({ base: first, ours: await spent(ours, calls) });
  }
  const ratios = sorted(measured.map((one) => one.ours.passed / one.base.passed));
  return {
    base: median(measured.map((one) => one.base.passed)),
    ours: median(measured.map((one) => one.ours.passed)),
    ratio: median(ratios),
    min: ratios[0] ?? Number.NaN,
    max: ratios.at(-1) ?? Number.NaN,
    cpu: median(measured.map((one) => one.ours.cpu / one.base.cpu)),
  };
}

/** Microseconds per call. */
async function spent(run: () => Promise<unknown>, calls: number): Promise<Spent> {
  const [from, cpuFrom] = [process.hrtime.bigint(), cpuMicroseconds()];
  for (let i = 0; i < calls; i++) await run();
  const cpu = (cpuMicroseconds() - cpuFrom) / calls;
  return { passed: Number(process.hrtime.bigint() - from) / 1_000 / calls, cpu };
}

/** Of the main thread, so that neither the collector's threads nor the compiler's are in it. */
export function cpuMicroseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

export function median(numbers: readonly number[]): number {
  return sorted(numbers)[numbers.length >> 1] as number;
}
