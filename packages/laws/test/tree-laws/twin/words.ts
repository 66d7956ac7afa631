// What the twin of the tree works on: plain arrays, plain objects, no pages. It shares no code with the tree.

import type { ChildSlot, SlotState } from "@steadfast/child-slot";
import type { Exit, ExitRecord, Millis, RestartPolicy } from "@steadfast/policy";
import type { PendingWait } from "@steadfast/supervision";

/** An event, as loose as it comes. */
export interface Heard {
  readonly type: string;
  readonly path?: readonly string[];
  readonly draw: number;
  readonly wall: Millis;
  readonly [key: string]: unknown;
}

/** An effect, as loose as it goes. */
export interface Said {
  readonly type: string;
  readonly path?: readonly string[] | null;
  readonly [key: string]: unknown;
}

export interface Dependency {
  readonly id: string;
  readonly until: "ready" | "completed";
}

/** A kind of child, with its policy joined. */
export interface TwinKind {
  readonly restart: "permanent" | "transient" | "temporary";
  readonly significant: boolean;
  readonly own: RestartPolicy;
  readonly slot: ChildSlot;
  readonly isFailure: (exit: Exit) => boolean;
  readonly onNotYet: "wait" | "end";
  readonly operatorLaunches: "free" | "ask";
  readonly delayCutBy: readonly string[];
  readonly recycle: {
    readonly ageMs?: number;
    readonly uses?: number;
    readonly spread?: number;
  } | null;
  readonly tree: TwinTree | null;
  readonly after: readonly Dependency[];
  readonly startTimeoutMs: number | null;
  /** The static child that it stands for: replicas share one. */
  readonly base: string;
  readonly maxUnavailable: number;
}

export interface TwinRules {
  readonly strategy: "one-for-one" | "one-for-all" | "rest-for-one";
  readonly budget: RestartPolicy | null;
  readonly autoShutdown: "never" | "any-significant" | "all-significant";
  readonly startFailure: "end" | "restart";
  /** The static children, replicas one by one. */
  readonly children: readonly string[];
  readonly kinds: ReadonlyMap<string, TwinKind>;
  /** What `start-child` may name. */
  readonly startable: ReadonlySet<string>;
  readonly isGraph: boolean;
}

/** The twin as a value, of the same shape as the tree. */
export interface TwinTree {
  readonly rules: TwinRules;
  initial(): TwinState;
  step(state: TwinState, event: Heard, now: Millis): readonly [TwinState, readonly Said[]];
  deadline(state: TwinState): Millis | null;
  parse(raw: unknown, now: Millis): TwinState;
}

export interface Kid {
  readonly id: string;
  readonly kind: string;
  slot: SlotState;
  policy: unknown;
  wait: PendingWait | null;
  seat: {
    cause: string;
    launched: boolean;
    recycle: { at: Millis | null; uses: number | null } | null;
  } | null;
  failed: boolean | null;
  failures: number;
  abandoned: number;
  reload: boolean;
  inner: TwinState | null;
  done: boolean;
  /** Whether its wait is its group's. */
  held: boolean;
  /** Who was to blame for its last exit, where it is a tree. */
  blame: readonly string[];
  /** How its last exit was called, seen by those that wait for it. */
  completed: boolean;
}

export interface Operation {
  readonly type: "start-child" | "restart-child" | "terminate-child";
  readonly id: string;
  /** Null for an order by path. */
  readonly ref: number | null;
}

export interface TwinPlan {
  /** Those to be stopped; in the order of children, the last goes first. */
  stop: string[];
  /** Those to be started, in order. */
  start: string[];
  /** Of those to be started: launched, not up yet. */
  starting: string[];
  boot: boolean;
  /** Whether a start that fails at boot ends the tree. */
  strict: boolean;
  open: boolean;
  openedAt: Millis;
  ops: Operation[];
}

export type LaterItem = { readonly order: Heard } | LateItem;

/** An exit that is looked at later. */
export interface LateItem {
  readonly exitOf: string;
  readonly exit: ExitRecord;
  readonly failed: boolean;
  readonly uptimeMs: Millis;
  readonly declined: boolean;
  /** It was a start that failed. */
  readonly unstarted: boolean;
  /** Something else has been decided about the child meanwhile. */
  overtaken?: true;
}

export interface Roll {
  readonly id: string;
  readonly ref: number;
  readonly max: number;
  /** The generation of each replica when the order came. */
  readonly since: { readonly [id: string]: number };
}

export interface TwinState {
  kids: Kid[];
  budget: unknown;
  plan: TwinPlan | null;
  later: LaterItem[];
  rolls: Roll[];
  end: Said | null;
  over: boolean;
  up: boolean;
  /** Whether a plan was given up with somebody still to be started. */
  lost: boolean;
  begun: boolean;
  /** Children that were removed after they had completed. */
  completed: string[];
}
