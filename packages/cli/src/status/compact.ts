const UNITS = [
  ["d", 86_400_000, "h", 3_600_000],
  ["h", 3_600_000, "m", 60_000],
  ["m", 60_000, "s", 1_000],
] as const;

/** A duration for a table, rounded down: `350ms`, `1.2s`, `45s`, `3m20s`, `2h5m`, `4d3h`. */
export function compact(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.floor(ms))}ms`;
  if (ms < 10_000) return `${Math.floor(ms / 100) / 10}s`;
  for (const [unit, size, small, smaller] of UNITS) {
    if (ms < size) continue;
    const rest = Math.floor((ms % size) / smaller);
    return `${Math.floor(ms / size)}${unit}${rest > 0 ? `${rest}${small}` : ""}`;
  }
  return `${Math.floor(ms / 1_000)}s`;
}
