// What happens to a random tree: what its owner and its children do, and how time passes. A story is plain JSON;
// it is played in a virtual world, and what does not apply there is passed over.

import fc, { type Arbitrary } from "fast-check";
import type { TreeDesign } from "./design.js";
import { type DesignParts, someDesign } from "./some-design.js";

/** How an attempt of a child goes. */
export interface Life {
  /** From the launch until it is known to be there; null: it never is. */
  readonly launchMs: number | null;
  /** From there until it is ready, where it says so; null: it never does. */
  readonly readyMs: number | null;
  /** From the launch until it ends by itself; null: it does not. */
  readonly lifeMs: number | null;
  /** How it ends by itself. */
  readonly exit: LifeEnd;
  /** From being asked to end until it does; null: it is deaf. */
  readonly stopMs: number | null;
  /** From being killed until it is gone; null: it stays. */
  readonly killMs: number | null;
}

export type LifeEnd = "failed" | "completed" | "signalled";

/** What happens next. Who is meant is chosen among those that there are. */
export type Move =
  | { readonly type: "wait"; readonly ms: number }
  /** The host is away, or its clock is set: what should have happened meanwhile comes late. */
  | { readonly type: "jump"; readonly ms: number }
  | { readonly type: "crash"; readonly who: number; readonly exit: LifeEnd }
  | { readonly type: "own"; readonly what: "stop" | "kill" | "reset" | "fault" | "tick" }
  | { readonly type: "order"; readonly who: number; readonly what: (typeof ORDERS)[number] }
  | {
      readonly type: "child";
      readonly what: (typeof CHILD_ORDERS)[number];
      readonly where: number;
      readonly who: number;
    }
  | {
      readonly type: "roll";
      readonly where: number;
      readonly who: number;
      readonly max: number | null;
    }
  | { readonly type: "report"; readonly who: number; readonly what: (typeof REPORTS)[number] }
  /** The state is written down, the host goes, and another one goes on from there. */
  | { readonly type: "hand-over" };

const ORDERS = [
  "stop",
  "kill",
  "restart",
  "pause",
  "resume",
  "reset",
  "reload",
  "send",
  "signal",
  "unhealthy",
  "recycle",
] as const;
const CHILD_ORDERS = ["start-child", "terminate-child", "restart-child", "delete-child"] as const;
const REPORTS = ["not-ready", "ready", "heartbeat", "used", "stale"] as const;

/** A whole story. */
export interface TreeStory {
  /** Left out where the tree is given. */
  readonly design?: TreeDesign;
  readonly lives: readonly Life[];
  readonly moves: readonly Move[];
  /** Where the random numbers begin. */
  readonly seed: number;
  /** Whether a tick comes before what children report at the same instant. */
  readonly ticksFirst: boolean;
}

/** What may come up in a story. */
export interface StoryParts extends DesignParts {
  /** Whether the tree itself may be stopped, killed or broken before the end. Default true. */
  readonly ends?: boolean;
  /** Whether the host may go. Default false. */
  readonly handOvers?: boolean;
  /** Whether children often do not end, even where they are killed. Default false. */
  readonly deaf?: boolean;
  /** Whether the clock may jump. Default true. */
  readonly jumps?: boolean;
}

const span = fc.constantFrom(0, 1, 2, 5, 10, 20, 50);
const soon = fc.constantFrom(0, 0, 0, 1, 5);
const exit = fc.constantFrom("failed", "failed", "completed", "signalled");
const mostly = (often: Arbitrary<number>, weight: number) =>
  fc.oneof({ weight, arbitrary: often }, { weight: 1, arbitrary: fc.constant(null) });

const someLife = (heeds: number) =>
  fc.record({
    launchMs: mostly(soon, 9),
    readyMs: mostly(soon, 9),
    lifeMs: fc.oneof(fc.constant(null), fc.constant(null), span),
    exit,
    stopMs: mostly(soon, heeds),
    killMs: mostly(soon, heeds),
  });

const who = fc.nat(11);
const where = fc.nat(3);
const is = <Type extends string>(type: Type) => fc.constant(type);

function someMove(parts: StoryParts): Arbitrary<Move> {
  const { ends = true, handOvers = false, jumps = true, graphs = false, rolls = false } = parts;
  const own = ["reset", "tick", "tick", ...(ends ? ["stop", "kill", "fault"] : [])];
  const weighted = (weight: number, arbitrary: Arbitrary<object>) => ({ weight, arbitrary });
  return fc.oneof(
    weighted(8, fc.record({ type: is("wait"), ms: span })),
    weighted(8, fc.record({ type: is("crash"), who, exit })),
    weighted(5, fc.record({ type: is("order"), who, what: fc.constantFrom(...ORDERS, "resume") })),
    weighted(
      4,
      fc.record({ type: is("child"), what: fc.constantFrom(...CHILD_ORDERS), where, who }),
    ),
    weighted(2, fc.record({ type: is("report"), who, what: fc.constantFrom(...REPORTS) })),
    weighted(1, fc.record({ type: is("own"), what: fc.constantFrom(...own) })),
    weighted(
      jumps ? 1 : 0,
      fc.record({ type: is("jump"), ms: fc.constantFrom(10, 30, 1_000, -10, -1_000) }),
    ),
    weighted(handOvers ? 3 : 0, fc.record({ type: is("hand-over") })),
    weighted(
      rolls ? 6 : graphs ? 2 : 0,
      fc.record({ type: is("roll"), where, who, max: fc.constantFrom(1, 2, null) }),
    ),
  ) as Arbitrary<Move>;
}

/** Stories of random trees, or of one tree that is given. */
export function someStory(parts: StoryParts, isMade: boolean): Arbitrary<TreeStory> {
  const story = fc.record({
    ...(isMade && { design: someDesign(parts) }),
    lives: fc.array(someLife(parts.deaf ? 1 : 5), { minLength: 1, maxLength: 6, size: "max" }),
    moves: fc.array(someMove(parts), { minLength: 1, maxLength: 16, size: "max" }),
    seed: fc.nat(1_000_000),
    ticksFirst: fc.boolean(),
  });
  return story.map((one) => JSON.parse(JSON.stringify(one)) as TreeStory);
}
