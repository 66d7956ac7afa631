// A tree on virtual time: children that take their time to be up and to stop, and a story in one line:
// `100 -b 130 -c` says who went down, `600 +a` who came up, `a!` who crashed. It knows no rule.

import type { Exit, Millis } from "@steadfast/policy";
import {
  type ChildSpec,
  type SupervisionTree,
  supervisionTree,
  type TreeEffect,
  type TreeHappening,
  type TreeOptions,
  type TreeState,
} from "../../src/tree.js";

/** How the attempts of one child behave; times count from the launch or the request. */
export interface Manner {
  /** From the launch to being up; null for never. Default 0. */
  readonly startMs?: Millis | null;
  /** From the request to stop to the exit; null for never. Default 0. */
  readonly stopMs?: Millis | null;
  /** Whether a kill ends it. Default true. */
  readonly mortal?: boolean;
  /** What becomes of the n-th launch, if it is not to come up; from 1. */
  readonly starts?: Readonly<Record<number, Exit>>;
}

export const CRASH: Exit = { kind: "failed", code: 1 };
export const COMPLETED: Exit = { kind: "completed" };

interface Planned {
  readonly at: Millis;
  readonly event: TreeHappening;
  readonly path?: readonly string[];
  /** The attempt it is about; it is dropped once that is gone. */
  readonly of?: string;
}

/** A child that says itself that it is ready: the world says it for it when it is up. */
export const explicit = (id: string, more: Partial<ChildSpec> = {}): ChildSpec => ({
  id,
  readiness: "explicit",
  ...more,
});

export const begun = (options: TreeOptions, manners: Record<string, Manner> = {}): TreeWorld =>
  new TreeWorld(options, manners).begin();

export class TreeWorld {
  readonly tree: SupervisionTree;
  state: TreeState;
  now = 0;
  /** Who came up, went down or crashed, and how it ended. */
  readonly story: string[] = [];
  readonly effects: TreeEffect[] = [];
  /** `at type path` of everything but notes and draws. */
  readonly told: string[] = [];
  readonly answers = new Map<number, string>();
  outcome: unknown = null;
  draw = 0.5;
  /** What has never been read back: it has to tell the same. */
  #unread: TreeState;
  readonly #launches = new Map<string, number>();
  readonly #alive = new Map<string, number>();
  #planned: Planned[] = [];

  constructor(
    options: TreeOptions,
    readonly manners: Readonly<Record<string, Manner>> = {},
    from?: TreeState,
    now = 0,
  ) {
    this.tree = supervisionTree(options);
    this.now = now;
    this.state = from === undefined ? this.tree.initial() : this.tree.parse(plain(from), now);
    this.#unread = this.state;
  }

  get line(): string {
    return this.story.join(" ");
  }

  begin(): this {
    this.give({ type: "begin" });
    return this.run(this.now);
  }

  /** Something happens at an instant. */
  at(at: Millis, event: TreeHappening, ...path: string[]): this {
    this.#planned.push({ at, event, ...(path.length > 0 && { path }) });
    return this;
  }

  /** The attempt that is there then ends by itself. */
  crash(at: Millis, path: string, exit: Exit = CRASH): this {
    this.#planned.push({
      at,
      event: { type: "exited", generation: -2, exit },
      path: path.split("/"),
    });
    return this;
  }

  /** Lets time pass, up to an instant and with all that happens at it. */
  run(until: Millis): this {
    for (let steps = 0; steps < 20_000; steps++) {
      const due = this.tree.deadline(this.state);
      const next = this.#next();
      const at = Math.min(due ?? Infinity, next?.at ?? Infinity);
      if (at > until) {
        this.now = Math.max(this.now, until);
        return this;
      }
      this.now = Math.max(this.now, at);
      if (next && next.at <= (due ?? Infinity)) {
        this.#planned = this.#planned.filter((one) => one !== next);
        this.#happen(next);
      } else this.give({ type: "tick" });
    }
    throw new Error("no end");
  }

  #next(): Planned | undefined {
    return this.#planned.reduce<Planned | undefined>(
      (first, one) => (!first || one.at < first.at ? one : first),
      undefined,
    );
  }

  #happen({ event, path, of }: Planned): void {
    const name = (path ?? []).join("/");
    if (of !== undefined && !this.#isThere(of)) return;
    if (event.type !== "exited") return void this.give(event, path);
    const generation = event.generation === -2 ? this.#alive.get(name) : event.generation;
    if (generation === undefined || this.#alive.get(name) !== generation) return;
    const isCrash = event.generation === -2;
    this.#gone(name, isCrash ? `${name}!` : `-${name}`);
    this.give({ ...event, generation }, path);
  }

  #isThere(of: string): boolean {
    const [name, generation] = of.split("#");
    return String(this.#alive.get(name as string)) === generation;
  }

  #gone(name: string, what: string): void {
    this.#alive.delete(name);
    this.#tell(what);
  }

  #tell(what: string): void {
    this.story.push(`${this.now} ${what}`);
  }

  give(event: TreeHappening, path: readonly string[] = []): readonly TreeEffect[] {
    const given = { draw: this.draw, wall: 1_000_000 + this.now, path };
    const before = deepFreeze(this.state);
    const [after, effects] = this.tree.step(before, { ...event, ...given }, this.now);
    const same = plain(deepFreeze(after));
    if (JSON.stringify(same) !== JSON.stringify(after)) throw new Error("no plain JSON");
    const [unread, untold] = this.tree.step(this.#unread, { ...event, ...given }, this.now);
    this.#unread = unread;
    if (JSON.stringify(untold) !== JSON.stringify(effects)) throw new Error("told otherwise");
    this.state = after === before ? after : this.tree.parse(same, this.now);
    if (this.tree.deadline(unread) !== this.tree.deadline(this.state)) {
      throw new Error("due otherwise");
    }
    for (const effect of effects) this.#obey(effect);
    return effects;
  }

  #obey(effect: TreeEffect): void {
    this.effects.push(effect);
    const name = "path" in effect && effect.path ? effect.path.join("/") : "";
    if (effect.type !== "note" && effect.type !== "drawn") {
      this.told.push(`${this.now} ${effect.type}${name && ` ${name}`}`);
    }
    switch (effect.type) {
      case "launch":
        return this.#launch(name, effect.path, effect.generation);
      case "request-stop":
        return this.#ends(effect.path, effect.generation, this.manners[name]?.stopMs, {
          kind: "cancelled",
        });
      case "kill":
        if (this.manners[name]?.mortal === false) return;
        return this.#ends(effect.path, effect.generation, 0, {
          kind: "signalled",
          signal: "SIGKILL",
        });
      case "abandon":
        this.#alive.delete(name);
        return;
      case "up":
        if (name && this.#alive.has(name)) this.#tell(`+${name}`);
        return;
      case "answered":
        if (this.answers.has(effect.ref)) throw new Error(`${effect.ref} is answered twice`);
        this.answers.set(effect.ref, effect.ok ? "ok" : effect.error);
        return;
      case "fault":
        this.#tell(`fault ${String((effect.error as Error).message)}`);
        return;
      case "settle":
        this.outcome = effect.outcome;
        this.#tell(effect.outcome.type);
    }
  }

  #launch(name: string, path: readonly string[], generation: number): void {
    const n = (this.#launches.get(name) ?? 0) + 1;
    this.#launches.set(name, n);
    const manner = this.manners[name] ?? {};
    const of = `${name}#${generation}`;
    if (this.#alive.has(name)) throw new Error(`${name} is there twice`);
    this.#alive.set(name, generation);
    const never = manner.starts?.[n];
    if (never) {
      this.#planned.push({
        at: this.now,
        event: { type: "exited", generation, exit: never },
        path,
        of,
      });
      return;
    }
    this.#planned.push({ at: this.now, event: { type: "launched", generation }, path, of });
    const { startMs = 0 } = manner;
    if (startMs === null) return;
    this.#planned.push({ at: this.now + startMs, event: { type: "ready", generation }, path, of });
  }

  #ends(path: readonly string[], generation: number, afterMs: Millis | null = 0, exit: Exit): void {
    if (afterMs === null) return;
    this.#planned.push({
      at: this.now + afterMs,
      event: { type: "exited", generation, exit },
      path,
    });
  }
}

/** As it comes back from a file. */
export const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

function deepFreeze<Value>(value: Value): Value {
  if (value === undefined) throw new Error("no plain JSON");
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
