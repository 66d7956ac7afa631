// What a slot is told, and what it answers: commands, which it returns and never performs.

import type { Exit, Millis } from "@steadfast/policy";
import type { SlotIntent, StopCause } from "./state.js";

/** Everything that can be told to a slot. Reports of a child carry the generation they are about. */
export type SlotEvent =
  | SlotLaunch
  | ChildReport
  /** For good: nothing is launched any more. `kill` is a stop without a grace period. */
  | { readonly type: "stop" | "kill" }
  | SlotRestart
  | { readonly type: "pause" | "quarantine" | "remove" | "resume" }
  | SlotLimit
  | { readonly type: "tick" };

export type SlotEventType = SlotEvent["type"];

/** The policy admitted a launch and its delay is over. Only legal in an open, active, empty slot. */
export interface SlotLaunch {
  readonly type: "launch";
  readonly cause: "start" | "restart" | "operator";
}

/** What a child says, or what is known of it. */
export type ChildReport =
  | { readonly type: "ready" | "not-ready"; readonly generation: number }
  | {
      readonly type: "heartbeat";
      readonly generation: number;
      /** When the child sent it, whole; a later instant than `now` counts as `now`. */
      readonly at: Millis;
    }
  | { readonly type: "exited"; readonly generation: number; readonly exit: Exit };

/** An operator wants a new generation. */
export interface SlotRestart {
  readonly type: "restart";
  /** Who asks: not blank, for the audit. */
  readonly requester: string;
  /** Why: not blank, for the audit. */
  readonly reason: string;
}

/** How much of its restart limit the child has used, from whoever counts. For the record only. */
export interface SlotLimit {
  readonly type: "limit";
  readonly view: LimitView;
}

/** A restart limit as its counter sees it. All whole, at least 0. */
export interface LimitView {
  /** The window that is counted in, or null for a limit that never forgets. */
  readonly windowMs: Millis | null;
  readonly limit: number;
  readonly used: number;
}

/**
 * What became of a `restart`. One that was queued and then dropped, because a stop or another intent
 * overtook it, is told a second time: `blocked-by-shutdown` or `rejected`.
 */
export type FenceDecision =
  | "started-immediately"
  | "queued-after-stop"
  | "already-pending"
  | "blocked-by-shutdown"
  | "rejected";

/** What is to be done, in order, about the attempt named. */
export type SlotCommand = (
  | { readonly type: "launch"; readonly cause: SlotLaunch["cause"] }
  | { readonly type: "request-stop"; readonly reason: StopCause }
  | { readonly type: "kill" }
  | { readonly type: "abandon" }
  /** A report of a generation that is gone: for the audit, otherwise without effect. */
  | { readonly type: "stale"; readonly report: ChildReport }
  | { readonly type: "report"; readonly report: SlotReport }
) & { readonly generation: number; readonly attempt: number };

/** News about the slot. */
export type SlotReport =
  | { readonly type: "ready" | "not-ready" | "healthy" }
  | { readonly type: "intent"; readonly intent: SlotIntent }
  | { readonly type: "fence"; readonly decision: FenceDecision }
  | {
      readonly type: "exited";
      /** The live exit; what the child was ended for is wrapped around it. */
      readonly exit: Exit;
      /** Whole, from the launch to the exit; 0 for a failed spawn. */
      readonly uptimeMs: Millis;
      /** True if an operator's command ended it: not the child's fault. */
      readonly ordered: boolean;
    };
