// What the keys of the table do: a pure function of what is shown and of a key.

/** What a person has chosen to see. */
export interface Chosen {
  /** The name of the marked row; null before there is one. */
  readonly marked: string | null;
  /** Whether only the lines of the marked child are shown. */
  readonly onlyLogs: boolean;
  /** Whether all that is known of why the marked child is as it is stands below the table. */
  readonly why: boolean;
}

export const AT_FIRST: Chosen = { marked: null, onlyLogs: false, why: false };

export type KeyOrder = "restart" | "stop" | "interrupt" | "quit" | null;

const UP = ["\u001b[A", "k"];
const DOWN = ["\u001b[B", "j"];

/** The footer: each key, and what it does. */
export const HELP: readonly (readonly [key: string, does: string])[] = [
  ["↑↓", "choose"],
  ["r", "restart"],
  ["s", "stop"],
  ["l", "logs of one"],
  ["w", "why"],
  ["q", "quit"],
];

/** The keys in a piece of input: an arrow is three characters. */
export function keysIn(input: string): readonly string[] {
  const keys: string[] = [];
  for (let at = 0; at < input.length; ) {
    const length = input.startsWith("\u001b[", at) ? 3 : 1;
    keys.push(input.slice(at, at + length));
    at += length;
  }
  return keys;
}

/** What is chosen after a key, and what is ordered by it. `names`: the rows, from the top. */
export function pressed(
  key: string,
  chosen: Chosen,
  names: readonly string[],
): readonly [Chosen, KeyOrder] {
  const [first = null] = names;
  const marked = chosen.marked !== null && names.includes(chosen.marked) ? chosen.marked : first;
  const at = marked === null ? 0 : names.indexOf(marked);
  const move = (to: number): readonly [Chosen, KeyOrder] => [
    { ...chosen, marked: names[Math.max(0, Math.min(names.length - 1, to))] ?? null },
    null,
  ];
  if (UP.includes(key)) return move(at - 1);
  if (DOWN.includes(key)) return move(at + 1);
  switch (key) {
    case "r":
      return [{ ...chosen, marked }, "restart"];
    case "s":
      return [{ ...chosen, marked }, "stop"];
    case "l":
      return [{ ...chosen, marked, onlyLogs: !chosen.onlyLogs }, null];
    case "w":
      return [{ ...chosen, marked, why: !chosen.why }, null];
    case "q":
      return [chosen, "quit"];
    case "\u0003":
      return [chosen, "interrupt"];
    default:
      return [chosen, null];
  }
}
