import type { Exit, Millis } from "@steadfast/policy";
import type { TreeOutcome } from "@steadfast/supervision/tree";

/**
 * One thing that happened in a simulated tree.
 * @since 0.1.0
 */
export type TreeHappened = {
  /** The instant. */
  readonly at: Millis;
  /** The path of the child, such as `web/api`; of the tree itself, an empty text. */
  readonly child: string;
} & (
  | {
      readonly type: "launched";
      /** Why there was a launch. */
      readonly cause: "start" | "restart" | "operator";
    }
  /** `stopping`: it was asked to end. `up`: of the tree: every child of the list was started. */
  | { readonly type: "ready" | "stopping" | "killing" | "up" }
  | {
      readonly type: "exited";
      /** How it ended. */
      readonly exit: Exit;
      /** Whether that was judged a failure. */
      readonly failed: boolean;
    }
  | {
      readonly type: "delayed";
      /** The instant of the launch that was admitted; a group may come up later. */
      readonly until: Millis;
    }
  | {
      readonly type: "refused";
      /** The policy's stable code. */
      readonly reason: string;
      /** When to ask again; null for never. */
      readonly retryAfterMs: Millis | null;
    }
  | {
      readonly type: "ended";
      /** How the tree ended. */
      readonly outcome: TreeOutcome["type"];
    }
);

/**
 * What became of one child of a simulated tree.
 * @since 0.1.0
 */
export interface SimulatedChild {
  /** Attempts that were launched. */
  readonly launches: number;
  /** Exits that were judged failures. */
  readonly failures: number;
  /** How long it was up, until `untilMs`. */
  readonly uptimeMs: Millis;
}

/**
 * What happened in a tree, as data.
 * @since 0.1.0
 */
export interface TreeSimulation {
  /** Everything, in order. */
  readonly happened: readonly TreeHappened[];
  /** What became of each child that was ever launched, by path, in the order of their first launches. */
  readonly children: Readonly<Record<string, SimulatedChild>>;
  /** The instant up to which it was simulated. */
  readonly untilMs: Millis;
  /** When the tree was over; null if it would have gone on. */
  readonly endedAt: Millis | null;
  /** Why the simulation ended: the horizon or the most launches were reached, or the tree's outcome. */
  readonly end: "horizon" | "max-launches" | TreeOutcome["type"];
  /** The reason of the refusal that ended it, or how a contract was broken; else null. */
  readonly why: string | null;
  /** The path of the child that the tree ended for; null if it was for none. */
  readonly child: string | null;
}
