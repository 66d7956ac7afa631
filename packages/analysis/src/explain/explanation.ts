import type { Millis, RestartDecision } from "@steadfast/policy";
import type { Counters } from "./counters.js";

/**
 * Whose answer it was.
 * @since 0.1.0
 */
export interface DecidedBy {
  /** Where it stands: indices into `describe.members`, from the outside in; empty for the policy itself. */
  readonly path: readonly number[];
  /** Its name. */
  readonly name: string;
  /** The kind that its description says. */
  readonly kind: string;
}

/**
 * One policy that is made of no others, and what it had to say.
 * @since 0.1.0
 */
export interface ExplainedPart extends DecidedBy {
  /** Its own answer; null if it was not asked. */
  readonly decision: RestartDecision | null;
  /** What it counts, after this step. */
  readonly counters: Counters;
}

/**
 * Why a policy decided as it did, and until when.
 * @since 0.1.0
 */
export interface Explanation {
  /** The decision that `policy.step` makes. */
  readonly decision: RestartDecision;
  /** The member whose answer that was; the policy itself where no single one decided. */
  readonly decidedBy: DecidedBy;
  /**
   * What made the decider's "not yet" a "never", such as `giveUp`; null where nothing did.
   */
  readonly finalBy: DecidedBy | null;
  /** What made the decider's "not yet" a delay, such as `waitOut`; null where nothing did. */
  readonly waitedBy: DecidedBy | null;
  /** What the decider counts, after this step. */
  readonly counters: Counters;
  /** Every member that is made of no others, in order, with its own answer. */
  readonly parts: readonly ExplainedPart[];
  /**
   * The next instant at which the same request would be answered otherwise, with nothing in between and
   * the same draw: after a refusal, asked again; after an admission, asked then instead. Null: no such
   * instant is known, or the answer was to a fact.
   */
  readonly changesAt: Millis | null;
  /** The answer at that instant; null where there is none. */
  readonly changesTo: RestartDecision | null;
  /**
   * `exact`: the policy names the instant, and the answer was seen to change right there. `bound`: the
   * policy names it, but the answer is the same then: it is a lower bound. `found`: the answer was seen to
   * change right there; that it does not change before was tried, not proved. `none`: no instant.
   */
  readonly certainty: "exact" | "bound" | "found" | "none";
  /** All of it, for people. */
  readonly sentence: string;
}
