// What a person does to the marks on the line: drag one, move it by a key, add one, take one away.

import { nextTick, type Ref } from "vue";
import { hasRoom, instantAt, movedByKey, withMark } from "./marks.ts";
import type { Store } from "./store.ts";

export interface Gestures {
  readonly add: (at: number) => void;
  /** A click on the empty line. */
  readonly click: (event: MouseEvent) => void;
  readonly choose: (i: number) => void;
  readonly press: (i: number, event: KeyboardEvent) => void;
  readonly grab: (i: number, event: PointerEvent) => void;
  readonly drag: (i: number, event: PointerEvent) => void;
  readonly drop: () => void;
}

/** `track`: the element as wide as the line. */
export function gesturesOf(
  { scene, chosen, edit }: Store,
  track: Readonly<Ref<HTMLElement | null>>,
): Gestures {
  let dragged: number | null = null;

  function instantOf({ clientX }: MouseEvent): number {
    const { left, width } = (track.value as HTMLElement).getBoundingClientRect();
    return instantAt((clientX - left) / width, scene.value.forMs, width);
  }
  const move = (i: number, at: number) => edit({ marks: withMark(scene.value.marks, i, { at }) });
  async function focus(i: number): Promise<void> {
    await nextTick();
    track.value?.querySelector<HTMLElement>(`[data-mark="${i}"]`)?.focus();
  }
  function add(at: number): void {
    const { marks } = scene.value;
    if (!hasRoom(scene.value)) return;
    edit({ marks: [...marks, { at, kind: "crash" }] });
    chosen.value = marks.length;
    void focus(marks.length);
  }
  function remove(i: number): void {
    const marks = scene.value.marks.filter((_, j) => j !== i);
    edit({ marks });
    chosen.value = marks.length === 0 ? null : Math.min(i, marks.length - 1);
    if (chosen.value !== null) void focus(chosen.value);
  }

  return {
    add,
    click: (event) => event.target === track.value && add(instantOf(event)),
    choose(i) {
      chosen.value = i;
    },
    press(i, event) {
      const mark = scene.value.marks[i];
      if (mark === undefined || event.ctrlKey || event.metaKey) return;
      const at = movedByKey(mark, event, scene.value.forMs);
      if (at !== null) move(i, at);
      else if (event.key === "Delete" || event.key === "Backspace") remove(i);
      else return;
      event.preventDefault();
    },
    grab(i, event) {
      if (event.button !== 0) return;
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      dragged = i;
      chosen.value = i;
    },
    drag: (i, event) => dragged === i && move(i, instantOf(event)),
    drop() {
      dragged = null;
    },
  };
}
