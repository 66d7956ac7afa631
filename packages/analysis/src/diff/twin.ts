// Both policies under one child: they hear and are asked the same, at the same instants, as long as they agree.
//
// - The start is asked at 0. Where both launch, the child is up when the slower of the two would launch
//   it; where both say "not yet", both are asked again when the slower would.
// - Each side hears `healthy` by its own `healthyAfterMs`, and judges exits by its own `isFailure`.

import type { Exit, LaunchEvent, Millis, RestartDecision, RestartEvent } from "@steadfast/policy";
import { added, type Chain, lengthOf } from "./chain.js";
import { type AreSame, effective, type Side } from "./sides.js";
import type { DiffRow } from "./types.js";

/** What both draw, where nothing is said of it. */
export const DRAW = 0.5;

/** How an attempt lives and ends, and the draw of the request that follows. */
export interface Life {
  readonly uptimeMs: Millis;
  readonly exit: Exit;
  readonly draw: number;
}

/** A trace so far. */
export interface Twin {
  readonly states: readonly [unknown, unknown];
  readonly rows: Chain<DiffRow> | null;
  readonly lives: Chain<Life> | null;
  /** `up`: there is a child since `at`. `over`: no child will come. `differ`: they disagree. */
  readonly status: "up" | "over" | "differ";
  readonly at: Millis;
}

/** In a row, without anything happening in between: a policy that says "not yet" that often never says yes. */
const MOST_QUESTIONS = 64;

export interface Stage {
  readonly sides: readonly [Side, Side];
  readonly same: AreSame;
}

export function begin(stage: Stage): Twin {
  const states = [stage.sides[0].policy.initial(), stage.sides[1].policy.initial()] as const;
  return ask(stage, { states, rows: null, lives: null, status: "over", at: 0 }, 0, "start", DRAW);
}

/** The child lives and ends: nothing else can happen to a twin that is `up`. */
export function live(stage: Stage, before: Twin, life: Life): Twin {
  const { exit, draw } = life;
  const uptimeMs = exit.kind === "spawn-failed" ? 0 : life.uptimeMs;
  const endsAt = before.at + uptimeMs;
  if (endsAt > Number.MAX_SAFE_INTEGER / 2) return { ...before, status: "over" };
  let twin: Twin = { ...before, lives: added(before.lives, life) };
  const [a, b] = stage.sides.map(({ rules }) => rules.healthyAfterMs) as [number, number];
  for (const ms of [...new Set([a, b])].sort((one, other) => one - other)) {
    if (ms >= uptimeMs) continue;
    const healthy = { type: "healthy" } as const;
    twin = tell(stage, twin, before.at + ms, [
      a === ms ? healthy : null,
      b === ms ? healthy : null,
    ]);
  }
  const exited = stage.sides.map(({ rules }) => {
    return { type: "exited", exit, failed: rules.isFailure(exit), uptimeMs } as const;
  });
  twin = tell(stage, twin, endsAt, exited as [RestartEvent, RestartEvent]);
  return ask(stage, twin, endsAt, "restart", draw);
}

function tell(
  { sides }: Stage,
  twin: Twin,
  at: Millis,
  events: readonly [RestartEvent | null, RestartEvent | null],
): Twin {
  const steps = events.map((event, i) => {
    const side = sides[i] as Side;
    return event ? side.policy.step(twin.states[i], event, at) : ([twin.states[i], null] as const);
  });
  const [[one, a], [two, b]] = steps as [
    [unknown, RestartDecision | null],
    [unknown, RestartDecision | null],
  ];
  const event = (events[0] ?? events[1]) as RestartEvent;
  return { ...twin, states: [one, two], rows: added(twin.rows, { at, event, a, b }) };
}

function ask(
  stage: Stage,
  told: Twin,
  now: Millis,
  cause: "start" | "restart",
  draw: number,
): Twin {
  let twin = told;
  let at = now;
  for (let question = 0; question < MOST_QUESTIONS; question++) {
    const event: LaunchEvent = { type: "launch", cause, draw, wall: at };
    const [one, a] = decide(stage.sides[0], twin.states[0], event, at);
    const [two, b] = decide(stage.sides[1], twin.states[1], event, at);
    twin = { ...twin, states: [one, two], rows: added(twin.rows, { at, event, a, b }), at };
    if (!stage.same(a, b)) return { ...twin, status: "differ" };
    const waits = [waitOf(a), waitOf(b)] as const;
    if (a.type === "launch" && b.type === "launch") {
      return { ...twin, status: "up", at: at + Math.ceil(Math.max(...waits)) };
    }
    // Also where somebody's own sameness takes a launch for a refusal: then there is no one child.
    if (a.type !== b.type || waits.includes(Number.POSITIVE_INFINITY)) break;
    at += Math.max(...waits);
    if (at > Number.MAX_SAFE_INTEGER / 2) break;
  }
  return { ...twin, status: "over" };
}

function decide(side: Side, state: unknown, event: LaunchEvent, at: Millis) {
  const [next, decision] = side.policy.step(state, event, at);
  return [next, effective(decision, side)] as const;
}

function waitOf(decision: RestartDecision): number {
  if (decision.type === "launch") return decision.delayMs;
  return decision.type === "refuse"
    ? (decision.retryAfterMs ?? Number.POSITIVE_INFINITY)
    : Number.POSITIVE_INFINITY;
}

/** All lives, one after the other, until they disagree or no child is left. */
export function replayLives(stage: Stage, lives: readonly Life[]): Twin {
  let twin = begin(stage);
  for (const life of lives) {
    if (twin.status !== "up") break;
    twin = live(stage, twin, life);
  }
  return twin;
}

/** Whether one trace is shorter than another: fewer events, then less time. */
export function isShorter(one: Twin, other: Twin): boolean {
  const [events, others] = [lengthOf(one.rows), lengthOf(other.rows)];
  if (events !== others) return events < others;
  return one.at < other.at;
}
