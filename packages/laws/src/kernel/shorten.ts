// A counterexample becomes as short as it can: as long as something simpler fails as well, that is taken.
// fast-check shrinks what an input was made of; this leaves out single lines of what it became.

/** An input that fails, and with what. */
export interface Found {
  readonly input: unknown;
  readonly error: unknown;
}

/** So many simpler inputs are tried at most. */
const MOST_TRIES = 1_500;

/**
 * Asks for each simpler input whether it fails: yields it, and gets the failure or null.
 * Returns the simplest one that it found.
 */
export function* shortest(
  found: Found,
  shorter: (input: unknown) => Iterable<unknown>,
): Generator<unknown, Found, Found | null> {
  let best = found;
  let tries = 0;
  let isDone = false;
  while (!isDone) {
    isDone = true;
    for (const input of shorter(best.input)) {
      if (tries++ >= MOST_TRIES) return best;
      const failure = yield input;
      if (failure === null) continue;
      best = failure;
      isDone = false;
      break;
    }
  }
  return best;
}

/**
 * The list with some items left out: half of it, a quarter, ..., one. The first `kept` stay; no shorter
 * than `least`.
 */
export function* shorterList<Item>(
  list: readonly Item[],
  { kept = 0, least = 0 } = {},
): Generator<readonly Item[]> {
  for (let size = Math.floor(list.length / 2); size >= 1; size = Math.floor(size / 2)) {
    if (list.length - size < least) continue;
    const stride = size > 4 ? size : 1;
    for (let from = list.length - size; from >= kept; from -= stride) {
      yield [...list.slice(0, from), ...list.slice(from + size)];
    }
  }
  if (list.length === 1 && kept < 1 && least < 1) yield [];
}

/** The list with one item made simpler. */
export function* simplerItems<Item>(
  list: readonly Item[],
  simpler: (item: Item) => Iterable<Item>,
): Generator<readonly Item[]> {
  for (const [i, item] of list.entries()) {
    for (const other of simpler(item)) yield list.with(i, other);
  }
}

/** The record with one part made shorter. */
export function* shorterPart<Whole extends object, Key extends keyof Whole>(
  whole: Whole,
  key: Key,
  shorter: (part: Whole[Key]) => Iterable<Whole[Key]>,
): Generator<Whole> {
  for (const part of shorter(whole[key])) yield { ...whole, [key]: part };
}

/** Whole numbers from 0 towards this one: 0, half of it, ..., one less. */
export function* smaller(value: number, least = 0): Generator<number> {
  for (let off = value - least; off >= 1; off = Math.floor(off / 2)) yield value - off;
}
