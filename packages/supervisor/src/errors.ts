// Two copies of this package may meet, and what was thrown may be of another realm, a Proxy or no
// object at all: errors are known by `code` and `name`, never by `instanceof`, and read with care.

import type { ContractError } from "@steadfast/supervision";

export { ContractError, type ContractParty } from "@steadfast/supervision";

/**
 * True for a `ContractError` of any copy of this package.
 * @since 0.1.0
 */
export function isContractError(error: unknown): error is ContractError {
  return read(error, "code") === "ERR_CONTRACT";
}

/** Names of errors, codes of Node's, and the code of every factory of ours. */
const MISUSE =
  /^((Type|Range|Reference|Syntax|DataClone)Error$|ERR_(INVALID|OUT_OF_RANGE|POLICY_OPTIONS|WORKER_(PATH|INVALID_EXEC_ARGV)))/;

/**
 * Whether a launcher threw because it was called wrongly (a wrong type, a bad option), not because the
 * system refused: such an error goes to the caller instead of being retried.
 *
 * An error with a `code` of the system (`ENOENT`, `EAGAIN`) never is one; one with a code of Node's
 * (`ERR_...`) or without any is one if its name says misuse or its code says invalid.
 */
export function isProgrammingError(error: unknown): boolean {
  const code = read(error, "code");
  if (typeof code === "string" && !code.startsWith("ERR_")) return false;
  return [code, read(error, "name")].some((word) => typeof word === "string" && MISUSE.test(word));
}

/** A property of anything; undefined where there is none or it cannot be read. */
function read(from: unknown, key: "code" | "name"): unknown {
  try {
    return (from as { readonly [key: string]: unknown } | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}
