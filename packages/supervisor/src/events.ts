import type { ChildReport, FenceDecision, SlotIntent, SlotVerdict } from "@steadfast/child-slot";
import type { ChangedMembers, ErrorRecord, ExitRecord, Millis } from "@steadfast/policy";
import type { StopReason } from "./launcher.js";
import type { PolicyFinding } from "./policy-finding.js";

/**
 * What happens to a child, as plain JSON. Events never carry arguments, environment, results or
 * output, except the bounded stderr tail inside an exit's record.
 *
 * @since 0.1.0
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

/**
 * What happened, apart from whom it happened to and when.
 * @since 0.1.0
 */
export type SupervisorNews =
  /** The `check` found something questionable about the policy: before the first launch. */
  | ({ readonly type: "finding" } & PolicyFinding)
  /** The snapshot was written under a policy with other members: before the first launch. */
  | ({ readonly type: "policy-changed" } & ChangedMembers)
  /** An attempt was started. One that `launch()` threw at has an `exited` only. */
  | {
      readonly type: "launched";
      /** Why there was a launch. */
      readonly cause: LaunchCause;
      /** The process id, where there is one. */
      readonly pid?: number;
      /** The thread id, where there is one. */
      readonly threadId?: number;
    }
  | { readonly type: "ready" | "not-ready" | "healthy" }
  /** An attempt ended: once per attempt. */
  | {
      readonly type: "exited";
      /** How it ended, bounded. */
      readonly exit: ExitRecord;
      /** The verdict of `isFailure`; false if an operator's command ended it. */
      readonly failed: boolean;
      /** From the launch to the exit; 0 for a failed spawn. */
      readonly uptimeMs: Millis;
      /** True if an operator's command ended it. */
      readonly ordered: boolean;
    }
  /** The policy admitted a launch. */
  | {
      readonly type: "delayed";
      /** The instant of the launch. */
      readonly until: Millis;
      /** What the policy answered, not rounded. */
      readonly delayMs: number;
    }
  /** The policy said no. */
  | {
      readonly type: "refused";
      /** The policy's stable code. */
      readonly reason: string;
      /** How long it stays no; null: forever. */
      readonly retryAfterMs: Millis | null;
    }
  /** The child was asked to end. */
  | {
      readonly type: "stopping";
      /** What for. */
      readonly reason: StopReason;
    }
  | { readonly type: "killing" | "abandoned" | "reset" }
  /** The child has closed its channel and is still there: it cannot be spoken to any more. */
  | { readonly type: "disconnected" }
  /** The policy refused for good, and the supervision is held until an operator wants otherwise. */
  | {
      readonly type: "held";
      /** The policy's stable code. */
      readonly reason: string;
    }
  /** The attempt is replaced by plan: no failure, and free of the policy. */
  | {
      readonly type: "recycled";
      /** `age`, `uses`, or what `recycle()` was given. */
      readonly reason: string;
    }
  /** A standby was gone before it was used. */
  | {
      readonly type: "standby-lost";
      /** Its number. */
      readonly standby: number;
      /** How it ended, bounded. */
      readonly exit: ExitRecord;
      /** When it is replaced; null if the policy refused that for good. */
      readonly until: Millis | null;
    }
  /** A generation that is gone still said something; it had no effect. */
  | {
      readonly type: "stale";
      /** What it said. */
      readonly report: (ChildReport | SlotVerdict)["type"] | "decided";
    }
  /** The child sent something that cannot be read on this side, or says that it cannot read what was sent to it: it is lost. */
  | {
      readonly type: "unreadable";
      /** Why not. */
      readonly error: ErrorRecord;
    }
  /** An operator wants something else. */
  | {
      readonly type: "intent";
      /** What is wanted now. */
      readonly intent: SlotIntent;
    }
  /** A `restart()` was decided. */
  | {
      readonly type: "fence";
      /** What became of it. */
      readonly decision: FenceDecision;
    }
  /** A callback threw or rejected. A listener or journal that does is not called again. */
  | {
      readonly type: "callback-failed";
      /** Which one. */
      readonly callback: CallbackName;
      /** What it threw or rejected with, bounded. */
      readonly error: ErrorRecord;
    }
  /** The reader of `events()` was too slow. */
  | {
      readonly type: "lagged";
      /** How many events were dropped here. */
      readonly missed: number;
    }
  /** Of a tree: every child of the list was started. */
  | { readonly type: "up" }
  /** Of a tree: a child was added. */
  | {
      readonly type: "added";
      /** The name of its kind. */
      readonly kind: string;
    }
  /** Of a tree: a child stands in it no more. */
  | { readonly type: "removed" }
  /** The supervision is over: the last event. */
  | {
      readonly type: "ended";
      /** How it ended; `start-failed` is a tree's. */
      readonly outcome: OutcomeType | "start-failed";
      /** Of a tree: the path of the child that it ended for, such as `web/api`. Left out if it was nobody's. */
      readonly child?: string;
    };

/** The calls to the user's or the launcher's code that must not break the loop. */
export type CallbackName =
  | "listener"
  | "journal"
  | "onMessage"
  | "restartLimit"
  | "send"
  | "requestStop"
  | "kill"
  | "abandon"
  | "signal"
  | "prepare"
  | "settlePast"
  | "discard";

/**
 * Why there is a launch: the first one, after an exit, or by an operator's order.
 * @since 0.1.0
 */
export type LaunchCause = "start" | "restart" | "operator";

/**
 * How a supervision ended: see `Outcome`.
 * @since 0.1.0
 */
export type OutcomeType = "completed" | "excused" | "stopped" | "refused" | "failed";
