// The table of the matrix: a row per runtime, a column per program.

import type { Limit } from "./limits.ts";
import type { Form } from "./runtime.ts";

export interface Row {
  readonly runtime: string;
  /** By program; a program that is not here was not meant for this runtime. */
  readonly cells: ReadonlyMap<string, readonly Form[]>;
  /** Why the runtime could not be looked at; null if it could. */
  readonly missing: string | null;
  readonly seconds: number;
}

export interface Verdict {
  readonly cell: string;
  /** Null unless it is red. */
  readonly red: string | null;
  /** The limit that explains it. */
  readonly limit: Limit | null;
}

/** What is to be thought of the forms of one program in one runtime. */
export function verdict(
  runtime: string,
  program: string,
  forms: readonly Form[],
  limits: readonly Limit[],
): Verdict {
  const limit =
    limits.find((one) => runtime.startsWith(one.runtime) && one.program === program) ?? null;
  const expected = limit === null ? [] : [limit.broken];
  const asExpected = forms.every(({ ok, broken }) =>
    limit === null ? ok : JSON.stringify(broken) === JSON.stringify(expected),
  );
  if (asExpected) return { cell: limit === null ? "ok" : "partly", red: null, limit };
  const holds = limit !== null && forms.every(({ ok }) => ok);
  const wrong = forms.filter(({ ok }) => !ok).map(({ form, said }) => `by ${form}:\n${said}`);
  const red = holds ? `"${limit.broken}" holds by now: take the limit away` : wrong.join("\n");
  return { cell: "RED", red: `${runtime}, ${program}: ${red}`, limit: null };
}

/** The table and, below it, one line per limit. */
export function table(rows: readonly Row[], programs: readonly string[], limits: readonly Limit[]) {
  const said = new Set<string>();
  const reds: string[] = [];
  const lines = rows.map(({ runtime, cells, missing, seconds }) => {
    if (missing !== null) reds.push(`${runtime}: ${missing}`);
    const marks = programs.map((program) => {
      const forms = cells.get(program);
      if (forms === undefined) return missing === null ? "-" : "?";
      const { cell, red, limit } = verdict(runtime, program, forms, limits);
      if (red !== null) reds.push(red);
      if (limit !== null) said.add(`${runtime}: ${limit.line}`);
      return cell;
    });
    return [runtime, ...marks, `${seconds.toFixed(1)} s`];
  });
  return { text: aligned([["", ...programs, ""], ...lines]), lines: [...said], reds };
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
