// What all of it is called, how it stands as a whole, and the orders to the whole.

import type { Control } from "./control.ts";
import type { Filter } from "./model.ts";
import { OrderButton } from "./order-button.tsx";
import { type Tone, ticking } from "./words.ts";

const WORDS: readonly (readonly [Tone, string])[] = [
  ["good", "up"],
  ["busy", "changing"],
  ["wait", "waiting"],
  ["bad", "refused"],
  ["idle", "down"],
];

const CONNECTION = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost, trying again",
  refused: "not let in",
};

export function Header({ control }: { control: Control }) {
  const { model } = control;
  const { part, connection } = model;
  return (
    <header>
      <h1>{model.title}</h1>
      {model.parts.length > 1 && <Parts control={control} />}
      {part && <Standing control={control} />}
      <p class={`connection ${connection}`} role="status">
        <span class="dot" aria-hidden="true" />
        {CONNECTION[connection]}
      </p>
      {part && model.orders && (
        <div class="buttons" role="group" aria-label={`Orders to all of ${part.head.of}`}>
          <OrderButton control={control} order="reset" path={null} label="Reset all" />
          <OrderButton control={control} order="stop" path={null} label="Stop all" />
        </div>
      )}
    </header>
  );
}

function Parts({ control }: { control: Control }) {
  const { parts, of } = control.model;
  return (
    <nav class="parts" aria-label="Supervisions">
      {parts.map(({ head }, i) => (
        <button
          key={head.of}
          type="button"
          aria-current={i === of ? "true" : undefined}
          onClick={() => control.showPart(i)}
        >
          {head.of}
        </button>
      ))}
    </nav>
  );
}

function Standing({ control }: { control: Control }) {
  const { model } = control;
  const { part } = model;
  if (!part) return null;
  const tally = part.tally();
  const { outcome, plan, up } = part.head;
  const filter = (to: Filter) => control.setFilter(model.filter === to ? "all" : to);
  return (
    <div class="standing">
      <span class={`verdict ${outcome ? "over" : ""}`}>
        {outcome ? `over: ${outcome}` : up ? "running" : "starting"}
      </span>
      {WORDS.map(([tone, word]) => (
        <button
          key={tone}
          type="button"
          class={`tally ${tone}`}
          aria-pressed={model.filter === tone}
          disabled={tally[tone] === 0 && model.filter !== tone}
          onClick={() => filter(tone)}
        >
          <b>{tally[tone]}</b> {word}
        </button>
      ))}
      {plan && (
        <span class="plan">
          {`plan: ${plan.stop} to stop, ${plan.start} to start`}
          {plan.until !== null && `, in ${ticking(plan.until - model.now)}`}
        </span>
      )}
    </div>
  );
}
