// One child as a line. Names, reasons and errors are text, whatever is in them.

import type { Budget, Row } from "../../packages/dashboard/src/wire.ts";
import type { Control } from "./control.ts";
import { LaneCanvas } from "./lane-canvas.tsx";
import { keyOf } from "./model.ts";
import { exitWords, stateOf, ticking } from "./words.ts";

interface Given {
  readonly control: Control;
  readonly path: string;
  readonly at: number;
}

export function TableRow({ control, path, at }: Given) {
  const { model } = control;
  const { part } = model;
  const row = part?.rows.get(path);
  if (!part || !row) return null;
  const { word, tone } = stateOf(row);
  const isTree = part.isTree(path);
  const isOpen = isTree && !part.collapsed.has(path);
  const isAlone = part.head.type === "child";
  const names = isAlone ? [path] : path.split("/");
  const budget = model.budgets.get(keyOf(part.head.of, path));
  return (
    <div
      id={`row-${at}`}
      class="line"
      role="row"
      aria-rowindex={at + 2}
      aria-level={names.length}
      aria-selected={model.selected === path}
      aria-expanded={isTree ? isOpen : undefined}
      style={{ transform: `translateY(${at * 30}px)` }}
      onClick={() => control.select(path)}
    >
      <span class="cell child" role="gridcell" title={path} style={indent(names.length)}>
        {isTree && (
          <span
            class="opener"
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              part.toggle(path);
              control.changed();
            }}
          >
            {isOpen ? "▾" : "▸"}
          </span>
        )}
        {names.at(-1)}
      </span>
      <span class={`cell state ${tone}`} role="gridcell">
        <span class="dot" aria-hidden="true" />
        {word}
      </span>
      <span class="cell timeline" role="gridcell">
        <LaneCanvas model={model} path={path} label={laneWords(row)} />
      </span>
      <span class="cell attempts number" role="gridcell">
        {row.attempts}
      </span>
      <span class={`cell failures number ${row.failures > 0 ? "some" : ""}`} role="gridcell">
        {row.failures}
      </span>
      <span class="cell budget" role="gridcell">
        {budgetWords(row, budget)}
      </span>
      <span class="cell next" role="gridcell">
        {nextWords(row, model.now)}
      </span>
    </div>
  );
}

const laneWords = ({ attempts, failures }: Row): string =>
  `${attempts} attempts${failures > 0 ? `, ${failures} failed in a row` : ""}`;

const indent = (level: number) => ({ paddingLeft: `${12 + (level - 1) * 14}px` });

function budgetWords({ done }: Row, budget: Budget | null | undefined) {
  if (!budget || done) return "";
  const { left, refusal } = budget;
  if (left === null) return <span class="faint">99+</span>;
  const isFinal = refusal?.retryAfterMs === null;
  return (
    <span class={`left ${left === 0 ? "none" : left <= 2 ? "few" : ""}`}>
      <b>{left}</b> {isFinal ? "then never" : "then a wait"}
    </span>
  );
}

/** What comes next, or what was last. */
function nextWords({ waiting, held, launchedAt, last, status }: Row, now: number): string {
  if (waiting) {
    const what = waiting.for === "delay" ? waiting.cause : "asked again";
    return `${what} in ${ticking(waiting.until - now)}`;
  }
  if (held !== null) return held;
  if (launchedAt !== null)
    return `${status === "cancelling" ? "leaving, " : ""}up ${ticking(now - launchedAt)}`;
  return last ? exitWords(last) : "";
}
