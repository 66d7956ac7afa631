// How a process ended, as an `Exit`: by the table of `exitOf` in `@steadfast/policy`. Total: what is neither a
// code nor a signal counts as unknown. That there never was a process is `spawn-refusal.ts`'s.

import { type Exit, exitOf } from "@steadfast/policy";

/**
 * Makes an exit of the arguments of Node's `exit` event.
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
  return exitOf(
    Number.isSafeInteger(code) ? code : null,
    typeof signal === "string" ? signal : null,
  );
}

/** The same exit with the last lines of stderr; unchanged where there are none. */
export function withStderrTail(exit: Exit<undefined>, tail: readonly string[]): Exit<undefined> {
  return tail.length === 0 ? exit : { ...exit, stderrTail: tail };
}

/** The same exit with what was done to end it; unchanged where that was nothing, or one signal. */
export function withSteps(exit: Exit<undefined>, steps: readonly string[]): Exit<undefined> {
  const [first] = steps;
  if (first === undefined || (steps.length === 1 && first.startsWith("SIG"))) return exit;
  return { ...exit, steps: [...steps] };
}
