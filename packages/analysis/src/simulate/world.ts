// The world as a simulation sees it: how long attempts live, how they end, and what an operator does.

import { type Exit, type Millis, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { chanceOf } from "./chance.js";
import { type Life, lifeOf, type Sampler } from "./life.js";

/**
 * An operator's order: forgive the past, or restart the child now.
 * @since 0.1.0
 */
export interface WorldOrder {
  /** The instant, whole, at least 0. Whatever else happens at that instant happens before. */
  readonly at: Millis;
  /** What is ordered. A child that is up when it is restarted ends at once, as `cancelled`. */
  readonly order: "reset" | "restart";
}

/**
 * A described child and its surroundings.
 * @since 0.1.0
 */
export interface World {
  /**
   * How long an attempt lives, in milliseconds of at least 0, rounded up; Infinity is forever. A list
   * says it attempt by attempt: after its end they live forever.
   */
  readonly uptimeMs: number | readonly number[] | Sampler<number>;
  /**
   * How an attempt ends. A list says it attempt by attempt: after its end the last one holds. What could
   * not be started (`spawn-failed`) has no life. Default: a failure with the code 1.
   */
  readonly exit?: Exit | readonly [Exit, ...Exit[]] | Sampler<Exit>;
  /** What an operator does, and when. Default: nothing. */
  readonly orders?: readonly WorldOrder[];
  /** Of all chance, any finite number: the same seed, the same world. Default 1. */
  readonly seed?: number;
  /** Until which instant, included; a whole number from 0 to 2^53-1. Default one day: 86 400 000. */
  readonly forMs?: Millis;
  /** No more launches than that: a whole number from 0 to 2^53-1. Default 100 000. */
  readonly maxLaunches?: number;
  /** The wall clock at instant 0, in epoch milliseconds: any whole number. Default 0. */
  readonly wallAt?: Millis;
}

/** A world that was checked: its numbers can be used. */
export interface SettledWorld extends Life {
  readonly forMs: Millis;
  readonly maxLaunches: number;
  readonly wallAt: Millis;
  readonly orders: readonly WorldOrder[];
  /** The draw of the next request. */
  readonly draw: () => number;
}

const DAY_MS = 86_400_000;

export function settle(world: World): SettledWorld {
  const read = readOptions("simulate", world);
  const seed = read.finite("seed", { min: -Number.MAX_VALUE, default: 1 });
  const forMs = read.whole("forMs", { default: DAY_MS });
  const maxLaunches = read.whole("maxLaunches", { default: 100_000 });
  const wallAt = read.whole("wallAt", { min: Number.MIN_SAFE_INTEGER, default: 0 });
  const orders = readOrders(read.raw("orders") ?? []);
  const uptime = read.raw("uptimeMs") as World["uptimeMs"];
  const exit = (read.raw("exit") ?? undefined) as World["exit"];
  read.end();
  const chance = chanceOf(seed);

  const { uptimeOf, exitOf } = lifeOf("simulate", { uptimeMs: uptime, exit }, chance);
  return { forMs, maxLaunches, wallAt, orders, draw: chance("draw"), uptimeOf, exitOf };
}

function readOrders(orders: unknown): readonly WorldOrder[] {
  if (!Array.isArray(orders)) {
    throw new PolicyOptionsError("simulate", "orders", "a list of orders", orders);
  }
  const settled = orders.map((order: WorldOrder) => {
    const read = readOptions("simulate: orders", order);
    const at = read.whole("at");
    return { at, order: read.oneOf("order", ["reset", "restart"]) };
  });
  return settled.sort((one, other) => one.at - other.at);
}
