// A window that counts launches stamps the instant at which it says yes. Where a delay comes after that,
// and not always the same one, launches come closer together than admissions: the first served a long
// delay, the next a short one.

import { grouped } from "../simulate/grouped.js";
import { number } from "./curves.js";
import type { Finding } from "./finding.js";
import type { Place } from "./places.js";

export function admissionsOnly({ description, path, restMs }: Place): Finding | null {
  const { kind, options } = description;
  const limit = number(options.limit);
  const windowMs = number(options.windowMs);
  if (kind !== "slidingWindow" || options.counts === "failures") return null;
  if (limit === 0 || windowMs === 0) return null;
  const { shortest, longest } = restMs;
  const spreadMs = longest - shortest;
  if (spreadMs <= 0) return null;
  const boundMs = Math.max(0, windowMs - Math.ceil(spreadMs));
  const numbers = { limit, windowMs, shortestDelayMs: shortest, boundMs };
  const bound =
    boundMs === 0
      ? "launches are not bounded at all"
      : `launches are bounded in ${grouped(boundMs)} ms only`;
  return {
    code: "bounds-admissions-only",
    severity: "warning",
    message: `slidingWindow: ${grouped(limit)} in ${grouped(windowMs)} ms holds for admissions; the delays after them differ by up to ${grouped(spreadMs)} ms, so that ${bound}`,
    numbers: Number.isFinite(longest) ? { ...numbers, longestDelayMs: longest } : numbers,
    fix: "put what delays before it: inTurn(backoff, slidingWindow)",
    by: "proof",
    path,
  };
}
