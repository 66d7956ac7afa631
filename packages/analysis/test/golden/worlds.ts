// A thousand worlds, each made of its number and of nothing else: a policy, a child, orders and rules. What
// `simulate` makes of them is pinned in simulations.json.

import { type BackoffOptions, backoff, linear, proportional, table } from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  type Exit,
  giveUp,
  inTurn,
  lifetimeCap,
  type RestartPolicy,
  restartOn,
  stopWhen,
  subdraw,
} from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { exponential, type SupervisionRules, uniform, type World } from "../../src/index.js";

export const WORLDS = 1_000;

/** Picks, and picks numbers: the same ones for the same number of a world. */
interface Chance {
  whole(most: number): number;
  pick<Value>(...from: readonly Value[]): Value;
}

function chanceOf(world: number): Chance {
  let n = 0;
  const draw = () => subdraw(subdraw(0, `world ${world}`), n++);
  const whole = (most: number) => Math.floor(draw() * (most + 1));
  return { whole, pick: (...from) => from[whole(from.length - 1)] as (typeof from)[number] };
}

const LEAVES: readonly ((chance: Chance) => RestartPolicy)[] = [
  ({ whole, pick }) =>
    slidingWindow({
      limit: 1 + whole(4),
      windowMs: whole(300),
      edge: pick("half-open", "closed"),
      counts: pick("launches", "restarts", "failures"),
      tripAt: pick("limit", "over-limit"),
      recordRefused: pick(false, false, true),
    }),
  ({ whole, pick }) =>
    backoff({
      initialMs: whole(60),
      factor: pick(1, 1.5, 2),
      capMs: whole(200),
      jitter: pick<NonNullable<BackoffOptions["jitter"]>>(
        "none",
        "full",
        "equal",
        proportional({ low: 0.5, high: 1.5 }),
      ),
      resetAfterMs: pick(null, 0, 40),
      counts: pick("failures", "restarts"),
      from: pick("exit", "launch", "request"),
    }),
  ({ whole, pick }) =>
    backoff({
      curve: pick(
        linear({ initialMs: whole(20), incrementMs: whole(20) }),
        table([whole(9), whole(90), whole(50)]),
      ),
    }),
  ({ whole, pick }) =>
    crashBudget({
      retries: whole(3),
      windowMs: whole(300),
      retryDelayMs: whole(40) + pick(0, 0.5),
      counts: pick("failures", "launches"),
      edge: pick("half-open", "closed"),
      onHealthy: pick("forget", "re-anchor", "ignore"),
    }),
  ({ whole, pick }) =>
    decayingBudget({
      halfLifeMs: whole(200),
      threshold: whole(4),
      pauseMs: whole(100),
      onTrip: pick("hold", "delay"),
    }),
  ({ whole }) => lifetimeCap({ restarts: whole(30) }),
  ({ pick }) => restartOn(pick("permanent", "transient", "transient", "temporary")),
  ({ whole }) => {
    const last = 2 + whole(20);
    return stopWhen((exit, ordinal) => exit.kind === "completed" && ordinal >= last);
  },
];

function policyOf(chance: Chance, depth = 0): RestartPolicy {
  const member = () => policyOf(chance, depth + 1);
  const shapes: readonly (() => RestartPolicy)[] = [
    () => allOf(...Array.from({ length: chance.whole(3) }, member)),
    () => allOf(member(), member()),
    () => inTurn(member(), member()),
    () => giveUp(member()),
    () => coarse(member(), 1 + chance.whole(20)),
  ];
  const isLeaf = depth >= 3 || chance.whole(9) < 3 + 2 * depth;
  return isLeaf ? chance.pick(...LEAVES)(chance) : chance.pick(...shapes)();
}

const EXITS: readonly Exit[] = [
  { kind: "failed", code: 1 },
  { kind: "failed", code: 1 },
  { kind: "signalled", signal: "SIGSEGV" },
  { kind: "completed", code: 0 },
  { kind: "spawn-failed", error: "ENOENT" },
  { kind: "cancelled" },
  { kind: "unhealthy", reason: "stale" },
];

function worldOf({ whole, pick }: Chance): World {
  const exits = Array.from({ length: 1 + whole(8) }, () => pick(...EXITS));
  return {
    uptimeMs: pick<World["uptimeMs"]>(
      whole(100),
      Array.from({ length: whole(20) }, () => pick(0, 1, 19, 20, 21, 0.5, whole(200))),
      exponential(whole(80)),
      uniform(whole(20), 20 + whole(80)),
    ),
    exit: [...exits, pick(...EXITS)] as unknown as readonly [Exit, ...Exit[]],
    orders: Array.from({ length: whole(4) }, () => ({
      at: whole(1_500),
      order: pick("reset", "restart"),
    })),
    seed: whole(1_000_000),
    forMs: 500 + whole(5_000),
    maxLaunches: pick(200, 200, 5 + whole(20)),
    wallAt: pick(0, 1_000_000),
  };
}

export interface Golden {
  readonly policy: RestartPolicy;
  readonly world: World;
  readonly rules: SupervisionRules;
}

export function goldenOf(number: number): Golden {
  const chance = chanceOf(number);
  const strict = (exit: Exit) => exit.kind !== "lost";
  return {
    policy: policyOf(chance),
    world: worldOf(chance),
    rules: {
      onNotYet: chance.pick("wait", "wait", "end"),
      operatorLaunches: chance.pick("free", "ask"),
      healthyAfterMs: chance.pick(0, 20, 35, 10_000),
      ...(chance.whole(4) === 0 && { isFailure: strict }),
    },
  };
}
