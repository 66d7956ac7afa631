// Which thrown values are the system's refusal to start a process, and which a programming error.
//
// Node throws some refusals (E2BIG, ENOMEM) and emits others (ENOENT, EACCES, EAGAIN, EMFILE, a bad
// cwd); both are system errors, with an `errno` and a `syscall`. What Node finds wrong with the
// arguments (`ERR_INVALID_ARG_TYPE`, `ERR_INVALID_ARG_VALUE`) has neither.

/**
 * Tells the system's refusal from a programming error.
 *
 * Decides: true for an error with a numeric `errno` and a `syscall`, whatever the call was (a factory
 * that cannot open its log file was refused, too). Effect on state: none. Errors: none.
 *
 * @example
 * isSpawnRefusal(Object.assign(new Error(), { errno: -7, syscall: "spawn" })); // true
 */
export function isSpawnRefusal(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { errno, syscall } = thrown as NodeJS.ErrnoException;
  return typeof errno === "number" && typeof syscall === "string";
}
