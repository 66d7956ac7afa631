// What a child, an error or an operator is called may hold anything, and it goes to a terminal or into a
// log file. No control, format or separator character of it gets there, and no text is endless.

/** Control (C0, DEL, C1), format (bidirectional and invisible), line and paragraph separators, lone surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A text on one line, without a character that a terminal obeys; cut after `length` characters. */
export function safeText(text: string, length: number): string {
  const short = text.length > length ? `${text.slice(0, length - 1)}…` : text;
  return short.replace(
    UNSAFE,
    (char) => SHORT[char] ?? `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}

/** A value as JSON on one line. What JSON itself lets pass is written as JSON writes the others. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (char) =>
    Array.from({ length: char.length }, (_, i) => unit(char.charCodeAt(i))).join(""),
  );
}

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, "0")}`;
