// The line of time: marks that are dragged, by pointer and by keys, and below them what becomes of the child under each policy.

import { defineComponent, ref } from "vue";
import { durationWords, niceStep } from "../model/durations.ts";
import { gesturesOf } from "./gestures.ts";
import { LaneOf } from "./lane.tsx";
import { MarkHandle } from "./mark-handle.tsx";
import { hasRoom, nextInstant } from "./marks.ts";
import type { Store } from "./store.ts";

const MOST_ZOOM = 64;
const TICKS = 6;

export const TimeLine = defineComponent(
  ({ store }: { readonly store: Store }) => {
    const { scene } = store;
    const zoom = ref(1);
    const track = ref<HTMLElement | null>(null);
    const gestures = gesturesOf(store, track);
    const setZoom = (to: number) => {
      zoom.value = to;
    };
    return () => {
      const sides = [store.a.value, store.b.value].filter((side) => side !== null);
      const { marks, forMs } = scene.value;
      const places = marks.flatMap(({ at }, i) => (at <= forMs ? [i] : []));
      return (
        <section class="time-line" aria-label="Time line">
          <Bar store={store} zoom={zoom.value} setZoom={setZoom} add={gestures.add} />
          <div class="scroller" tabindex={0} role="group" aria-label="Crashes, and what follows">
            <div class="inner" style={{ width: `${zoom.value * 100}%` }}>
              <Axis forMs={forMs} ticks={TICKS * zoom.value} />
              <div ref={track} class="track" title="Click to add a crash" onClick={gestures.click}>
                {places.map((i) => (
                  <MarkHandle key={i} store={store} gestures={gestures} place={i} />
                ))}
              </div>
              {sides.map((side) => (
                <LaneOf key={side.name} side={side} marks={marks} forMs={forMs} />
              ))}
            </div>
          </div>
        </section>
      );
    };
  },
  { props: ["store"] },
);

function Axis({ forMs, ticks }: { readonly forMs: number; readonly ticks: number }) {
  const step = niceStep(forMs / ticks);
  const all = Array.from({ length: Math.floor(forMs / step) + 1 }, (_, i) => i * step);
  return (
    <div class="axis" aria-hidden="true">
      {all.map((at) => (
        <span
          key={at}
          class={at === forMs ? "last" : ""}
          style={{ left: `${(at / forMs) * 100}%` }}
        >
          {at === 0 ? "0" : durationWords(at)}
        </span>
      ))}
    </div>
  );
}

interface BarProps {
  readonly store: Store;
  readonly zoom: number;
  readonly setZoom: (zoom: number) => void;
  readonly add: (at: number) => void;
}

function Bar({ store, zoom, setZoom, add }: BarProps) {
  return (
    <div class="bar">
      <h2>Time line</h2>
      <button
        type="button"
        disabled={!hasRoom(store.scene.value)}
        onClick={() => add(nextInstant(store.scene.value))}
      >
        Add crash
      </button>
      <button
        type="button"
        aria-label="Zoom out"
        disabled={zoom === 1}
        onClick={() => setZoom(zoom / 2)}
      >
        −
      </button>
      <button
        type="button"
        aria-label="Zoom in"
        disabled={zoom === MOST_ZOOM}
        onClick={() => setZoom(zoom * 2)}
      >
        +
      </button>
      <ul class="legend">
        <li class="up">up</li>
        <li class="healthy">healthy</li>
        <li class="delay">delay</li>
        <li class="not-yet">refused for now</li>
        <li class="over">over</li>
      </ul>
    </div>
  );
}
