// Plays a case of OTP's supervisor on a tree in virtual time, with scripted children that obey the tree's
// effects. It knows no rule of the supervisor.

import type { Exit } from "@steadfast/policy";
import {
  type SupervisionTree,
  supervisionTree,
  type TreeEffect,
  type TreeHappening,
  type TreeState,
} from "@steadfast/supervision/tree";
import type { OtpBurst, OtpCase, OtpChild } from "../../../../config/testing/otp-case.ts";
import type { OtpRun } from "./case.js";
import { optionsOf, REFUSED } from "./options.js";

type Event = readonly (string | number)[];
type Told = Extract<TreeEffect, { readonly type: "launch" }>;

interface Alive {
  readonly n: number;
  readonly generation: number;
  readonly spec: OtpChild;
}

/** How much of a second the children's own times may take. */
const WITHIN_MS = 900;
const MOST_STEPS = 3_000;

export function play(one: OtpCase, isSaved: boolean): OtpRun {
  const options = optionsOf(one);
  if (options === REFUSED) {
    return { boot: [], startError: true, steps: [], final: null, teardown: [] };
  }
  return new World(one, supervisionTree(options.tree), options.specs, isSaved).run();
}

class World {
  readonly #queue: TreeHappening[] = [];
  readonly #paths: (string | null)[] = [];
  readonly #starts = new Map<string, number>();
  readonly #alive = new Map<string, Alive>();
  readonly #answers = new Map<number, string | null>();
  #state: TreeState;
  #now = 0;
  #steps = 0;
  #events: Event[] = [];
  #isOver = false;

  constructor(
    readonly one: OtpCase,
    readonly tree: SupervisionTree,
    readonly specs: ReadonlyMap<string, OtpChild>,
    readonly isSaved: boolean,
  ) {
    this.#state = tree.initial();
  }

  run(): OtpRun {
    const boot = this.#recorded(() => this.#give({ type: "begin" }));
    if (this.#isOver) return { boot, startError: true, steps: [], final: null, teardown: [] };
    const steps: OtpRun["steps"][number][] = [];
    for (const [i, step] of this.one.steps.entries()) {
      this.#now = step.atSec * 1_000;
      const events = this.#recorded(() => this.#begin(step, i));
      const told = this.#isOver ? [...events, ["supExit", "shutdown"]] : events;
      const answerTo = (ref: number) => this.#answers.get(ref) ?? null;
      const returns =
        step.op === "burst" ? step.ops.map((_, k) => answerTo(refOf(i, k))) : answerTo(i);
      steps.push({ events: told, returns });
      if (this.#isOver) return { boot, startError: false, steps, final: null, teardown: [] };
    }
    const final = this.tree.children(this.#state).map((id) => {
      const status = this.#alive.has(id) ? ("running" as const) : ("stopped" as const);
      return [id, status, this.#starts.get(id) ?? 0] as const;
    });
    const teardown = this.#recorded(() => this.#give({ type: "stop", by: "stop" }));
    if (!this.#isOver) throw new Error("the stop did not end it");
    return { boot, startError: false, steps, final, teardown };
  }

  #begin(step: OtpCase["steps"][number], ref: number): void {
    switch (step.op) {
      case "crash":
      case "crashMany": {
        const list = step.op === "crash" ? [step] : step.list;
        if (!list.every(({ id }) => this.#alive.has(id))) return;
        for (const { id, reason } of list) {
          const told = reason === "kill" ? "killed" : reason;
          this.#gone(id, told, "exit", { kind: "failed", error: reason });
        }
        return;
      }
      case "advance":
        return;
      case "burst":
        for (const [k, op] of step.ops.entries()) this.#come(op, `step ${ref}.${k}`, refOf(ref, k));
        return;
      default:
        return this.#give(orderOf(step, `step ${ref}`, ref));
    }
  }

  /** It happens, and is looked at behind what has happened before it. */
  #come(op: OtpBurst, kind: string, ref: number): void {
    if (op.op === "crash") {
      const { id, reason } = op;
      const told = reason === "kill" ? "killed" : reason;
      return this.#gone(id, told, "exit", { kind: "failed", error: reason });
    }
    this.#queue.push(orderOf(op, kind, ref));
    this.#paths.push(null);
  }

  /** What happens until nothing is to be done but wait for the next step. */
  #recorded(begin: () => void): readonly Event[] {
    this.#events = [];
    const began = this.#now;
    begin();
    for (;;) {
      const next = this.#queue.shift();
      if (next) {
        this.#give(next, this.#paths.shift());
        continue;
      }
      const at = this.tree.deadline(this.#state);
      if (at === null || at > began + WITHIN_MS) break;
      this.#now = Math.max(this.#now, at);
      this.#give({ type: "tick" });
    }
    this.#now = began;
    return this.#events;
  }

  #give(event: TreeHappening, id: string | null = null): void {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new Error("no end");
    const given = { draw: 0.5, wall: this.#now, ...(id !== null && { path: [id] }) };
    const [after, effects] = this.tree.step(this.#state, { ...event, ...given }, this.#now);
    const saved = () => this.tree.parse(JSON.parse(JSON.stringify(after)), this.#now);
    this.#state = this.isSaved ? saved() : after;
    for (const [i, effect] of effects.entries()) this.#obey(effect, effects.slice(i + 1));
  }

  #report(id: string, event: TreeHappening): void {
    this.#queue.push(event);
    this.#paths.push(id);
  }

  #gone(id: string, reason: string, what: "exit" | "stop", exit: Exit): void {
    const child = this.#alive.get(id);
    if (!child) return;
    this.#alive.delete(id);
    this.#events.push([what, id, child.n, reason]);
    this.#report(id, { type: "exited", generation: child.generation, exit });
  }

  #obey(effect: TreeEffect, rest: readonly TreeEffect[]): void {
    switch (effect.type) {
      case "launch":
        return this.#launch(effect);
      case "request-stop": {
        // Asked and killed in one breath: killed.
        const [id] = effect.path as readonly [string];
        const isKilled = rest.some((other) => other.type === "kill" && other.path[0] === id);
        if (!isKilled) this.#ask(id);
        return;
      }
      case "kill":
        return this.#gone(effect.path[0] as string, "killed", "stop", {
          kind: "signalled",
          signal: "SIGKILL",
        });
      case "answered":
        this.#answers.set(effect.ref, effect.ok ? null : effect.error);
        return;
      case "fault":
        throw effect.error;
      case "settle":
        this.#isOver = true;
    }
  }

  #launch({ path, kind, generation }: Told): void {
    const id = path[0] as string;
    const spec = this.specs.get(kind) as OtpChild;
    const n = (this.#starts.get(id) ?? 0) + 1;
    this.#starts.set(id, n);
    const how = spec.starts?.[n];
    if (how === "error") {
      this.#events.push(["startError", id, n]);
      const exit: Exit = { kind: "spawn-failed", error: "scripted" };
      return this.#report(id, { type: "exited", generation, exit });
    }
    if (how === "ignore") {
      this.#events.push(["startIgnore", id, n]);
      return this.#report(id, { type: "exited", generation, exit: { kind: "completed" } });
    }
    this.#alive.set(id, { n, generation, spec });
    this.#events.push(["start", id, n]);
    this.#report(id, { type: "launched", generation });
    this.#report(id, { type: "ready", generation });
  }

  #ask(id: string): void {
    const child = this.#alive.get(id);
    if (!child) return;
    const { onShutdown } = child.spec;
    if (onShutdown === "ignore") this.#events.push(["stopIgnored", id, child.n]);
    else if (onShutdown) {
      this.#gone(id, onShutdown.exit, "stop", { kind: "failed", error: onShutdown.exit });
    } else this.#gone(id, "shutdown", "stop", { kind: "cancelled" });
  }
}

/** Orders of a burst have numbers of their own. */
const refOf = (step: number, op: number): number => 1_000 + step * 100 + op;

type Ordered = Exclude<OtpBurst, { readonly op: "crash" }>;

function orderOf(op: Ordered, kind: string, ref: number): TreeHappening {
  return op.op === "startChild"
    ? { type: "start-child", id: op.child.id, kind, ref }
    : { type: ORDERS[op.op], id: op.id, ref };
}

const ORDERS = {
  terminateChild: "terminate-child",
  restartChild: "restart-child",
  deleteChild: "delete-child",
} as const;
