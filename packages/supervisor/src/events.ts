import type { ChildReport, FenceDecision, SlotIntent } from "@steadfast/child-slot";
import type { ErrorRecord, ExitRecord, Millis } from "@steadfast/policy";
import type { StopReason } from "./launcher.js";

/**
 * What happens to a child, as plain JSON. Events never carry arguments, environment, results or
 * output, but for the bounded stderr tail inside an exit's record.
 */
export type SupervisorEvent = SupervisorNews & {
  /** The child's stable name. */
  readonly id: string;
  /** The supervisor's clock. */
  readonly at: Millis;
  /** 0 before the first launch. */
  readonly attempt: number;
  /** -1 before the first launch. */
  readonly generation: number;
};

export type SupervisorNews =
  | { readonly type: "launched"; readonly cause: LaunchCause; readonly pid?: number }
  | { readonly type: "ready" | "not-ready" | "healthy" }
  | {
      readonly type: "exited";
      readonly exit: ExitRecord;
      readonly failed: boolean;
      readonly uptimeMs: Millis;
      /** True if an operator's command ended it. */
      readonly ordered: boolean;
    }
  /** The policy admitted a launch at `until`. */
  | { readonly type: "delayed"; readonly until: Millis; readonly delayMs: number }
  /** The policy said no: for ever, or until `retryAfterMs` have passed. */
  | { readonly type: "refused"; readonly reason: string; readonly retryAfterMs: Millis | null }
  | { readonly type: "stopping"; readonly reason: StopReason }
  | { readonly type: "killing" | "abandoned" | "reset" }
  /** A generation that is gone still said something; it had no effect. */
  | { readonly type: "stale"; readonly report: ChildReport["type"] }
  | { readonly type: "intent"; readonly intent: SlotIntent }
  | { readonly type: "fence"; readonly decision: FenceDecision }
  /** A callback threw or rejected. A listener or journal that does is not called again. */
  | {
      readonly type: "callback-failed";
      readonly callback: CallbackName;
      readonly error: ErrorRecord;
    }
  /** The reader of `events()` was too slow: so many events were dropped here. */
  | { readonly type: "lagged"; readonly missed: number }
  | { readonly type: "ended"; readonly outcome: OutcomeType };

/** The calls to the user's or the launcher's code that must not break the loop. */
export type CallbackName =
  | "listener"
  | "journal"
  | "onMessage"
  | "restartLimit"
  | "send"
  | "requestStop"
  | "kill"
  | "abandon";

export type LaunchCause = "start" | "restart" | "operator";

export type OutcomeType = "completed" | "stopped" | "refused" | "failed";
