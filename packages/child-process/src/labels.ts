// The labels before the lines of children that share a stream: as wide as the widest so far, and each of
// a colour of its own, in foreman's order, as long as there are enough.

const COLORS = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95, 94, 91];
/** More than anybody looks at; then all is forgotten. */
const MOST = 1_000;

const places = new Map<string, number>();
let width = 0;

/** What stands before a line: `web    | `. Control characters are not shown. */
export function labelOf(name: string, isColored: boolean): string {
  const text = name.replace(/[\p{Cc}\u2028\u2029]/gu, "?");
  if (places.size >= MOST && !places.has(text)) {
    places.clear();
    width = 0;
  }
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  width = Math.max(width, text.length);
  const label = `${text.padEnd(width)} |`;
  return isColored ? `\u001B[${COLORS[place % COLORS.length]}m${label}\u001B[0m ` : `${label} `;
}

/**
 * Whether to use colour on a stream: FORCE_COLOR decides (`0` and `false` are a no), else NO_COLOR and
 * `TERM=dumb` forbid it, else it is a terminal. A variable that is empty says nothing.
 */
export function wantsColor(
  { isTTY }: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = env;
  if (FORCE_COLOR) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return !NO_COLOR && TERM !== "dumb" && isTTY === true;
}
