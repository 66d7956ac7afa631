// Texts in columns: as wide as they are on a terminal, cut where they are too wide, and without a character that a
// terminal obeys.

const ESCAPE = "\u001b";

/** A change of colour: for `split`, and for `test`. */
export const STYLE = new RegExp(`(${ESCAPE}\\[[0-9;]*m)`);

export const RESET = `${ESCAPE}[0m`;

const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;
const NONE = /\p{M}/u;

/** On one line, with nothing that moves the cursor. */
export function safe(text: string): string {
  return text.replaceAll(/\s+/g, " ").replace(UNSAFE, "�");
}

/** How many columns it takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += NONE.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** At most so wide; what is cut ends in an ellipsis. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const char of text) {
    const next = widthOf(char);
    if (used + next > width - 1) break;
    kept += char;
    used += next;
  }
  return width > 0 ? `${kept}…` : "";
}

/** Exactly so wide. */
export function fill(text: string, width: number, side: "left" | "right" = "left"): string {
  const short = cut(text, width);
  const blanks = " ".repeat(Math.max(0, width - widthOf(short)));
  return side === "left" ? short + blanks : blanks + short;
}

/** As lines of at most so many columns, so many of them; what does not fit is cut. */
export function wrapped(text: string, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < most - 1 && widthOf(rest) > width) {
    const head = cut(rest, width + 1).slice(0, -1);
    const end = head.lastIndexOf(" ");
    const line = end > width / 3 ? head.slice(0, end) : head;
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return rest === "" ? lines : [...lines, cut(rest, width)];
}
