// What a slot receives, and what it answers: commands, which it returns and never performs.

import type { Exit, Millis } from "@steadfast/policy";
import type { LimitView, SlotIntent, StopCause } from "./state.js";

/**
 * Every event of a slot. Reports of a child carry the generation they are about.
 * @since 0.1.0
 */
export type SlotEvent =
  | SlotLaunch
  | ChildReport
  | SlotStop
  | SlotHalt
  | SlotRestart
  | SlotVerdict
  | { readonly type: "pause" | "quarantine" | "remove" | "resume" }
  | SlotLimit
  | { readonly type: "tick" };

/**
 * The types of `SlotEvent`.
 * @since 0.1.0
 */
export type SlotEventType = SlotEvent["type"];

/**
 * The policy admitted a launch and its delay is over. Only legal in an open, active, empty slot.
 * @since 0.1.0
 */
export interface SlotLaunch {
  readonly type: "launch";
  /** What the policy was asked for. */
  readonly cause: "start" | "restart" | "operator";
}

/**
 * What a child says, or what is known of it.
 * @since 0.1.0
 */
export type ChildReport =
  | {
      readonly type: "ready" | "not-ready";
      /** The generation that says so. */
      readonly generation: number;
    }
  | {
      readonly type: "heartbeat";
      /** The generation that is alive. */
      readonly generation: number;
      /** When the child sent it, whole; a later instant than `now` counts as `now`. */
      readonly at: Millis;
    }
  | {
      readonly type: "exited";
      /** The generation that has ended. */
      readonly generation: number;
      /** How it ended. */
      readonly exit: Exit;
    };

/**
 * Closes the slot for good: nothing is launched any more, and the attempt that is there is ended.
 *
 * `stop` asks it to end, and kills it after the grace period. `kill` asks and kills at the same instant;
 * after a `stop` it cuts the rest of the grace period short. A restart that waits is dropped and
 * reported as `blocked-by-shutdown`. An empty slot is closed at once, and no command follows. A second
 * stop or kill changes nothing.
 *
 * @since 0.1.0
 */
export interface SlotStop {
  /** With a grace period, or without one. */
  readonly type: "stop" | "kill";
}

/**
 * Ends the attempt that is there and decides nothing more: the slot stays open, and what the operator
 * wants stays as it was.
 *
 * `halt` asks the attempt to end, as `stop` does: grace period, kill, and finally it is given up. `force`
 * kills it at once and asks nothing: one `kill`, no `request-stop`, and `abandonAfterMs` runs from there.
 * If the attempt is ending already, for any cause, `halt` leaves that as it is and `force` cuts the grace
 * period short; the cause stays. A restart that waits is dropped and reported as `rejected`. In an empty
 * slot nothing changes. A second halt or force changes nothing.
 *
 * The exit that follows is `ordered`, and the slot launches nothing by itself after it. A `restart` that
 * arrives while the attempt is ending is newer, and is queued; after the exit a `launch` is admitted. A
 * later `stop` or `kill` closes the slot.
 *
 * @since 0.1.0
 */
export interface SlotHalt {
  /** Asks first, or kills at once. */
  readonly type: "halt" | "force";
}

/**
 * Someone who watches the child from outside finds it unfit: it is ended as a failure.
 * @since 0.1.0
 */
export interface SlotVerdict {
  readonly type: "unhealthy";
  /** The generation that is unfit. */
  readonly generation: number;
  /** A stable word for what is wrong, such as `probe-failed`: not blank. It becomes the exit's reason. */
  readonly reason: string;
}

/**
 * An operator wants a new generation.
 * @since 0.1.0
 */
export interface SlotRestart {
  readonly type: "restart";
  /** Who asks: not blank, for the audit. */
  readonly requester: string;
  /** Why: not blank, for the audit. */
  readonly reason: string;
}

/**
 * How much of its restart limit the child has used, from the policy that counts. For the record only.
 * @since 0.1.0
 */
export interface SlotLimit {
  readonly type: "limit";
  /** What the counter sees at present. */
  readonly view: LimitView;
}

/**
 * What became of a `restart`. One that was queued and then dropped is reported a second time:
 * `blocked-by-shutdown` if a stop overtook it, `rejected` if a halt or another intent did.
 *
 * @since 0.1.0
 */
export type FenceDecision =
  | "started-immediately"
  | "queued-after-stop"
  | "already-pending"
  | "blocked-by-shutdown"
  | "rejected";

/**
 * What is to be done, in order, about the attempt named.
 * @since 0.1.0
 */
export type SlotCommand = (
  | {
      readonly type: "launch";
      /** Why there is a launch; `operator` for a restart that was ordered. */
      readonly cause: SlotLaunch["cause"];
    }
  | {
      readonly type: "request-stop";
      /** What the attempt is asked to end for; `force` never asks. */
      readonly reason: Exclude<StopCause, "force">;
    }
  | { readonly type: "kill" }
  | { readonly type: "abandon" }
  | {
      readonly type: "stale";
      /** About a generation that is gone: for the audit, otherwise without effect. */
      readonly report: ChildReport | SlotVerdict;
    }
  | {
      readonly type: "report";
      /** For listeners, logs and status pages. */
      readonly report: SlotReport;
    }
) & {
  /** The generation that it is about. */
  readonly generation: number;
  /** The attempt that it is about: 1-based, 0 before the first. */
  readonly attempt: number;
};

/**
 * News about the slot.
 * @since 0.1.0
 */
export type SlotReport =
  | { readonly type: "ready" | "not-ready" | "healthy" }
  | {
      readonly type: "intent";
      /** The intent that holds from now on. */
      readonly intent: SlotIntent;
    }
  | {
      readonly type: "fence";
      /** What became of the `restart`. */
      readonly decision: FenceDecision;
    }
  | {
      readonly type: "exited";
      /** The live exit; what the child was ended for is wrapped around it. Its record: `lastExit`. */
      readonly exit: Exit;
      /** Whole, from the launch to the exit; 0 for a failed spawn. */
      readonly uptimeMs: Millis;
      /** True if an order ended it, and not what the child did or failed to do. */
      readonly ordered: boolean;
    };
