// The story of a child that dies again and again, as a table; of a long one the beginning and the end.

import { smaller } from "../kernel/shorten.js";
import { textTable } from "../kernel/text-table.js";
import type { Attempt, CrashLoop } from "./crash-loop.js";
import { decisionText } from "./table.js";

const SHOWN = 8;
const FIRST = 3;
const LAST = 4;

export function loopTable(loop: CrashLoop, attempts: readonly Attempt[]): string {
  const { lifeMs, healthyAfterMs, healthyFrom, draw } = loop;
  const healthy =
    healthyAfterMs === null
      ? "never healthy"
      : `from #${healthyFrom + 1} on healthy after ${healthyAfterMs}`;
  const rows = attempts.map(({ askedAt, first, admittedAt }, i) => [
    `${i + 1}`,
    `${askedAt}`,
    decisionText(first),
    `${admittedAt}`,
  ]);
  const left = rows.length - FIRST - LAST;
  const shown =
    rows.length <= SHOWN
      ? rows
      : [...rows.slice(0, FIRST), ["...", "", `${left} attempts more`], ...rows.slice(-LAST)];
  const head = `  each attempt lives ${lifeMs} ms, ${healthy}; draw ${draw}`;
  return `${head}\n${textTable([["attempt", "asked at", "first answer", "admitted at"], ...shown])}`;
}

/** Fewer lives, shorter ones, none that is healthy, a draw of 0. */
export function* shorterLoop(loop: CrashLoop): Generator<CrashLoop> {
  for (const lives of smaller(loop.lives, 1)) yield { ...loop, lives };
  if (loop.healthyAfterMs !== null) yield { ...loop, healthyAfterMs: null };
  if (loop.lifeMs > 0) yield { ...loop, lifeMs: 0 };
  if (loop.draw > 0) yield { ...loop, draw: 0 };
}
