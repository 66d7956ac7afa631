/**
 * What can be wrong with a policy. The codes are stable; `lint` says what each means.
 * @since 0.1.0
 */
export type FindingCode =
  | "never-starts"
  | "hot-loop"
  | "endless-restarts"
  | "limit-unreachable"
  | "window-shorter-than-cycle"
  | "limit-not-kept"
  | "bounds-admissions-only"
  | "cap-below-initial"
  | "seconds-for-milliseconds"
  | "option-without-effect"
  | "no-reset-rule";

/**
 * Something that a policy does and that hardly anybody can mean.
 * @since 0.1.0
 */
export interface Finding {
  /** Which of them it is. */
  readonly code: FindingCode;
  /** `error`: it does not do its job. `warning`: it does something else than it seems to. */
  readonly severity: "error" | "warning";
  /** What is wrong, in one sentence with its numbers. */
  readonly message: string;
  /** The numbers, by name. */
  readonly numbers: { readonly [name: string]: number };
  /** The smallest change that fixes it. */
  readonly fix: string;
  /** Whether it follows from the description, was seen in a simulation, or is a guess at what was meant. */
  readonly by: "proof" | "simulation" | "guess";
  /** Where: indices into `describe.members`, from the outside in; empty for the policy itself. */
  readonly path: readonly number[];
}
