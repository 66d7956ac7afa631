// One mark on the line: a slider, so that keys and screen readers know it.

import { durationWords } from "../model/durations.ts";
import type { Hit } from "../model/played.ts";
import { hitWords, MARK_WORDS } from "../model/words.ts";
import type { Gestures } from "./gestures.ts";
import type { Side, Store } from "./store.ts";

interface Props {
  readonly store: Store;
  readonly gestures: Gestures;
  /** Its place in the list. */
  readonly place: number;
}

export function MarkHandle({ store, gestures, place }: Props) {
  const { scene, chosen } = store;
  const { forMs, marks } = scene.value;
  const mark = marks[place];
  if (mark === undefined) return null;
  const { at, kind } = mark;
  const missed = missedWords([store.a.value, store.b.value], place);
  const isChosen = chosen.value === place;
  return (
    <div
      class={`mark ${kind} ${isChosen ? "chosen" : ""} ${missed ? "missed" : ""}`}
      style={{ left: `${(at / forMs) * 100}%` }}
      data-mark={place}
      role="slider"
      tabindex={0}
      aria-label={`${MARK_WORDS[kind]} ${place + 1}`}
      aria-valuemin={0}
      aria-valuemax={forMs}
      aria-valuenow={at}
      aria-valuetext={durationWords(at) + missed}
      title={`${MARK_WORDS[kind]} at ${durationWords(at)}${missed}`}
      onFocus={() => gestures.choose(place)}
      onKeydown={(event: KeyboardEvent) => gestures.press(place, event)}
      onPointerdown={(event: PointerEvent) => gestures.grab(place, event)}
      onPointermove={(event: PointerEvent) => gestures.drag(place, event)}
      onPointerup={gestures.drop}
      onPointercancel={gestures.drop}
    />
  );
}

/** Of both policies, where it hit nothing. */
function missedWords(sides: readonly (Side | null)[], place: number): string {
  return sides
    .filter((side) => side !== null)
    .map(({ name, played }) => ({ name, words: wordsOf(played?.hits[place]) }))
    .filter(({ words }) => words !== "")
    .map(({ name, words }) => `; ${name.toUpperCase()}: ${words}`)
    .join("");
}

const wordsOf = (hit: Hit | undefined) => (hit === undefined ? "" : hitWords(hit));
