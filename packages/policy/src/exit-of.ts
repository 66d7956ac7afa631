// How something ended, as an `Exit`, from what most runtimes tell. One answer for every combination:
//
//   signal   error    code   exit
//   a name   any      any    signalled { signal }         a signal wins: the code beside it means nothing
//   null     given    null   spawn-failed { error }       if its `syscall` is a spawn: there was no child
//   null     given    any    failed { error, code? }      also beside code 0
//   null     none     0      completed { code: 0 }
//   null     none     n      failed { code: n }           also negative, and Windows' 32-bit codes
//   null     none     null   failed { }                   nobody knows the code: never a silent 0

import { PolicyOptionsError } from "./errors.js";
import type { Exit } from "./exit.js";
import { readArguments } from "./read-arguments.js";

/**
 * Makes an `Exit` of what Node's events `exit` and `error`, a job queue or a `catch` block tell.
 *
 * Decides: a signal wins; then an error, which is `spawn-failed` if its `syscall` is a spawn and there is
 * no code, and else `failed`; code 0 is `completed`, any other `failed`, and so is nothing at all, since
 * nobody knows the code. `code` and `signal` are those of Node's event `exit`: null, or left out, where
 * there is none. An error that is `undefined` counts as none.
 * Effect on state: none. Errors: `PolicyOptionsError` for a code that is not a whole number, and for a
 * signal that is not a string.
 *
 * @since 0.1.0
 * @example
 * exitOf(3, null); // => { kind: "failed", code: 3 }
 * exitOf(null, "SIGKILL"); // => { kind: "signalled", signal: "SIGKILL" }
 * exitOf(null, null, "no route").kind; // => "failed"
 */
export function exitOf(
  code?: number | null,
  signal?: string | null,
  error?: unknown,
): Exit<undefined> {
  readArguments("exitOf", arguments, 3);
  const noCode = code === null || code === undefined;
  if (!noCode && !Number.isSafeInteger(code)) {
    const hint = typeof code === "object" ? "an error comes third: exitOf(null, null, error)" : "";
    throw new PolicyOptionsError("exitOf", "code", "a whole number or null", code, hint);
  }
  if (signal !== null && signal !== undefined) {
    if (typeof signal === "string" && signal !== "") return { kind: "signalled", signal };
    throw new PolicyOptionsError("exitOf", "signal", "the name of a signal or null", signal);
  }
  if (error !== undefined) {
    if (noCode) return { kind: isOfSpawn(error) ? "spawn-failed" : "failed", error };
    return { kind: "failed", error, code: code + 0 }; // minus zero is zero
  }
  if (noCode) return { kind: "failed" };
  return code === 0 ? { kind: "completed", code: 0 } : { kind: "failed", code };
}

/** Whether the system says that it could not start a process: Node's `syscall` is `spawn` and the file. */
function isOfSpawn(error: unknown): boolean {
  try {
    return String((error as { readonly syscall?: unknown }).syscall).startsWith("spawn");
  } catch {
    return false; // null, or an error whose fields cannot be read
  }
}
