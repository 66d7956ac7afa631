// One child: why it is where it is, what is left, what can be ordered, what it said last, what has happened, and what another
// policy would have decided.

import type { Control } from "./control.ts";
import { LaneCanvas } from "./lane-canvas.tsx";
import { OrderButton } from "./order-button.tsx";
import type { ChildDetail, ExitRecord } from "./types.ts";
import { WhatIfForm } from "./what-if.tsx";
import { clock, duration, eventWords, exitWords, humanized, stateOf, ticking } from "./words.ts";

const ORDERS = [
  ["restart", "Restart"],
  ["pause", "Pause"],
  ["resume", "Resume"],
  ["reload", "Reload"],
  ["reset", "Reset"],
  ["stop", "Stop"],
] as const;

export function Detail({ control }: { control: Control }) {
  const { model } = control;
  const { selected: path, part, detail } = model;
  const row = path === null ? undefined : part?.rows.get(path);
  if (path === null || !row) {
    return (
      <aside class="detail none" aria-label="Child">
        <p>Choose a child to see why it is where it is.</p>
      </aside>
    );
  }
  const { word, tone } = stateOf(row);
  return (
    <aside class="detail" aria-label="Child">
      <div class="title">
        <h2 id="child" tabIndex={-1}>
          {path}
        </h2>
        <span class={`state ${tone}`}>
          <span class="dot" aria-hidden="true" />
          {word}
        </span>
        <button type="button" class="close" aria-label="Close" onClick={() => control.select(null)}>
          ×
        </button>
      </div>
      {model.orders && (
        <div class="buttons orders" role="group" aria-label={`Orders to ${path}`}>
          {ORDERS.map(([order, label]) => (
            <OrderButton key={order} control={control} order={order} path={path} label={label} />
          ))}
        </div>
      )}
      <LaneCanvas model={model} path={path} label={`Attempts of ${path} over time`} />
      {detail && <Why detail={detail} now={model.now} />}
      {detail && <Facts detail={detail} now={model.now} />}
      {detail?.lastExit && <LastExit exit={detail.lastExit} />}
      {detail && <Events detail={detail} />}
      {detail?.policy && <WhatIfForm control={control} detail={detail} />}
    </aside>
  );
}

function Why({ detail, now }: { detail: ChildDetail; now: number }) {
  const { lastWhy, nowWhy, row } = detail;
  const isUp = row.status !== "stopped";
  return (
    <section class="why">
      <h3>Why</h3>
      {row.waiting && (
        <p class="countdown">
          {row.waiting.for === "delay" ? "Launched in " : "Asked again in "}
          <b>{ticking(row.waiting.until - now)}</b>
          <span class="faint"> at {clock(row.waiting.until)}</span>
        </p>
      )}
      {lastWhy && row.waiting?.for !== "not-yet" && (
        <p>
          <span class="when">{clock(lastWhy.at)}</span> {humanized(lastWhy.sentence)}
        </p>
      )}
      {nowWhy && (
        <p>
          <span class="when">{isUp ? "if it failed now" : "now"}</span> {humanized(nowWhy.sentence)}
        </p>
      )}
      {!lastWhy && !nowWhy && !row.waiting && <p class="faint">Nothing was decided yet.</p>}
    </section>
  );
}

function Facts({ detail, now }: { detail: ChildDetail; now: number }) {
  const { row, budget, policy } = detail;
  const facts: (readonly [string, string | null])[] = [
    ["budget left", budget && !row.done ? budgetSentence(budget) : null],
    ["policy", policy?.name ?? "decides elsewhere"],
    ["shared budget", policy?.shared ?? null],
    ["attempts", `${row.attempts}, ${row.failures} failed in a row`],
    ["up for", row.launchedAt === null ? null : duration(now - row.launchedAt)],
    ["process", row.pid === null ? null : String(row.pid)],
    ["thread", row.threadId === null ? null : String(row.threadId)],
    ["kind", row.kind],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function budgetSentence({ left, refusal }: NonNullable<ChildDetail["budget"]>): string {
  if (left === null || !refusal) return "more than 99 failures in a row";
  const { reason, retryAfterMs } = refusal;
  const then = retryAfterMs === null ? "refused for good" : `refused for ${duration(retryAfterMs)}`;
  return `${left} ${left === 1 ? "failure" : "failures"} in a row, then ${then} (${reason})`;
}

function LastExit({ exit }: { exit: ExitRecord }) {
  const { stderrTail = [] } = exit;
  const error = "error" in exit ? (exit.error as { name: string; message: string }) : null;
  const short = { ...exit, error: error ? `${error.name}: ${error.message}` : undefined };
  return (
    <section>
      <h3>Last exit</h3>
      <p>{exitWords(short as Parameters<typeof exitWords>[0])}</p>
      {stderrTail.length > 0 && (
        <pre tabIndex={0} role="group" aria-label="Last lines of standard error">
          {stderrTail.join("\n")}
        </pre>
      )}
    </section>
  );
}

const MOST_EVENTS = 40;

function Events({ detail }: { detail: ChildDetail }) {
  const lines = detail.told.flatMap((told) => {
    const text = eventWords(told);
    return text === null ? [] : [{ seq: told.seq, at: told.at, text, type: told.type }];
  });
  return (
    <section>
      <h3>Events</h3>
      {lines.length === 0 && <p class="faint">None that is still known.</p>}
      <ol class="events" tabIndex={0} aria-label="Events">
        {lines
          .slice(-MOST_EVENTS)
          .reverse()
          .map(({ seq, at, text, type }) => (
            <li key={seq} class={type}>
              <time>{clock(at)}</time> {text}
            </li>
          ))}
      </ol>
    </section>
  );
}
