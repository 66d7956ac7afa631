// pm2's durations: a number of milliseconds, or a number with h, m or s.

const MS: { readonly [unit: string]: number } = { "": 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The whole milliseconds; null for what is no duration. */
export function pm2Ms(text: string): number | null {
  const [, n, unit = ""] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? [];
  const ms = Math.ceil(Number(n) * (MS[unit] ?? 1));
  return Number.isSafeInteger(ms) ? ms : null;
}
