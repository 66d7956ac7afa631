// Whether what `new Worker` or a user's function threw is a mistake in the program, which trying again
// cannot fix, or a refusal of the system (no more threads, no more files), which it may.

const MISTAKES = ["TypeError", "RangeError", "ReferenceError", "SyntaxError", "DataCloneError"];

/** Errors that say by their code what their name does not. */
const MISTAKEN_CODES = ["ERR_WORKER_INVALID_EXEC_ARGV", "ERR_POLICY_OPTIONS"];

/** True for a mistake. Total: whatever else was thrown counts as a refusal. */
export function isMisuse(thrown: unknown): boolean {
  try {
    const { name, code } = thrown as { name: string; code: string };
    return MISTAKES.includes(name) || MISTAKEN_CODES.includes(code);
  } catch {
    return false;
  }
}
