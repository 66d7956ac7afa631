// First in, first out, as plain JSON in pages: neither end costs more the longer it is.

import { getItem, setItem } from "./pages.js";
import type { PageFacts, Queue } from "./state.js";

const PLAIN: PageFacts = { at: null, asks: 0 };
const plain = () => PLAIN;

export function pushed<Item>(queue: Queue<Item> | null, item: Item): Queue<Item> {
  const { pages, from, next } = queue ?? { pages: null, from: 0, next: 0 };
  return { pages: setItem(pages, next, item, plain), from, next: next + 1 };
}

export function firstOf<Item>(queue: Queue<Item> | null): Item | null {
  return queue && getItem(queue.pages, queue.from);
}

/** Everything that is in it, oldest first. */
export function itemsOf<Item>(queue: Queue<Item> | null): readonly Item[] {
  const items: Item[] = [];
  for (let rest = queue; rest; rest = shifted(rest)) items.push(firstOf(rest) as Item);
  return items;
}

/** Without its first item; null if nothing is left, so that numbers begin again. */
export function shifted<Item>({ pages, from, next }: Queue<Item>): Queue<Item> | null {
  if (from + 1 >= next) return null;
  return { pages: setItem(pages, from, null, plain), from: from + 1, next };
}
