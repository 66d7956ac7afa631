// What goes over the wire: plain JSON that the server writes and the page reads. Durations end in `Ms`, instants
// in `At`, on the clock of the supervision.

import type { ExitRecord, Json, Millis, Refuse, RestartDecision } from "@steadfast/policy";
import type { SupervisorEvent, SupervisorStatus, Wait } from "@steadfast/supervisor";

/** One line of the table: what is known of a child, without its output. */
export interface Row {
  /** The child's path; the name of a supervision that stands alone. */
  readonly path: string;
  /** The name of its kind; null where it stands alone. */
  readonly kind: string | null;
  readonly status: SupervisorStatus["status"];
  readonly intent: SupervisorStatus["intent"];
  /** Whether it has ended and is not wanted any more. */
  readonly done: boolean;
  readonly attempts: number;
  /** How many exits in a row were failures. */
  readonly failures: number;
  /** When the present attempt was launched; null for none. */
  readonly launchedAt: Millis | null;
  readonly pid: number | null;
  readonly threadId: number | null;
  readonly waiting: Wait | null;
  /** The reason of the final refusal that it is held by. */
  readonly held: string | null;
  readonly abandoned: number;
  /** How the last attempt ended; null before the first exit. */
  readonly last: ShortExit | null;
}

/** An exit without its output and its stack. */
export interface ShortExit {
  readonly kind: ExitRecord["kind"];
  readonly code?: number;
  readonly signal?: string;
  /** Such as `Error: no database`, cut after 200 characters. */
  readonly error?: string;
}

/** What is known of a whole supervision. */
export interface Head {
  /** Its name: that of the tree, or of the child that stands alone. */
  readonly of: string;
  readonly type: "tree" | "child";
  /** Its clock. */
  readonly now: Millis;
  /** Whether every child of the list was started once. */
  readonly up: boolean;
  /** How it ended; null while it goes on. */
  readonly outcome: string | null;
  /** How many children are still to be down and to be up, and what is waited for; null for no plan. */
  readonly plan: {
    readonly stop: number;
    readonly start: number;
    readonly until: Millis | null;
  } | null;
  /** Whether decisions are kept, for "why" and "what if". */
  readonly journal: boolean;
}

/** An event, numbered, without output and stacks. */
export type Told = { readonly seq: number; readonly of: string } & ToldEvent;

type ToldEvent =
  | Exclude<
      SupervisorEvent,
      { readonly type: "exited" | "standby-lost" | "unreadable" | "callback-failed" }
    >
  | (Of<"exited"> & { readonly exit: ShortExit })
  | (Of<"standby-lost"> & { readonly exit: ShortExit })
  | (Of<"unreadable" | "callback-failed"> & { readonly error: string });

type Of<Type extends SupervisorEvent["type"]> = Omit<
  Extract<SupervisorEvent, { readonly type: Type }>,
  "exit" | "error"
>;

/** Everything: the first message of a stream, and again when too much was missed. */
export interface Snapshot {
  /** Of the newest event in it. */
  readonly seq: number;
  readonly title: string;
  /** Whether orders are taken. */
  readonly orders: boolean;
  readonly parts: readonly SnapshotPart[];
  /** The newest events, oldest first. */
  readonly told: readonly Told[];
}

export interface SnapshotPart {
  readonly head: Head;
  readonly rows: readonly Row[];
}

/** What has changed: every later message of a stream. */
export interface Change {
  readonly seq: number;
  readonly parts: readonly ChangePart[];
  readonly told: readonly Told[];
  /** How many events were left out, because there were too many at once. */
  readonly missed: number;
}

export interface ChangePart extends SnapshotPart {
  /** The paths of children that are no more. */
  readonly gone: readonly string[];
}

/** Why a request was not served. */
export interface Refused {
  /** A stable code, such as `unknown-order`. */
  readonly error: string;
  readonly message: string;
}

/** A sentence of `explain`, and the instant that it is about. */
export interface Why {
  readonly at: Millis;
  readonly sentence: string;
}

/** What is left of a budget. */
export interface Budget {
  /** How many failures in a row are still restarted; null for more than are counted. */
  readonly left: number | null;
  /** What is answered then; null where there is no end. */
  readonly refusal: Refuse | null;
}

/** Everything about one child. */
export interface ChildDetail {
  readonly of: string;
  readonly now: Millis;
  readonly row: Row;
  /** How the last attempt ended, with the last lines of standard error; null before the first exit. */
  readonly lastExit: ExitRecord | null;
  /** How far an ending has got. */
  readonly stop: SupervisorStatus["stop"];
  readonly readyAt: Millis | null;
  readonly lastHeartbeatAt: Millis | null;
  /** Why the policy decided as it did last; null if that was not kept. */
  readonly lastWhy: Why | null;
  /** What it would say now. */
  readonly nowWhy: Why | null;
  readonly budget: Budget | null;
  readonly policy: {
    /** Such as `allOf(restartOn, backoff)`. */
    readonly name: string;
    /** The child's own policy as JSON of `@steadfast/spec`; null where JSON cannot hold it. */
    readonly spec: Json | null;
    /** The budget that it shares with others; null for none. */
    readonly shared: string | null;
  } | null;
  /** Its newest events, oldest first. */
  readonly told: readonly Told[];
}

/** What is left of the budgets of the children asked about, in that order; null for one that is not there. */
export interface Budgets {
  readonly budgets: readonly (Budget | null)[];
}

/** The journal under another policy. */
export interface WhatIf {
  /** The name of the policy. */
  readonly policy: string;
  /** The newest steps, oldest first. */
  readonly steps: readonly WhatIfStep[];
  /** How many requests there were in all. */
  readonly requests: number;
  /** How many of them are answered otherwise. */
  readonly differ: number;
  /** False if entries were dropped: the replay begins in the middle, as if nothing had been before. */
  readonly complete: boolean;
}

export interface WhatIfStep {
  readonly at: Millis;
  /** A fact, or why a launch was asked for. */
  readonly event: "exited" | "healthy" | "reset" | "start" | "restart" | "operator";
  readonly exit: ShortExit | null;
  readonly recorded: RestartDecision;
  readonly replayed: RestartDecision;
  /** False for an operator's launch, about which the policy was not asked. */
  readonly asked: boolean;
  readonly same: boolean;
}
