// The world as the simulation of a tree sees it: how each child lives, and what an operator does.

import { type Exit, type Millis, PolicyOptionsError, readOptions } from "@steadfast/policy";
import { chanceOf } from "../simulate/chance.js";
import { type Life, lifeOf, type Sampler } from "../simulate/life.js";

/**
 * How the attempts of one child of a tree live.
 * @since 0.1.0
 */
export interface TreeLife {
  /**
   * How long an attempt lives, in milliseconds of at least 0, rounded up. A list says it attempt by attempt:
   * after its end they live forever. Default: forever.
   */
  readonly uptimeMs?: number | readonly number[] | Sampler<number>;
  /**
   * How an attempt ends by itself. A list says it attempt by attempt: after its end the last one holds.
   * Default: a failure with the code 1.
   */
  readonly exit?: Exit | readonly [Exit, ...Exit[]] | Sampler<Exit>;
  /** How long until it says that it is ready, where its readiness is explicit. Default 0. */
  readonly readyMs?: Millis;
  /** How long it takes to end when it is asked to; Infinity: it never does, and is killed. Default 0. */
  readonly stopMs?: number;
}

/**
 * An operator's order to one child of a tree, or to the tree itself.
 * @since 0.1.0
 */
export interface TreeWorldOrder {
  /** The instant, whole, at least 0. Whatever else happens at that instant happens before. */
  readonly at: Millis;
  /** What is ordered. */
  readonly order: "reset" | "restart" | "pause" | "resume" | "stop" | "roll";
  /** The path of the child, such as `web/api`. Left out: the tree, for `reset` and `stop`. */
  readonly child?: string;
}

/**
 * The children of a tree and their surroundings.
 * @since 0.1.0
 */
export interface TreeWorld {
  /**
   * How they live: by path, such as `web/api`, or, for replicas and for children of a kind, by the path with
   * the name of the kind. Those that are not named live forever.
   */
  readonly children?: Readonly<Record<string, TreeLife>>;
  /** What an operator does, and when. Default: nothing. */
  readonly orders?: readonly TreeWorldOrder[];
  /** Of all chance, any finite number: the same seed, the same world. Default 1. */
  readonly seed?: number;
  /** Until which instant, included: a whole number from 0 to 2^53-1. Default one hour: 3 600 000. */
  readonly forMs?: Millis;
  /** No more launches than that, of all children: whole, from 0 to 2^53-1. Default 100 000. */
  readonly maxLaunches?: number;
  /** The wall clock at instant 0, in epoch milliseconds: any whole number. Default 0. */
  readonly wallAt?: Millis;
}

/** How one child lives; checked. */
export interface SettledLife extends Life {
  readonly readyMs: Millis;
  readonly stopMs: number;
}

/** A world that was checked: its numbers can be used. */
export interface SettledTreeWorld {
  readonly forMs: Millis;
  readonly maxLaunches: number;
  readonly wallAt: Millis;
  readonly orders: readonly TreeWorldOrder[];
  /** The draw of the next request. */
  readonly draw: () => number;
  /** The life of a child, by the first of these names that is known. */
  lifeOf(path: string, kindPath: string): SettledLife;
}

const OWNER = "simulateTree";
const HOUR_MS = 3_600_000;
const ORDERS = ["reset", "restart", "pause", "resume", "stop", "roll"] as const;

export function settleTreeWorld(world: TreeWorld): SettledTreeWorld {
  const read = readOptions("simulateTree", world);
  const seed = read.finite("seed", { min: -Number.MAX_VALUE, default: 1 });
  const forMs = read.whole("forMs", { default: HOUR_MS });
  const maxLaunches = read.whole("maxLaunches", { default: 100_000 });
  const wallAt = read.whole("wallAt", { min: Number.MIN_SAFE_INTEGER, default: 0 });
  const children = (read.raw("children") ?? {}) as Readonly<Record<string, TreeLife>>;
  const orders = readOrders(read.raw("orders") ?? []);
  read.end();
  const chance = chanceOf(seed);
  const lives = new Map(
    Object.entries(children).map(([name, life]) => [name, checked(name, life)]),
  );
  const known = new Map<string, SettledLife>();

  function settledOf(path: string, kindPath: string): SettledLife {
    let life = known.get(path);
    if (!life) {
      const given = lives.get(path) ?? lives.get(kindPath) ?? {};
      const { uptimeMs = Infinity, exit, readyMs = 0, stopMs = 0 } = given;
      const stream = (name: string) => chance(`${path} ${name}`);
      life = { ...lifeOf(`${OWNER}: ${path}`, { uptimeMs, exit }, stream), readyMs, stopMs };
      known.set(path, life);
    }
    return life;
  }

  return { forMs, maxLaunches, wallAt, orders, draw: chance("draw"), lifeOf: settledOf };
}

function checked(name: string, life: TreeLife): TreeLife {
  const read = readOptions<TreeLife>(`${OWNER}: children.${name}`, life);
  read.raw("uptimeMs");
  read.raw("exit");
  read.whole("readyMs", { default: 0 });
  const stopMs = read.raw("stopMs") ?? 0;
  if (!(typeof stopMs === "number" && stopMs >= 0)) {
    const allowed = "a number of at least 0, or Infinity";
    throw new PolicyOptionsError(`${OWNER}: children.${name}`, "stopMs", allowed, stopMs);
  }
  read.end();
  return life;
}

function readOrders(orders: unknown): readonly TreeWorldOrder[] {
  if (!Array.isArray(orders)) {
    throw new PolicyOptionsError(OWNER, "orders", "a list of orders", orders);
  }
  const settled = orders.map((given: TreeWorldOrder, i): TreeWorldOrder => {
    const owner = `${OWNER}: orders[${i}]`;
    const read = readOptions<TreeWorldOrder>(owner, given);
    const at = read.whole("at");
    const order = read.oneOf("order", ORDERS);
    const child = read.raw("child");
    read.end();
    if (child === undefined && (order === "reset" || order === "stop")) return { at, order };
    if (typeof child === "string" && child !== "") return { at, order, child };
    throw new PolicyOptionsError(owner, "child", `the path of a child to ${order}`, child);
  });
  return settled.sort((one, other) => one.at - other.at);
}
