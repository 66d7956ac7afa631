// Two copies of this package may meet: errors are known by `code`, never by `instanceof`.

/**
 * Whose contract was broken. `caller`: the one who calls `supervise` and its handle.
 * @since 0.1.0
 */
export type ContractParty = "policy" | "launcher" | "system" | "caller";

/**
 * A policy, a launcher, a system or a caller did what its contract forbids. Where that happens inside
 * a supervision, its outcome is `failed` with this error.
 *
 * Fix: `party` says where to look and the message which sentence is broken: of `RestartPolicy`,
 * `Launcher`, `System`, or of the callbacks and calls of `supervise`. The `cause`, where there is one, is
 * what was thrown.
 *
 * @since 0.1.0
 */
export class ContractError extends Error {
  readonly code = "ERR_CONTRACT";
  /** Who broke it. */
  readonly party: ContractParty;

  constructor(party: ContractParty, message: string, cause?: unknown) {
    super(`${party}: ${message}`, { cause });
    this.name = "ContractError";
    this.party = party;
  }
}

/** A state in which a child is of no kind that its tree knows. */
export const unknownKind = (kind: string): ContractError =>
  new ContractError("caller", `no kind ${kind} in this tree: parse its state first`);
