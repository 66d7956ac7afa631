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
  readonly deadlineMs: number | null;
  readonly startTimeoutMs: number | null;
  readonly maxUnavailable: number;
}

export interface TwinRules {
  readonly strategy: "one-for-one" | "one-for-all" | "rest-for-one";
  readonly budget: RestartPolicy | null;
  readonly autoShutdown: "never" | "any-significant" | "all-significant";
  readonly startFailure: "end" | "restart";
  /** The static children, replicas one by one. */
  readonly children: readonly string[];
  /** Those names that share an entry of the list, by its name: replicas, or the child alone. */
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** What those of an entry wait for. */
  readonly after: ReadonlyMap<string, readonly Dependency[]>;
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
    recycle: { age: Millis | null; at: Millis | null; uses: number | null } | null;
  } | null;
  failed: boolean | null;
  failures: number;
  abandoned: number;
  reload: boolean;
  /** Since when the time for all its attempts runs; null before its first start, and once it is done. */
  begunAt: Millis | null;
  inner: TwinState | null;
  done: boolean;
  /** Whether its wait is its group's. */
  held: boolean;
  /** Who was to blame for its last exit, where it is a tree. */
  blame: readonly string[];
  /** Whether it has exited as completed since a plan has started it last, for those that wait for it. */
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
  readonly since: { [id: string]: number };
  /** Whether one of them was removed: one of the same name is another child. */
  isLost: boolean;
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
  /** Children of the list that were removed, and whether they had completed. */
  gone: { [id: string]: boolean };
}
