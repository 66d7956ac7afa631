// How a process ended, as an `Exit`. Total: every combination that Node can report has one answer.
//
//   code    signal    exit
//   any     a name    signalled { signal }       a signal wins: the code beside it means nothing
//   0       null      completed { code: 0 }
//   n       null      failed { code: n }         also negative, and Windows' 32-bit codes
//   null    null      failed { }                 nobody knows the code: never a silent 0
//   (there never was a process)                  spawn-failed { error }, see `spawn-refusal.ts`

import type { Exit } from "@steadfast/policy";

/**
 * Translates the arguments of Node's `exit` event.
 *
 * Decides: a signal is `signalled`, code 0 `completed`, any other code `failed`; without either it is
 * `failed` without a code. A shell that cannot find its command has code 127 and is `failed`; only a
 * process that was never there is `spawn-failed`. A code that is neither a number nor null counts as
 * unknown. Effect on state: none. Errors: none.
 * Source: Node's documentation of `exit`: exactly one of the two arguments is not null.
 *
 * @since 0.1.0
 * @example
 * processExit(3, null); // => { kind: "failed", code: 3 }
 */
export function processExit(code: number | null, signal: string | null): Exit<undefined> {
  if (typeof signal === "string") return { kind: "signalled", signal };
  if (typeof code !== "number") return { kind: "failed" };
  return code === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code };
}

/** The same exit with the last lines of stderr; unchanged where there are none. */
export function withStderrTail(exit: Exit<undefined>, tail: readonly string[]): Exit<undefined> {
  return tail.length === 0 ? exit : { ...exit, stderrTail: tail };
}
