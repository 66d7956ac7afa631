// Words as a POSIX shell reads them, and back: for command lines that a system splits itself, and for scripts.

import { readArguments } from "@steadfast/policy";

/** A word in quotes that a shell reads as it is. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A script that becomes the program of these words, with `$NAME` and `${NAME}` filled in by the shell. */
export function scriptOf(words: readonly string[]): string {
  const pieces = words.map((word) => {
    if (/^\$\w+$/.test(word)) return word; // unquoted: none, one or several words
    const parts = word.split(/(\$\$|\$\{\w+\})/).filter((part) => part !== "");
    return parts.length === 0 ? "''" : parts.map(piece).join("");
  });
  return `set -f; exec ${pieces.join(" ")}`; // -f: what is filled in is no pattern
}

function piece(part: string): string {
  if (part === "$$") return "'$'";
  return part.startsWith("${") ? `"${part}"` : quoted(part);
}

/**
 * The words of a command line as a POSIX shell splits it, without filling in anything.
 *
 * Decides: blanks part words; quotes and backslashes are read as a shell does and are gone; nothing else is special, a
 * variable or a pattern included. Edge: null if a quote is not closed, or for what is no text; no words for a blank
 * line. Effect on state: none. Errors: `PolicyOptionsError` for a second argument.
 * Source: POSIX, XCU 2.2.
 *
 * @since 0.1.0
 * @example
 * shellWords("node server.mjs --title 'two words'"); // => ["node", "server.mjs", "--title", "two words"]
 * shellWords("echo 'open"); // => null
 */
export function shellWords(line: string): readonly string[] | null {
  readArguments("shellWords", arguments, 1);
  if (typeof line !== "string") return null;
  const words: string[] = [];
  let word: string | null = null;
  const PART = /\s+|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([^\s'"\\]+)/y;
  while (PART.lastIndex < line.length) {
    const part = PART.exec(line);
    if (part === null) return null;
    const [whole, single, double, escaped, bare] = part;
    const text = single ?? double?.replaceAll(/\\([$`"\\])/g, "$1") ?? escaped ?? bare;
    if (text === undefined) {
      if (whole.trim() !== "") return null;
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = (word ?? "") + text;
    }
  }
  return word === null ? words : [...words, word];
}
