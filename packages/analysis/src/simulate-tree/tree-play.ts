// A tree in a virtual world. The tree decides; the world only says when a child is ready, when and how it
// ends, and what an operator orders.
//
// - Of what falls on one instant what children do comes first, in the order in which it began, then what the
//   tree is due to do, then an operator's order.
// - A child is there as soon as it is launched, unless it could not be started.

import type { Exit, Millis } from "@steadfast/policy";
import type { SupervisionTree, TreeEffect, TreeHappening } from "@steadfast/supervision/tree";
import type { TreeHappened, TreeSimulation } from "./tree-simulation.js";
import type { SettledLife, SettledTreeWorld, TreeWorldOrder } from "./tree-world.js";

type Path = readonly string[];
type Of<Type extends TreeEffect["type"]> = Extract<TreeEffect, { readonly type: Type }>;
type News = TreeHappened extends infer One
  ? One extends unknown
    ? Omit<One, "at">
    : never
  : never;

/** What a child will do by itself. */
interface Ahead {
  readonly at: number;
  readonly path: Path;
  readonly generation: number;
  /** Null: it says that it is ready. */
  readonly exit: Exit | null;
}

/** A child that is up. */
interface Alive {
  readonly generation: number;
  readonly since: Millis;
  readonly life: SettledLife;
}

interface Tally {
  launches: number;
  failures: number;
  uptimeMs: number;
}

export class TreePlay {
  readonly #happened: TreeHappened[] = [];
  readonly #tallies = new Map<string, Tally>();
  readonly #alive = new Map<string, Alive>();
  /** Sorted by instant; of one instant in the order in which it was added. */
  #ahead: Ahead[] = [];
  #state;
  #now: Millis = 0;
  #orders = 0;
  #launches = 0;
  #draw: number;
  #end: TreeSimulation["end"] | null = null;
  #why: string | null = null;
  #child: string | null = null;

  constructor(
    readonly machine: SupervisionTree,
    readonly world: SettledTreeWorld,
  ) {
    this.#state = machine.initial();
    this.#draw = world.draw();
  }

  toTheEnd(): TreeSimulation {
    this.#give({ type: "begin" });
    while (this.#end === null) this.#next();
    const untilMs = this.#end === "horizon" ? this.world.forMs : this.#now;
    for (const [child, { since }] of this.#alive) this.#tallyOf(child).uptimeMs += untilMs - since;
    return {
      happened: this.#happened,
      children: Object.fromEntries(this.#tallies),
      untilMs,
      endedAt: this.#end === "horizon" || this.#end === "max-launches" ? null : untilMs,
      end: this.#end,
      why: this.#why,
      child: this.#child,
    };
  }

  /** Goes to the next instant at which something happens, and lets it happen. */
  #next(): void {
    const [ahead] = this.#ahead;
    const does = ahead?.at ?? Infinity;
    const due = this.machine.deadline(this.#state) ?? Infinity;
    const order = this.world.orders[this.#orders];
    const ordered = order?.at ?? Infinity;
    const first = Math.min(does, due, ordered);
    if (first > this.world.forMs) return this.#finish("horizon");
    this.#now = Math.max(this.#now, first);
    if (ahead && does === first) {
      this.#ahead = this.#ahead.slice(1);
      return this.#happens(ahead);
    }
    if (due === first) return this.#give({ type: "tick" });
    this.#orders++;
    this.#give(orderOf(order as TreeWorldOrder));
  }

  #happens({ path, generation, exit }: Ahead): void {
    if (this.#alive.get(path.join("/"))?.generation !== generation) return;
    if (exit) this.#exit(path, generation, exit);
    else this.#give({ type: "ready", path, generation });
  }

  #exit(path: Path, generation: number, exit: Exit): void {
    const child = path.join("/");
    const since = this.#alive.get(child)?.since ?? this.#now;
    this.#alive.delete(child);
    this.#tallyOf(child).uptimeMs += this.#now - since;
    this.#give({ type: "exited", path, generation, exit });
  }

  #give(event: TreeHappening & { readonly path?: Path }): void {
    const given = { ...event, draw: this.#draw, wall: this.world.wallAt + this.#now };
    const [state, effects] = this.machine.step(this.#state, given, this.#now);
    this.#state = state;
    for (const effect of effects) if (this.#end === null) this.#obey(effect);
  }

  #obey(effect: TreeEffect): void {
    const child = "path" in effect && effect.path ? effect.path.join("/") : "";
    switch (effect.type) {
      case "drawn":
        this.#draw = this.world.draw();
        return;
      case "launch":
        return this.#launch(effect);
      case "request-stop":
        this.#tell({ type: "stopping", child });
        return this.#asked(effect);
      case "kill": {
        this.#tell({ type: "killing", child });
        const alive = this.#alive.get(child);
        if (alive)
          this.#exit(effect.path, alive.generation, { kind: "signalled", signal: "SIGKILL" });
        return;
      }
      case "exited": {
        const { exit, failed } = effect;
        if (failed) this.#tallyOf(child).failures++;
        return this.#tell({ type: "exited", child, exit, failed });
      }
      case "delayed":
        return this.#tell({ type: "delayed", child, until: effect.until });
      case "refused": {
        const { reason, retryAfterMs } = effect;
        this.#why = reason;
        return this.#tell({ type: "refused", child, reason, retryAfterMs });
      }
      case "report":
        return effect.report.type === "ready" ? this.#tell({ type: "ready", child }) : undefined;
      case "up":
        return child === "" ? this.#tell({ type: "up", child }) : undefined;
      case "fault":
        this.#why = effect.error instanceof Error ? effect.error.message : String(effect.error);
        return;
      case "settle":
        return this.#settled(effect);
    }
  }

  #launch({ path, kind, generation, cause }: Of<"launch">): void {
    if (this.#launches >= this.world.maxLaunches) return this.#finish("max-launches");
    this.#launches++;
    const child = path.join("/");
    const tally = this.#tallyOf(child);
    tally.launches++;
    this.#tell({ type: "launched", child, cause });
    const life = this.world.lifeOf(child, [...path.slice(0, -1), kind].join("/"));
    const exit = life.exitOf(tally.launches);
    if (exit.kind === "spawn-failed") return this.#give({ type: "exited", path, generation, exit });
    this.#alive.set(child, { generation, since: this.#now, life });
    this.#does(life.uptimeOf(tally.launches), path, generation, exit);
    this.#does(life.readyMs, path, generation, null);
    this.#give({ type: "launched", path, generation });
  }

  #asked({ path }: Of<"request-stop">): void {
    const alive = this.#alive.get(path.join("/"));
    if (alive) this.#does(alive.life.stopMs, path, alive.generation, { kind: "cancelled" });
  }

  #does(afterMs: number, path: Path, generation: number, exit: Exit | null): void {
    if (afterMs === Infinity) return;
    const at = this.#now + afterMs;
    const place = this.#ahead.findIndex((one) => one.at > at);
    const one: Ahead = { at, path, generation, exit };
    this.#ahead.splice(place < 0 ? this.#ahead.length : place, 0, one);
  }

  #settled({ outcome }: Of<"settle">): void {
    this.#tell({ type: "ended", child: "", outcome: outcome.type });
    const path = "path" in outcome ? outcome.path : null;
    this.#child = path && path.length > 0 ? path.join("/") : null;
    if (outcome.type === "refused") this.#why = outcome.reason;
    else if (outcome.type !== "failed") this.#why = null;
    this.#finish(outcome.type);
  }

  #tallyOf(child: string): Tally {
    let tally = this.#tallies.get(child);
    if (!tally) {
      tally = { launches: 0, failures: 0, uptimeMs: 0 };
      this.#tallies.set(child, tally);
    }
    return tally;
  }

  #tell(news: News): void {
    this.#happened.push({ at: this.#now, ...news });
  }

  #finish(end: TreeSimulation["end"]): void {
    this.#end ??= end;
    if (end === "horizon" || end === "max-launches") this.#why = null;
  }
}

function orderOf({ order, child }: TreeWorldOrder): TreeHappening & { readonly path?: Path } {
  const path = child === undefined ? [] : child.split("/");
  switch (order) {
    case "restart":
      return { type: "restart", requester: "operator", reason: "ordered", path };
    case "roll": {
      const id = path[path.length - 1] as string;
      return { type: "roll", id, ref: 0, path: path.slice(0, -1) };
    }
    case "stop":
      return { type: "stop", by: "stop", path };
    default:
      return { type: order, path };
  }
}
