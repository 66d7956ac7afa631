/** Whose contract was broken. */
export type ContractParty = "policy" | "launcher" | "system";

/** A policy, a launcher or a system did what its contract forbids. The handle's outcome is `failed`. */
export class ContractError extends Error {
  readonly code = "ERR_CONTRACT";
  readonly party: ContractParty;

  constructor(party: ContractParty, message: string, cause?: unknown) {
    super(`${party}: ${message}`, { cause });
    this.name = "ContractError";
    this.party = party;
  }
}

/** True for a `ContractError` of any copy of this package. */
export function isContractError(error: unknown): error is ContractError {
  return error instanceof Error && (error as { code?: unknown }).code === "ERR_CONTRACT";
}

const MISUSE = ["TypeError", "RangeError", "ReferenceError", "SyntaxError"];

/**
 * Whether a launcher threw because it was called wrongly (a wrong type, a bad option), not because the
 * system refused: such an error is thrown on to the caller instead of being retried.
 */
export function isProgrammingError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && !/^ERR_(INVALID|OUT_OF_RANGE|POLICY_OPTIONS)/.test(code))
    return false;
  return typeof code === "string" || MISUSE.includes(error.name);
}
