// Every answer in a table: when, what happened, what each policy decided and why, and what it remembers then.

import type { RestartDecision } from "@steadfast/policy";
import { defineComponent, ref } from "vue";
import { firstDifference, type Row, rowsOf } from "../model/compared.ts";
import { durationWords } from "../model/durations.ts";
import { foundDifference } from "../model/found-difference.ts";
import type { Step } from "../model/played.ts";
import { decisionWords, eventName, eventWords, sentenceOf } from "../model/words.ts";
import type { Side, Store } from "./store.ts";

/** So many are shown at first: each has a sentence to be found. */
const PAGE = 40;

export const Decisions = defineComponent(
  ({ store }: { readonly store: Store }) => {
    const shown = ref(PAGE);
    const onlyDifferent = ref(false);
    const found = ref("");
    const find = () => {
      const { a, b, scene, chosen } = store;
      if (b.value === null) return;
      const { line, words } = foundDifference(a.value.read, b.value.read, scene.value);
      found.value = words;
      chosen.value = null;
      if (line !== null) store.edit(line);
    };
    return () => {
      const a = store.a.value;
      const b = store.b.value;
      if (a.played === null)
        return <p class="faint">A is not a policy, so that it decides nothing.</p>;
      const all = rowsOf(a.played, b?.played ?? null);
      const isCompared = b !== null && b.played !== null;
      const rows = isCompared && onlyDifferent.value ? all.filter(({ differs }) => differs) : all;
      return (
        <section class="decisions" aria-label="Decisions">
          <div class="bar">
            <h2>Decisions</h2>
            {isCompared && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={onlyDifferent.value}
                  onChange={(event: Event) => {
                    onlyDifferent.value = (event.currentTarget as HTMLInputElement).checked;
                  }}
                />
                only what differs
              </label>
            )}
          </div>
          {isCompared && <Difference rows={all} find={find} found={found.value} />}
          <Table
            rows={rows.slice(0, shown.value)}
            first={all.find(({ differs }) => differs)}
            a={a}
            b={b}
          />
          {rows.length > shown.value && (
            <button
              type="button"
              onClick={() => {
                shown.value += PAGE;
              }}
            >
              {`Show more: ${rows.length - shown.value} are left`}
            </button>
          )}
        </section>
      );
    };
  },
  { props: ["store"] },
);

interface DifferenceProps {
  readonly rows: readonly Row[];
  readonly find: () => void;
  /** What came of it. */
  readonly found: string;
}

function Difference({ rows, find, found }: DifferenceProps) {
  const row = rows.find(({ differs }) => differs);
  const count = rows.filter(({ differs }) => differs).length;
  const said = firstDifference(rows);
  return (
    <div class="difference">
      <p role="status">
        {row === undefined ? (
          "A and B decide the same on this line."
        ) : (
          <>
            <b>{`First difference at ${durationWords(row.at)}: `}</b>
            {`${said} ${count} of ${rows.length} rows differ.`}
          </>
        )}
      </p>
      <button type="button" onClick={find}>
        Find the shortest
      </button>
      <p class="faint" role="status">
        {found}
      </p>
    </div>
  );
}

interface TableProps {
  readonly rows: readonly Row[];
  /** The first that differs. */
  readonly first: Row | undefined;
  readonly a: Side;
  readonly b: Side | null;
}

function Table({ rows, first, a, b }: TableProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What happened</th>
          <th scope="col">{b === null ? "Decision" : "A decides"}</th>
          {b !== null && <th scope="col">B decides</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <RowOf key={i} row={row} a={a} b={b} first={row === first} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: Row;
  readonly a: Side;
  readonly b: Side | null;
  /** It is the first that differs. */
  readonly first: boolean;
}

function RowOf({ row, a, b, first }: RowProps) {
  const { differs } = row;
  const steps = [row.a, row.b].filter((step) => step !== null);
  const [one, other] = steps.map(eventWords);
  const what = other === undefined || one === other ? one : `A: ${one}; B: ${other}`;
  return (
    <tr class={`${differs ? "differs" : ""} ${first ? "first" : ""}`}>
      <td class="when">{durationWords(row.at)}</td>
      <td class="what">
        {what}
        {differs && <span class="mark-text">{first ? "first difference" : "differs"}</span>}
      </td>
      <Answer side={a} step={row.a} label="A" isAlone={b === null} />
      {b !== null && <Answer side={b} step={row.b} label="B" isAlone={false} />}
    </tr>
  );
}

interface AnswerProps {
  readonly side: Side;
  readonly step: Step | null;
  readonly label: string;
  readonly isAlone: boolean;
}

function Answer({ side, step, label, isAlone }: AnswerProps) {
  const badge = !isAlone && <span class={`badge ${side.name} narrow`}>{label}</span>;
  if (step === null || side.read.policy === null) {
    return <td class="answer none">{badge}nothing is asked</td>;
  }
  const { decision, after } = step;
  return (
    <td class="answer">
      {badge}
      <b class={toneOf(decision)}>{decisionWords(decision)}</b>
      {decision.type !== "noted" && <p>{sentenceOf(side.read.policy, step)}</p>}
      <details>
        <summary
          aria-label={`State of ${label} after ${eventName(step)} at ${durationWords(step.at)}`}
        >
          state
        </summary>
        <pre tabindex={0}>{JSON.stringify(after, null, 1)}</pre>
      </details>
    </td>
  );
}

function toneOf(decision: RestartDecision): string {
  if (decision.type === "noted") return "idle";
  if (decision.type === "refuse") return "bad";
  return decision.delayMs === 0 ? "good" : "wait";
}
