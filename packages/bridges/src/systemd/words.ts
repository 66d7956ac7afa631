// The words of a line in a unit: quotes, C escapes, specifiers and variables, as systemd.service(5) and
// systemd.unit(5) have them.

import { scriptOf } from "../shell-words.js";

const ESCAPES: { readonly [letter: string]: string } = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  s: " ",
  ";": ";",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{3})|([\s\S]))/y;

/** What one escape at `at` means, and where it ends; what systemd does not know stays as it is. */
function escapeAt(text: string, at: number): readonly [string, number] {
  ESCAPE.lastIndex = at;
  const [whole, hex, short, long, octal, letter] = ESCAPE.exec(text) ?? [];
  if (whole === undefined) return ["\\", at + 1];
  const code = hex ?? short ?? long;
  const end = at + whole.length;
  if (code !== undefined) return [letterOf(Number.parseInt(code, 16)) ?? whole, end];
  if (octal !== undefined) return [letterOf(Number.parseInt(octal, 8), 0xff) ?? whole, end];
  return [ESCAPES[letter ?? ""] ?? whole, end];
}

/** What a code means; null for 0, half a surrogate pair, and what is beyond the last one. */
function letterOf(code: number, last = 0x10ffff): string | null {
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  return code === 0 || code > last || isHalf ? null : String.fromCodePoint(code);
}

/** Whether a command ends here: at a word that is a semicolon. */
const isEnd = (text: string, at: number) => /^;(\s|$)/.test(text.slice(at, at + 2));

/** The words of a line, of a command up to its end; null if a quote is not closed. */
export function unitWords(text: string, onEnd?: () => void): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let at = 0; at < text.length; ) {
    const letter = text[at] as string;
    if (letter === "\\") {
      const [meant, end] = escapeAt(text, at);
      word = (word ?? "") + meant;
      at = end;
      continue;
    }
    if (onEnd && quote === "" && word === null && isEnd(text, at)) {
      onEnd();
      return words;
    }
    at++;
    if (quote === "" && /\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (quote === "" && (letter === '"' || letter === "'")) {
      quote = letter;
      word ??= "";
    } else if (letter === quote) {
      quote = "";
    } else {
      word = (word ?? "") + letter;
    }
  }
  if (quote !== "") return null;
  return word === null ? words : [...words, word];
}

/** A word that `unitWords` reads back as it is, also with specifiers and, in a command, with variables. */
export function unitWord(word: string, { variables = false } = {}): string {
  const text = word.replaceAll("%", "%%").replaceAll("$", variables ? "$$$$" : "$$");
  if (/^[\w@%+=:,./$-]+$/.test(text)) return text;
  const escaped = text.replaceAll(/[\\"\p{Cc}]/gu, (letter) => {
    if (letter === "\\" || letter === '"') return `\\${letter}`;
    return letter > "\x7f" ? letter : `\\x${hex(letter)}`; // beyond it is a byte, not a letter
  });
  return `"${escaped}"`;
}

const hex = (letter: string) => letter.charCodeAt(0).toString(16).padStart(2, "0");

/** The unit's name without its suffix, in parts: `prefix@instance`. */
function specifiersOf(name: string): { readonly [letter: string]: string } {
  const bare = name.replace(/\.\w+$/, "");
  const [prefix = "", instance = ""] = bare.split(/@(.*)/s);
  const unescaped = instance
    .replaceAll("-", "/")
    .replaceAll(/\\x([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return { n: name, N: bare, p: prefix, i: instance, I: unescaped, "%": "%" };
}

/** A value with the specifiers filled in that the name of the unit gives; the others are handed to `unknown`. */
export function specified(value: string, name: string, unknown: (one: string) => void): string {
  const known = specifiersOf(name);
  return value.replaceAll(/%(.)/g, (whole, letter: string) => {
    const text = known[letter];
    if (text === undefined) unknown(whole);
    return text ?? whole;
  });
}

/** What a command is without systemd, which fills in variables itself. */
export interface PlainCommand {
  readonly command: string;
  readonly args?: readonly string[];
  readonly shell?: boolean;
}

const VARIABLE = /\$\$|\$\{(\w+)\}|^\$(\w+)$/g;

/**
 * A command with the variables that are known; where others are left it is a script, in which the shell fills them
 * in. `$NAME` as a whole word is none, one or several words, `${NAME}` a part of one.
 */
export function withVariables(
  words: readonly string[],
  known: { readonly [name: string]: string },
): PlainCommand {
  const names = words.flatMap((word) =>
    [...word.matchAll(VARIABLE)].flatMap(([, inside, alone]) => inside ?? alone ?? []),
  );
  if (names.every((name) => Object.hasOwn(known, name))) {
    const filled = words.flatMap((word) => {
      const alone = /^\$(\w+)$/.exec(word)?.[1];
      if (alone !== undefined) return (known[alone] ?? "").split(/\s+/).filter((one) => one);
      return [
        word.replaceAll(VARIABLE, (whole, inside: string) =>
          whole === "$$" ? "$" : (known[inside] ?? ""),
        ),
      ];
    });
    const [command = "", ...args] = filled;
    return args.length > 0 ? { command, args } : { command };
  }
  return { command: scriptOf(words), shell: true };
}
