// The world in which a story is played on a tree: virtual time, a clock that may jump, and children that do what
// their lives say. Everything that happened is written down.

import { type Exit, type Millis, subdraw } from "@steadfast/policy";
import type { TreeEffect, TreeEvent } from "@steadfast/supervision/tree";
import type { AnyTree, Chronicle, Taken } from "./chronicle.js";
import { hashOf } from "./hash.js";
import type { Life, LifeEnd, Move, TreeStory } from "./story.js";

/** Lets something happen in the world. */
type Apply = (world: World, move: Exclude<Move, { readonly type: "wait" | "jump" }>) => void;

/** Somebody who is there, or on the way, whatever the tree believes. */
export interface Attempt {
  readonly path: readonly string[];
  readonly key: string;
  readonly generation: number;
  readonly life: Life;
  isThere: boolean;
  isAsked: boolean;
}

interface Report {
  readonly at: number;
  readonly attempt: Attempt;
  readonly event: Happens;
}

/** An event without what every event carries. */
export type Happens = { readonly type: string; readonly [key: string]: unknown };

const START = 100_000;
const MOST_STEPS = 100;
const LAST_STEPS = 220;
/** More ticks than this at one instant are a circle. */
const RESTLESS = 40;

export const EXITS: Readonly<Record<LifeEnd, Exit>> = {
  failed: { kind: "failed" },
  completed: { kind: "completed" },
  signalled: { kind: "signalled", signal: "SIGKILL" },
};

export class World {
  readonly taken: Taken[] = [];
  readonly alive = new Map<string, Attempt>();
  readonly ended: Attempt[] = [];
  /** Every child that was ever heard of, in the order of that. */
  readonly seen = new Map<string, readonly string[]>();
  readonly kinds = new Set<string>(["kind0", "kind1"]);
  state: unknown;
  isSettled = false;
  nextRef = 1;
  private thrown: Chronicle["thrown"] = null;
  private reports: Report[] = [];
  private elapsed = 0;
  private offset = START;
  private drawn = 0;
  private ending = Number.POSITIVE_INFINITY;
  private ticks = 0;

  constructor(
    private readonly tree: AnyTree,
    private readonly story: Omit<TreeStory, "design">,
  ) {
    this.state = tree.initial();
  }

  get now(): Millis {
    return this.elapsed + this.offset;
  }

  play(apply: Apply): Chronicle {
    this.give({ type: "begin" });
    this.run(0);
    for (const move of this.story.moves) {
      if (this.isOver(MOST_STEPS)) break;
      this.move(move, apply);
    }
    this.run(20, MOST_STEPS);
    this.ending = this.taken.length;
    this.ticks = 0;
    this.give({ type: "stop", by: "stop" });
    this.run(Number.POSITIVE_INFINITY, LAST_STEPS);
    const { taken, isSettled, thrown, ending } = this;
    return { taken, isSettled, thrown, ending };
  }

  isOver(most: number): boolean {
    return this.isSettled || this.thrown !== null || this.taken.length >= most;
  }

  private move(move: Move, apply: Apply): void {
    if (move.type === "jump") this.offset = Math.max(0, this.offset + move.ms);
    else if (move.type === "wait") this.run(move.ms);
    else apply(this, move);
    this.run(0);
  }

  /** Lets so much time pass, and everything happen that is due meanwhile. */
  private run(ms: number, most = MOST_STEPS): void {
    const until = this.elapsed + ms;
    while (!this.isOver(most)) {
      const due = this.tree.deadline(this.state as never);
      const tickAt =
        due === null ? Number.POSITIVE_INFINITY : Math.max(this.elapsed, due - this.offset);
      const report = this.nextReport();
      const reportAt = report ? Math.max(this.elapsed, report.at) : Number.POSITIVE_INFINITY;
      if (Math.min(tickAt, reportAt) > until) break;
      if (Math.min(tickAt, reportAt) === Number.POSITIVE_INFINITY) return;
      const isTick = this.story.ticksFirst ? tickAt <= reportAt : tickAt < reportAt;
      const at = isTick ? tickAt : reportAt;
      this.ticks = at > this.elapsed ? 0 : this.ticks + 1;
      if (this.ticks > RESTLESS * (isTick ? 1 : 4)) return;
      this.elapsed = at;
      if (isTick) this.give({ type: "tick" });
      else if (report) this.tell(report);
    }
    if (until !== Number.POSITIVE_INFINITY) this.elapsed = Math.max(this.elapsed, until);
  }

  private nextReport(): Report | undefined {
    let first: Report | undefined;
    for (const report of this.reports) if (!first || report.at < first.at) first = report;
    return first;
  }

  private tell(report: Report): void {
    this.reports = this.reports.filter((one) => one !== report);
    const { attempt, event } = report;
    if (event.type === "launched") attempt.isThere = true;
    if (event.type === "exited") this.forget(attempt);
    this.give({ ...event, path: attempt.path, generation: attempt.generation });
  }

  /** It is gone, or nobody is to hear of it any more. */
  private forget(attempt: Attempt): void {
    if (this.alive.get(attempt.key) === attempt) this.alive.delete(attempt.key);
    this.ended.push(attempt);
    this.reports = this.reports.filter((one) => one.attempt !== attempt);
  }

  /** It ends now. */
  crash(attempt: Attempt, exit: Exit): void {
    this.forget(attempt);
    this.give({ type: "exited", path: attempt.path, generation: attempt.generation, exit });
  }

  private expect(attempt: Attempt, ms: number | null, event: Happens): void {
    if (ms !== null) this.reports.push({ at: this.elapsed + ms, attempt, event });
  }

  give(happens: Happens): void {
    if (this.isSettled || this.thrown) return;
    const draw = subdraw((this.story.seed % 1_000) / 1_000, `${this.drawn}`);
    const { now, state: before } = this;
    const event = { ...happens, draw, wall: now } as unknown as TreeEvent;
    try {
      const [after, effects] = this.tree.step(before as never, event, now);
      this.state = after;
      this.taken.push({ before, event, now, after, effects });
      for (const effect of effects) this.obey(effect);
    } catch (error) {
      this.taken.push({ before, event, now, after: before, effects: [] });
      this.thrown = { error };
    }
  }

  handOver(): void {
    const { now, state: before } = this;
    if (this.isSettled || this.thrown) return;
    try {
      this.state = this.tree.parse(JSON.parse(JSON.stringify(before)), now);
    } catch (error) {
      this.thrown = { error };
    }
    this.taken.push({ before, event: null, now, after: this.state, effects: [] });
    this.alive.clear();
    this.reports = [];
    this.give({ type: "begin" });
  }

  private obey(effect: TreeEffect): void {
    if ("path" in effect && effect.path && effect.type !== "answered") {
      this.seen.set(effect.path.join("/"), effect.path);
    }
    switch (effect.type) {
      case "drawn":
        this.drawn += 1;
        return;
      case "settle":
        this.isSettled = true;
        return;
      case "launch":
        return this.launch(effect.path, effect.generation, effect.attempt, effect.kind);
      case "request-stop":
        return this.end(effect.path, "stopMs", { kind: "cancelled" });
      case "kill":
        return this.end(effect.path, "killMs", EXITS.signalled);
      // A tree inside is over, or a child is gone for good: nobody hears of those below any more.
      case "exited":
      case "removed":
        return this.close(effect.path, effect.type === "removed");
      case "abandon": {
        const attempt = this.alive.get(effect.path.join("/"));
        if (attempt && attempt.generation === effect.generation) this.forget(attempt);
      }
    }
  }

  private close(path: readonly string[], isWhole: boolean): void {
    const key = path.join("/");
    const isBelow = (attempt: Attempt) =>
      attempt.key.startsWith(`${key}/`) || (isWhole && attempt.key === key);
    for (const attempt of this.alive.values()) if (isBelow(attempt)) this.forget(attempt);
    const left = this.ended.filter((attempt) => !isBelow(attempt));
    this.ended.splice(0, this.ended.length, ...left);
  }

  private launch(path: readonly string[], generation: number, n: number, kind: string): void {
    const key = path.join("/");
    const { lives } = this.story;
    const life = lives[(hashOf(key) + n) % lives.length] as Life;
    const attempt: Attempt = { path, key, generation, life, isThere: false, isAsked: false };
    this.kinds.add(kind);
    this.alive.set(key, attempt);
    if (life.launchMs === null) {
      const exit = { kind: "spawn-failed", error: "no" };
      return this.expect(attempt, 0, { type: "exited", exit });
    }
    this.expect(attempt, life.launchMs, { type: "launched" });
    if (life.readyMs !== null) {
      this.expect(attempt, life.launchMs + life.readyMs, { type: "ready" });
    }
    if (life.lifeMs !== null) {
      const exit = EXITS[life.exit];
      this.expect(attempt, life.launchMs + life.lifeMs, { type: "exited", exit });
    }
  }

  private end(path: readonly string[], how: "stopMs" | "killMs", exit: Exit): void {
    const attempt = this.alive.get(path.join("/"));
    if (!attempt) return;
    attempt.isAsked = true;
    this.expect(attempt, attempt.life[how], { type: "exited", exit });
  }
}
