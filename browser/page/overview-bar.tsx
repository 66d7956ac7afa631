// What is seen in the chart, and the buttons that zoom: for the keyboard, too.

import type { Control } from "./control.ts";
import { Overview } from "./overview.tsx";
import { clock, duration } from "./words.ts";

export function OverviewBar({ control }: { control: Control }) {
  const { model } = control;
  const { window } = model;
  const zoom = (factor: number) => {
    window.zoom(factor, model.now);
    control.say(`showing ${duration(window.spanMs)}`);
  };
  const pan = (part: number) => {
    window.pan(part, model.now);
    control.changed();
  };
  const [from, to] = window.at(model.now);
  const span = window.isLive
    ? `the last ${duration(window.spanMs)}`
    : `${clock(from)} to ${clock(to)}`;
  return (
    <section class="overview" aria-label="Timeline">
      <div class="bar">
        <ul class="legend">
          <li class="good">launches</li>
          <li class="bad">failures</li>
          <li class="wait">refusals</li>
        </ul>
        <span class="span">{span}</span>
        <div class="buttons">
          <button type="button" onClick={() => pan(-0.5)} aria-label="Earlier">
            ←
          </button>
          <button type="button" onClick={() => pan(0.5)} aria-label="Later">
            →
          </button>
          <button type="button" onClick={() => zoom(2)} aria-label="Zoom out">
            −
          </button>
          <button type="button" onClick={() => zoom(0.5)} aria-label="Zoom in">
            +
          </button>
          <button
            type="button"
            aria-pressed={window.isLive}
            onClick={() => {
              window.live();
              control.changed();
            }}
          >
            Live
          </button>
        </div>
      </div>
      <Overview control={control} />
    </section>
  );
}
