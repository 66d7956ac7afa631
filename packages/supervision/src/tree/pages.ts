// A list with gaps as plain JSON: items by ordinal, in pages of 32 places, each page with the earliest
// deadline and the number of items below it. A change copies the pages on the way to it and no others;
// a search enters only pages that have what it looks for.
//
// A page of height h holds the ordinals from 0 to 32^(h+1)-1 of its part. The list grows by a page on top,
// and shrinks again when only the first part of the topmost page is left.

import type { Millis } from "@steadfast/policy";
import type { Page, PageFacts, PageItem } from "./state.js";

export const WIDTH = 32;

/** An empty place, or what stands there. */
type Part<Item> = Page<Item> | PageItem<Item> | null;

export const earliest = (root: PageFacts | null): Millis | null => root?.at ?? null;

/** How many ordinals a page of this height has in each of its places. */
const spanOf = (height: number): number => WIDTH ** height;

export function getItem<Item>(root: Page<Item> | null, ordinal: number): Item | null {
  if (!root) return null;
  let page = root;
  let rest = ordinal;
  for (;;) {
    const span = spanOf(page.height);
    const part: Part<Item> = page.of[Math.floor(rest / span)] ?? null;
    if (!part) return null;
    if ("item" in part) return part.item;
    page = part;
    rest %= span;
  }
}

/** Puts an item in its place, or empties the place with null. The same list if nothing changed. */
export function setItem<Item>(
  root: Page<Item> | null,
  ordinal: number,
  item: Item | null,
  factsOf: (item: Item) => PageFacts,
): Page<Item> | null {
  if (getItem(root, ordinal) === item) return root;
  const part = item === null ? null : { ...factsOf(item), item };
  let page = root ?? emptyPage<Item>(0);
  while (ordinal >= spanOf(page.height + 1)) page = pageOf(page.height + 1, [filled(page)]);
  return lowered(placed(page, ordinal, part));
}

function placed<Item>(page: Page<Item>, ordinal: number, item: PageItem<Item> | null): Page<Item> {
  const { height } = page;
  const span = spanOf(height);
  const place = Math.floor(ordinal / span);
  const of = page.of.slice();
  while (of.length < place) of.push(null);
  if (height === 0) of[place] = item;
  else {
    const below = (of[place] as Page<Item> | null | undefined) ?? emptyPage<Item>(height - 1);
    of[place] = filled(placed(below, ordinal % span, item));
  }
  while (of.length > 0 && !of[of.length - 1]) of.pop();
  return pageOf(height, of);
}

/** A page on which somebody stands; null for an empty one. */
function filled<Item>(page: Page<Item>): Page<Item> | null {
  return page.count === 0 ? null : page;
}

/** Without the pages on top that are not needed; null for an empty list. */
function lowered<Item>(page: Page<Item>): Page<Item> | null {
  let root = page;
  while (root.height > 0 && root.of.length === 1) root = root.of[0] as Page<Item>;
  return filled(root);
}

const emptyPage = <Item>(height: number): Page<Item> => pageOf<Item>(height, []);

export function earlier(one: Millis | null, other: Millis | null): Millis | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function pageOf<Item>(height: number, of: readonly Part<Item>[]): Page<Item> {
  let at: Millis | null = null;
  let asks = 0;
  let count = 0;
  for (const part of of) {
    if (!part) continue;
    at = earlier(at, part.at);
    asks += part.asks;
    count += "item" in part ? 1 : part.count;
  }
  return { height, at, asks, count, of };
}

/** The first ordinal from `from` on whose deadline is `now` or earlier; null for none. */
export function firstDue(root: Page<unknown> | null, now: Millis, from: number): number | null {
  return firstOf(root, from, ({ at }) => at !== null && at <= now);
}

/** The first ordinal from `from` on that waits for a "not yet" of its own; null for none. */
export function firstAsking(root: Page<unknown> | null, from: number): number | null {
  return firstOf(root, from, ({ asks }) => asks > 0);
}

/** The first ordinal from `from` on that has an item; null for none. */
export function nextOrdinal(root: Page<unknown> | null, from: number): number | null {
  return firstOf(root, from, () => true);
}

function firstOf(
  page: Page<unknown> | null,
  from: number,
  isIt: (facts: PageFacts) => boolean,
): number | null {
  if (!page || !isIt(page)) return null;
  const span = spanOf(page.height);
  const start = Math.max(0, from);
  for (let place = Math.floor(start / span); place < page.of.length; place++) {
    const part = page.of[place];
    if (!part || !isIt(part)) continue;
    const base = place * span;
    if ("item" in part) return base;
    const found = firstOf(part, start - base, isIt);
    if (found !== null) return base + found;
  }
  return null;
}
