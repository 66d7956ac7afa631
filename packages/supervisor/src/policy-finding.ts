/**
 * Something questionable about a policy, or about a launcher. What `lint` of `@steadfast/analysis` finds is of
 * this kind.
 * @since 0.1.0
 */
export interface PolicyFinding {
  /** A stable word for it. */
  readonly code: string;
  /** `error`: nothing is launched. `warning`: it becomes an event. */
  readonly severity: "error" | "warning";
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to change. Left out: nobody knows. */
  readonly fix?: string;
}
