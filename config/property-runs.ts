// The seed and the number of runs of every property test. Both come from the environment; the
// defaults are constants, so that CI and turbo's cache mean the same run.

const DEFAULT_SEED = 20_261_121;
const DEFAULT_NUM_RUNS = 100;

function wholeNumber(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new Error(`${name} must be a whole number, got "${text}"`);
  return value;
}

export function propertyRuns(): { readonly seed: number; readonly numRuns: number } {
  return {
    seed: wholeNumber("FC_SEED", DEFAULT_SEED),
    numRuns: wholeNumber("FC_NUM_RUNS", DEFAULT_NUM_RUNS),
  };
}
