// What happens to a supervision, in one closed union. Orders come from its owner, reports from the child
// or from those who watch it, the rest from the driver. Events may carry live errors; the state never
// does.

import type { ChildReport } from "@steadfast/child-slot";
import type { Exit, LaunchEvent, Millis, RestartDecision } from "@steadfast/policy";

/**
 * Why there is a launch: the first one, after an exit, or by an operator's order.
 * @since 0.1.0
 */
export type LaunchCause = LaunchEvent["cause"];

/**
 * What every event carries: the outside world, as numbers.
 * @since 0.1.0
 */
export interface Given {
  /** One uniform random number in [0, 1). The effect `drawn` says that it was used up. */
  readonly draw: number;
  /** The wall clock in epoch milliseconds, whole: for calendars only. */
  readonly wall: Millis;
  /** The state of the shared budget, where the supervision has one. */
  readonly shared?: unknown;
}

/**
 * Everything that can happen to a supervision, apart from what every event carries.
 * @since 0.1.0
 */
export type Happening = Order | Report | Turn;

/**
 * An event of a supervision.
 * @since 0.1.0
 */
export type SupervisionEvent = Happening & Given;

/**
 * What the owner of a supervision wants.
 * @since 0.1.0
 */
export type Order =
  /** Ends it for good: a wait at once, a child by asking, then by force. */
  | {
      readonly type: "stop";
      /** Who stops it. */
      readonly by: StopSource;
    }
  /** Ends it for good, without a grace period. */
  | {
      readonly type: "kill";
      /** Who stops it. */
      readonly by: StopSource;
    }
  /** A new generation: at once if there is no child, else when the present one is gone. */
  | {
      readonly type: "restart";
      /** Who asks: not blank, for the audit. */
      readonly requester: string;
      /** Why: not blank, for the audit. */
      readonly reason: string;
    }
  /** `pause` ends the child and launches nothing until `resume`; `reset` forgives the past. */
  | { readonly type: "pause" | "resume" | "reset" }
  /** A message that nobody was there to hear; `reload` is kept for the next child. */
  | { readonly type: "reload" | "send" }
  /** A signal for the child, by its name. */
  | {
      readonly type: "signal";
      /** Such as `SIGUSR2`. */
      readonly signal: string;
    }
  /** Someone who watches the child found it unfit: it is ended as a failure. */
  | {
      readonly type: "unhealthy";
      /** A stable word for what is wrong, not blank. */
      readonly reason: string;
    }
  /** A planned restart: free of the policy, and no failure. */
  | {
      readonly type: "recycle";
      /** Why, not blank. */
      readonly reason: string;
    };

/**
 * What is known of a child, or of what was prepared for one. Reports of an attempt are fenced by its
 * generation: those of one that is gone change nothing.
 * @since 0.1.0
 */
export type Report =
  /** The attempt is there. Until then it is neither ready nor healthy. */
  | {
      readonly type: "launched";
      /** The generation that is there. */
      readonly generation: number;
      /** Its process id, where it has one. */
      readonly pid?: number;
      /** Its thread id, where it has one. */
      readonly threadId?: number;
      /** When its process was started, as the system says it. */
      readonly startTime?: string;
    }
  /** What the slot hears, too: how the attempt ended is live here. */
  | Exclude<ChildReport, { readonly type: "exited" }>
  | (Extract<ChildReport, { readonly type: "exited" }> & {
      /**
       * How long ago it ended itself, where what it left behind had to be seen out since: whole, at least 0. That time
       * is part of the delay that the policy answers with. Default 0.
       */
      readonly lingeredMs?: number;
      /** What the launcher did against its contract when it started this attempt. */
      readonly fault?: { readonly error: unknown };
    })
  /** The answer to the effect `probe` of this number. One that comes too late is passed over. */
  | {
      readonly type: "probed";
      /** The generation that was looked at. */
      readonly generation: number;
      /** The number of the probe. */
      readonly probe: number;
      /** Whether it was found well. */
      readonly ok: boolean;
    }
  /** The child has done so much more work: for recycling. */
  | {
      readonly type: "used";
      /** The generation that worked. */
      readonly generation: number;
      /** How much: whole, at least 0. */
      readonly uses: number;
    }
  | {
      readonly type: "standby-up";
      /** The number of the standby that is ready to be launched. */
      readonly standby: number;
    }
  | {
      readonly type: "standby-lost";
      /** The number of the standby that is gone. */
      readonly standby: number;
      /** How it ended. */
      readonly exit: Exit;
    }
  /** The answer to the effect `ask` of this number. */
  | {
      readonly type: "decided";
      /** The number of the question. */
      readonly ask: number;
      /** What the remote policy decided. */
      readonly decision: RestartDecision;
    };

/**
 * What the driver itself tells.
 * @since 0.1.0
 */
export type Turn =
  /** The first event: asks for the first launch, or goes on from a saved state. */
  | { readonly type: "begin" }
  /** Time has passed. Only what is due happens; before `deadline` nothing does. */
  | { readonly type: "tick" }
  /** Another member of the shared budget was healthy or reset. */
  | { readonly type: "forgiven" }
  /** Somebody broke a contract: it ends as a failure. */
  | {
      readonly type: "fault";
      /** What was thrown, or what says who broke what. */
      readonly error: unknown;
    };

/**
 * Who stops a supervision: an order, an AbortSignal, the end of an `await using`.
 * @since 0.1.0
 */
export type StopSource = "stop" | "abort" | "dispose";
