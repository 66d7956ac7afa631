// What a supervision wants done, in one closed union: effects are carried out in the order given. They
// may carry live errors.

import type {
  ChildReport,
  FenceDecision,
  SlotReport,
  SlotVerdict,
  StopCause,
} from "@steadfast/child-slot";
import type { Exit, Millis, Refuse, RestartDecision, RestartEvent } from "@steadfast/policy";
import type { LaunchCause, StopSource } from "./events.js";

/**
 * Which attempt an effect is about: when it is carried out, the state is already further on.
 * @since 0.1.0
 */
export interface Tag {
  /** 0 before the first launch. */
  readonly attempt: number;
  /** -1 before the first launch. */
  readonly generation: number;
}

/**
 * What is to be done, in order.
 * @since 0.1.0
 */
export type Effect = Tagged | Untagged;

/**
 * An effect about one attempt.
 * @since 0.1.0
 */
export type Tagged = Tag &
  (
    | {
        /** Start an attempt, and answer with `launched` or `exited`. */
        readonly type: "launch";
        /** Why there is a launch. */
        readonly cause: LaunchCause;
        /** How many exits in a row were failures. */
        readonly failures: number;
        /** The number of the standby that it uses up; null for none. */
        readonly standby: number | null;
      }
    | {
        readonly type: "request-stop";
        /** What the child is asked to end for. */
        readonly reason: Exclude<StopCause, "force">;
      }
    | { readonly type: "kill" | "abandon" }
    /** Send the reload message to the child that was just launched. */
    | { readonly type: "send" }
    | {
        readonly type: "signal";
        /** The signal's name. */
        readonly signal: string;
      }
    /** Look at the child, and answer with `probed`. */
    | {
        readonly type: "probe";
        /** Its number, for the answer. */
        readonly probe: number;
        /** After this long an answer counts as a failure. */
        readonly timeoutMs: Millis;
      }
    | {
        readonly type: "exited";
        /** The live exit; what the child was ended for is wrapped around it. */
        readonly exit: Exit;
        /** The verdict of `isFailure`; false if an order ended it. */
        readonly failed: boolean;
        /** From the launch to the exit; 0 for a failed spawn. */
        readonly uptimeMs: Millis;
        /** True if an order ended it. */
        readonly ordered: boolean;
      }
    | {
        readonly type: "launched";
        /** Why there was a launch. */
        readonly cause: LaunchCause;
        /** Its process id, where it has one. */
        readonly pid?: number;
        /** Its thread id, where it has one. */
        readonly threadId?: number;
      }
    | {
        readonly type: "report";
        /** News for listeners. */
        readonly report: Exclude<SlotReport, { readonly type: "exited" }>;
      }
    | {
        readonly type: "stale";
        /** The report that had no effect, because what it is about is gone. */
        readonly report: (ChildReport | SlotVerdict)["type"] | "decided";
      }
    | {
        readonly type: "recycled";
        /** `age`, `uses`, or what the order gave. */
        readonly reason: string;
      }
    | {
        readonly type: "delayed";
        /** The instant of the launch. */
        readonly until: Millis;
        /** What the policy answered, not rounded. */
        readonly delayMs: number;
      }
    | {
        readonly type: "refused";
        /** The policy's stable code. */
        readonly reason: string;
        /** How long it stays no; null forever. */
        readonly retryAfterMs: Millis | null;
      }
    | {
        readonly type: "held";
        /** The reason of the refusal that is final. */
        readonly reason: string;
      }
    | { readonly type: "reset" }
    | {
        readonly type: "note";
        /** What the policy was stepped with. */
        readonly event: RestartEvent;
        /** What it decided. */
        readonly decision: RestartDecision;
        /** Set on launches that an order brought about without asking the policy. */
        readonly by?: "operator";
        /**
         * What the policy remembered before, plain JSON: of its own and of the shared budget in an array, where
         * there is one; null where no policy here was stepped.
         */
        readonly before: unknown;
      }
    | {
        readonly type: "answer";
        /** What became of the order that this step was about. */
        readonly answer: FenceDecision | Refuse | boolean;
      }
    | {
        readonly type: "callback-failed";
        /** Which option. */
        readonly callback: "restartLimit";
        /** What it threw, live. */
        readonly error: unknown;
      }
    | {
        readonly type: "standby-lost";
        /** Its number. */
        readonly standby: number;
        /** How it ended, live. */
        readonly exit: Exit;
        /** When it is replaced; null if the policy refused that for good. */
        readonly until: Millis | null;
      }
    /** A child, or somebody it stands for, is ready. */
    | { readonly type: "up" }
    | {
        readonly type: "settle";
        /** How it ended. */
        readonly outcome: Ending;
      }
  );

/**
 * An effect about no attempt.
 * @since 0.1.0
 */
export type Untagged =
  /** Put the events to the remote policy, and answer with `decided`. */
  | {
      readonly type: "ask";
      /** Its number, for the answer. */
      readonly ask: number;
      /** Facts since the last answer, and the request: plain JSON, in order. */
      readonly events: readonly RestartEvent[];
    }
  /** The question of this number needs no answer any more. */
  | {
      readonly type: "unask";
      /** Its number. */
      readonly ask: number;
    }
  /** The event's draw is used up. */
  | { readonly type: "drawn" }
  /** This supervision was healthy or reset: tell the others that share its budget. */
  | { readonly type: "forgiven" }
  | {
      readonly type: "share";
      /** The state of the shared budget from now on. */
      readonly state: unknown;
    }
  | {
      readonly type: "fault";
      /** What the outcome `failed` is about, live. */
      readonly error: unknown;
    }
  /** Make a standby ready, and answer with `standby-up`, or `standby-lost` when it is gone. */
  | {
      readonly type: "prepare";
      /** Its number. */
      readonly standby: number;
    }
  /** A standby is not needed any more: end it. */
  | {
      readonly type: "discard";
      /** Its number. */
      readonly standby: number;
    };

/**
 * How a supervision ends, as plain JSON: decided at once, true when nobody is left.
 * @since 0.1.0
 */
export type Ending =
  | {
      readonly type: "stopped";
      /** Who stopped it first. */
      readonly by: StopSource;
    }
  | {
      readonly type: "refused";
      /** The policy's stable code. */
      readonly reason: string;
      /** When it would have been admitted; null for never. */
      readonly retryAfterMs: Millis | null;
    }
  /** `excused`: it is done, though it did not complete: it was cancelled or lost, or `isFailure` excuses its exit. */
  | { readonly type: "completed" | "excused" | "failed" };
