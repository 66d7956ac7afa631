// What a run says: each figure as a median with the smallest and the largest, its ratio to the first candidate's
// of the same round, and which reaches were met. Pure.

import type { Result, Row } from "./runner.ts";
import { type Spread, spread } from "./statistics.ts";
import type { Reach, Table } from "./suite.ts";

export interface Cell {
  readonly figure: string;
  readonly value: Spread;
  /** To the first candidate; null for itself and where it was not measured. */
  readonly ratio: Spread | null;
}

export interface Line {
  readonly candidate: string;
  readonly cells: readonly Cell[];
  readonly notMeasured: string | null;
}

export interface Reached {
  readonly reach: Reach;
  /** Null where one of the two was not measured. */
  readonly value: Spread | null;
  readonly met: boolean | null;
}

function rowOf({ rows }: Result, candidate: string): Row | undefined {
  return rows.find((row) => row.candidate === candidate);
}

function valuesOf(row: Row | undefined, figure: string): readonly number[] | null {
  if (!row || !("rounds" in row)) return null;
  return row.rounds.map((figures) => figures[figure] ?? Number.NaN);
}

/** Round by round. Null where either is missing, or the base is nothing. */
export function ratios(result: Result, candidate: string, base: string, figure: string) {
  const own = valuesOf(rowOf(result, candidate), figure);
  const other = valuesOf(rowOf(result, base), figure);
  if (!own || !other || other.some((value) => value === 0)) return null;
  return own.map((value, round) => value / (other[round] ?? Number.NaN));
}

export function lines(table: Table, result: Result): readonly Line[] {
  const names = Object.keys(table.candidates);
  const [base = ""] = names;
  return names.map((candidate) => {
    const row = rowOf(result, candidate);
    if (row && "notMeasured" in row) return { candidate, cells: [], notMeasured: row.notMeasured };
    const cells = Object.keys(table.figures).map((figure): Cell => {
      const compared = candidate === base ? null : ratios(result, candidate, base, figure);
      return {
        figure,
        value: spread(valuesOf(row, figure) ?? []),
        ratio: compared && spread(compared),
      };
    });
    return { candidate, cells, notMeasured: null };
  });
}

export function reached(table: Table, result: Result): readonly Reached[] {
  return (table.reaches ?? []).map((reach) => {
    const { candidate, figure, than, atMost, atLeast } = reach;
    const values =
      than === undefined
        ? valuesOf(rowOf(result, candidate), figure)
        : ratios(result, candidate, than, figure);
    if (!values) return { reach, value: null, met: null };
    const value = spread(values);
    const { median } = value;
    const met =
      median <= (atMost ?? Number.POSITIVE_INFINITY) &&
      median >= (atLeast ?? Number.NEGATIVE_INFINITY);
    return { reach, value, met };
  });
}
