// What a hand or a key does to the marks. Their places in the list stay as they are while one is moved past another.

import { niceStep } from "../model/durations.ts";
import { type Mark, MOST, type Scene } from "../model/scene.ts";

const KEY_STEPS: { readonly [key: string]: number } = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

export interface Keys {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where a key moves a mark; null if it moves none. With shift ten steps, with alt one millisecond. */
export function movedByKey({ at }: Mark, { key, shiftKey, altKey }: Keys, forMs: number) {
  if (key === "Home") return 0;
  if (key === "End") return forMs;
  const steps = KEY_STEPS[key];
  if (steps === undefined) return null;
  const step = altKey ? 1 : niceStep(forMs / 200) * (shiftKey ? 10 : 1);
  return within(at + steps * step, forMs);
}

const within = (at: number, forMs: number) => Math.min(Math.max(at, 0), forMs);

/** The instant at a place of the line, `share` of its width, in the roundest number that a pixel can show. */
export function instantAt(share: number, forMs: number, widthPx: number): number {
  const step = niceStep(forMs / Math.max(1, widthPx));
  return within(Math.round((share * forMs) / step) * step, forMs);
}

export function withMark(
  marks: readonly Mark[],
  i: number,
  change: Partial<Mark>,
): readonly Mark[] {
  return marks.map((mark, j) => (i === j ? { ...mark, ...change } : mark));
}

/** Whether one more may be added. */
export const hasRoom = ({ marks }: Scene): boolean => marks.length < MOST.marks;

/** Where a crash is added that nobody has placed: a step behind the last, if there is room. */
export function nextInstant({ marks, forMs }: Scene): number {
  const last = Math.max(0, ...marks.map(({ at }) => at));
  return Math.min(last + niceStep(forMs / 20), forMs);
}
