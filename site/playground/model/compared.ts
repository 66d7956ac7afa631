// Two policies on one time line, side by side: what each heard or was asked, row by row.
//
// Rows are the instants, and at one instant what happened, in its order. The two live in the same world but not the same life:
// after the first difference one may be up where the other waits, so that a row has one side only.

import { type Millis, sameDecision } from "@steadfast/policy";
import type { Played, Step } from "./played.ts";
import { decisionWords, eventName } from "./words.ts";

export interface Row {
  readonly at: Millis;
  readonly a: Step | null;
  readonly b: Step | null;
  /** They do not answer the same, or one of them was not asked. Never if there is only one. */
  readonly differs: boolean;
}

export function rowsOf(a: Played, b: Played | null): readonly Row[] {
  if (b === null) return a.steps.map((step) => ({ at: step.at, a: step, b: null, differs: false }));
  const rows: Row[] = [];
  for (const at of instantsOf(a, b)) {
    const there = (side: Played) => side.steps.filter((step) => step.at === at);
    const left = there(b);
    for (const one of there(a)) {
      const i = left.findIndex((other) => eventName(other) === eventName(one));
      // Those of B that came before stand alone.
      const alone = left.splice(0, Math.max(0, i));
      for (const other of alone) rows.push({ at, a: null, b: other, differs: true });
      const other = i < 0 ? null : (left.shift() ?? null);
      rows.push({
        at,
        a: one,
        b: other,
        differs: other === null || !sameDecision(one.decision, other.decision),
      });
    }
    for (const other of left) rows.push({ at, a: null, b: other, differs: true });
  }
  return rows;
}

function instantsOf(a: Played, b: Played): readonly Millis[] {
  const instants = new Set([...a.steps, ...b.steps].map(({ at }) => at));
  return [...instants].sort((one, other) => one - other);
}

/** The first row in which they differ, in a sentence; null where there is none. */
export function firstDifference(rows: readonly Row[]): string | null {
  const row = rows.find(({ differs }) => differs);
  if (row === undefined) return null;
  const said = (step: Step | null) =>
    step === null ? "nothing happens" : `${eventName(step)}: ${decisionWords(step.decision)}`;
  const { a, b } = row;
  if (a !== null && b !== null) {
    return `${eventName(a)}. A: ${decisionWords(a.decision)}. B: ${decisionWords(b.decision)}.`;
  }
  return `A: ${said(a)}. B: ${said(b)}.`;
}
