// Durations as Compose has them: Go's, such as "1m30s", "500ms" or "1.5h".

const MS: { readonly [unit: string]: number } = {
  us: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
/** Go counts nanoseconds in 63 bits. */
export const LONGEST_MS = 9_223_372_036_854;
const PART = /(\d+(?:\.\d+)?)(us|ms|s|m|h)/g;

/** The milliseconds, or null for what is no duration. */
export function goDurationMs(text: string): number | null {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d+)?(us|ms|s|m|h))+$/.test(text)) return null;
  const parts = [...text.matchAll(PART)];
  const ms = parts.reduce((sum, [, n, unit = ""]) => sum + Number(n) * (MS[unit] ?? 0), 0);
  return ms > LONGEST_MS ? null : ms;
}

/** A duration that `goDurationMs` reads back, to the microsecond. */
export function goDuration(ms: number): string {
  if (Number.isInteger(ms / 1e3)) return `${ms / 1e3}s`;
  return Number.isInteger(ms) ? `${ms}ms` : `${Math.round(ms * 1e3)}us`;
}
