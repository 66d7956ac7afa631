// What a child is given to read, and its further descriptors: the options, and their check.

import { PolicyOptionsError } from "@steadfast/policy";

/**
 * What a child reads as its standard input. `ignore`: nothing. `inherit`: the host's, such as a terminal. `pipe`:
 * nothing, but its end comes only with the end of the child or of the host, for a child that ends with it.
 * Else: this text, then the end.
 * @since 0.1.0
 */
export type InputSource = "ignore" | "inherit" | "pipe" | InputText;

/**
 * A text to be read.
 * @since 0.1.0
 */
export interface InputText {
  /** Written to every attempt; a string as UTF-8. */
  readonly text: string | Uint8Array;
}

/**
 * What a child is given that a launcher starts itself, besides its output.
 * @since 0.1.0
 */
export interface InputOptions {
  /** Its standard input. Default `ignore`. */
  readonly stdin?: InputSource;
  /**
   * Its descriptors from 3 on: nothing, the host's descriptor of the same number, or one of the host's by its number
   * (an open file, a listening socket), any number of them. Default: none; a forked child has its channel behind them.
   */
  readonly stdio?: readonly ("ignore" | "inherit" | number)[];
}

/** Both, checked. */
export interface InputSettings {
  readonly stdin: "ignore" | "inherit" | "pipe";
  /** What is written to a pipe, before its end; undefined leaves it open. */
  readonly text: string | Uint8Array | undefined;
  readonly stdio: readonly ("ignore" | "inherit" | number)[];
}

/** @throws PolicyOptionsError naming the option, without showing a text. */
export function readInput(
  owner: string,
  { stdin = "ignore", stdio = [] }: InputOptions,
): InputSettings {
  const text = (stdin as Partial<InputText> | null)?.text;
  const isText = typeof text === "string" || text instanceof Uint8Array;
  if (!isText && !["ignore", "inherit", "pipe"].includes(stdin as string)) {
    const allowed = "one of ignore, inherit, pipe, { text }";
    throw new PolicyOptionsError(owner, "stdin", allowed, shown(stdin));
  }
  if (!Array.isArray(stdio)) {
    throw new PolicyOptionsError(
      owner,
      "stdio",
      "a list, for the descriptors from 3 on: processLauncher takes more",
      shown(stdio),
    );
  }
  for (const [i, one] of stdio.entries()) {
    if (one === "ignore" || one === "inherit" || (Number.isSafeInteger(one) && one >= 0)) continue;
    const allowed = "ignore, inherit or the number of a descriptor: processLauncher takes more";
    throw new PolicyOptionsError(owner, `stdio[${i}]`, allowed, shown(one));
  }
  return {
    stdin: isText ? "pipe" : (stdin as InputSettings["stdin"]),
    text: isText ? text : undefined,
    stdio: [...stdio],
  };
}

function shown(value: unknown): unknown {
  return ["string", "number"].includes(typeof value) ? value : typeof value;
}
