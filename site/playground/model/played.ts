// What becomes of one child under a policy, if it ends at the instants that stand on the time line. The supervision that
// `supervise` carries out decides everything; here is only the world:
//
// - Time is whole milliseconds, from 0 to `forMs`, both included. The supervision begins at 0 and asks the policy for its start.
// - A crash is an instant at which the child ends, as failed; `clean` is one at which it ends well. If the child is not up
//   then, because it waits or because all is over, the mark hits nothing: it is skipped, and says so. It does not wait for
//   the child.
// - What falls on one instant: if the child is up, a mark ends it before anything else (so a child that ends at exactly
//   `healthyAfterMs` was not healthy). If it is not, what is due comes first: a child that is launched at this instant is ended
//   by the mark, with an uptime of 0. Two marks at one instant end two attempts, if the second is launched at once; else the
//   second hits nothing.
// - `reset` is an operator's order; what is due at its instant, and the marks before it in the list, come first.
// - Draws are those of `simulate` with the same seed: the n-th request gets the same number under any policy.
// - After `MOST_STEPS` answers it is cut off: a policy that is asked again each millisecond may not hold up the page.

import {
  type Exit,
  type Millis,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  subdraw,
} from "@steadfast/policy";
import {
  type Effect,
  type Happening,
  type PendingWait,
  type Supervision,
  type SupervisionState,
  supervision,
} from "@steadfast/supervision";
import { type PresetRules, sideOptions } from "./policy-in.ts";
import type { Mark, Scene } from "./scene.ts";

export const MOST_STEPS = 1_000;

/** One thing that the policy heard or was asked. An exit and the request that follows it at once are one. */
export interface Step {
  readonly at: Millis;
  /** What the policy was asked, or told if nothing was asked. */
  readonly event: RestartEvent;
  /** The exit that came right before it; null where there was none. */
  readonly ended: { readonly uptimeMs: Millis; readonly failed: boolean } | null;
  readonly decision: RestartDecision;
  /** The policy's state before it was asked, and after all of it. */
  readonly before: unknown;
  readonly after: unknown;
}

/** A time in which the child is up, or is not and waits. */
export interface Span {
  readonly kind: "up" | "delay" | "not-yet";
  readonly from: Millis;
  /** The end of the line, if it goes on then. */
  readonly to: Millis;
  /** Of `up`: from when it was healthy, if ever, and how it ended. */
  readonly healthyAt: Millis | null;
  readonly end: "failed" | "completed" | null;
  /** Of `not-yet`: the policy's reason. */
  readonly reason: string | null;
}

/** What became of a mark. */
export type Hit =
  | { readonly type: "hit" }
  /** The child was not up; `until`: it was waiting for this instant. */
  | { readonly type: "missed"; readonly until: Millis | null }
  | { readonly type: "beyond" };

export interface Played {
  readonly steps: readonly Step[];
  readonly spans: readonly Span[];
  /** In the order of the marks. */
  readonly hits: readonly Hit[];
  /** How it ended before the end of the line; null if it did not. */
  readonly over: {
    readonly at: Millis;
    readonly outcome: string;
    readonly reason: string | null;
  } | null;
  /** Up to which instant, if it was cut off. */
  readonly cutAt: Millis | null;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const CRASH: Exit = { kind: "failed", code: 1 };
const WELL: Exit = { kind: "completed" };

export function played(policy: RestartPolicy, rules: PresetRules, scene: Scene): Played {
  return new Run(policy, rules, scene).toTheEnd();
}

class Run {
  readonly #scene: Scene;
  readonly #policy: RestartPolicy;
  readonly #machine: Supervision;
  readonly #origin: number;
  readonly #steps: Mutable<Step>[] = [];
  readonly #spans: Mutable<Span>[] = [];
  #state: SupervisionState;
  #now: Millis = 0;
  #draws = 0;
  /** The generation of the child that is up. */
  #up: number | null = null;
  #wait: PendingWait | null = null;
  #over: Mutable<NonNullable<Played["over"]>> | null = null;

  constructor(policy: RestartPolicy, rules: PresetRules, scene: Scene) {
    this.#scene = scene;
    this.#policy = policy;
    this.#machine = supervision({ ...sideOptions(rules, scene), policy });
    this.#state = this.#machine.initial();
    this.#origin = subdraw(0, scene.seed);
  }

  toTheEnd(): Played {
    const { marks, forMs } = this.#scene;
    this.#give({ type: "begin" });
    const order = marks.map((mark, i) => ({ ...mark, i })).sort((one, other) => one.at - other.at);
    const hits: Hit[] = [];
    for (const { i, ...mark } of order) {
      hits[i] = mark.at > forMs ? { type: "beyond" } : this.#hit(mark);
    }
    while (this.#tickBy(forMs)) {}
    for (const span of this.#spans) span.to = Math.min(span.to, forMs);
    const cutAt = this.#isCut() ? this.#now : null;
    return { steps: this.#steps, spans: this.#spans, hits, over: this.#over, cutAt };
  }

  #hit({ at, kind }: Mark): Hit {
    while (this.#tickBy(at - 1)) {}
    while ((this.#up === null || kind === "reset") && this.#tickBy(at)) {}
    if (this.#isCut() || this.#over !== null) return { type: "missed", until: null };
    this.#now = at;
    if (kind === "reset") this.#give({ type: "reset" });
    else if (this.#up === null) return { type: "missed", until: this.#wait?.until ?? null };
    else this.#exit(this.#up, kind === "crash" ? CRASH : WELL);
    return { type: "hit" };
  }

  #isCut(): boolean {
    return this.#steps.length >= MOST_STEPS;
  }

  /** Does the next thing that is due, if it is due by `at`; answers whether there was one. */
  #tickBy(at: Millis): boolean {
    const due = this.#machine.deadline(this.#state);
    if (due === null || due > at || this.#over !== null || this.#isCut()) return false;
    this.#now = Math.max(this.#now, due);
    this.#give({ type: "tick" });
    return true;
  }

  #exit(generation: number, exit: Exit): void {
    this.#up = null;
    this.#give({ type: "exited", generation, exit });
  }

  #give(event: Happening): void {
    const draw = subdraw(this.#origin, `draw:${this.#draws}`);
    const given = { ...event, draw, wall: this.#now };
    const [state, effects] = this.#machine.step(this.#state, given, this.#now);
    this.#state = state;
    for (const effect of effects) this.#obey(effect);
    this.#follow(this.#state.wait);
  }

  #obey(effect: Effect): void {
    switch (effect.type) {
      case "drawn":
        this.#draws++;
        return;
      case "note":
        return this.#note(effect.event, effect.decision, effect.before);
      case "launch":
        this.#up = effect.generation;
        this.#open("up", null);
        return this.#give({ type: "launched", generation: effect.generation });
      case "exited":
        this.#close(effect.failed ? "failed" : "completed");
        return;
      case "report":
        if (effect.report.type === "healthy") this.#last().healthyAt = this.#now;
        return;
      case "fault":
        this.#settle("failed", effect.error instanceof Error ? effect.error.message : null);
        return;
      case "settle":
        this.#settle(effect.outcome.type, reasonOf(effect.outcome));
    }
  }

  #note(event: RestartEvent, decision: RestartDecision, before: unknown): void {
    const [after] = this.#policy.step(before, event, this.#now);
    const ended =
      event.type === "exited" ? { uptimeMs: event.uptimeMs, failed: event.failed } : null;
    const last = this.#steps.at(-1);
    const at = this.#now;
    // The request that follows an exit belongs to it.
    if (event.type === "launch" && last?.event.type === "exited" && last.at === at) {
      Object.assign(last, { event, decision, before, after });
      return;
    }
    this.#steps.push({ at, event, ended, decision, before, after });
  }

  #open(kind: Span["kind"], reason: string | null): void {
    this.#close(null);
    const from = this.#now;
    this.#spans.push({ kind, from, to: Infinity, healthyAt: null, end: null, reason });
  }

  #close(end: Span["end"]): void {
    const last = this.#spans.at(-1);
    if (last?.to === Infinity) Object.assign(last, { to: this.#now, end });
  }

  /** What the child waits for has changed. */
  #follow(wait: PendingWait | null): void {
    const { for: kind, until, reason } = wait ?? {};
    if (kind === this.#wait?.for && until === this.#wait?.until) return;
    this.#wait = wait;
    if (this.#up !== null) return;
    if (kind !== undefined && until !== this.#now) this.#open(kind, reason ?? null);
  }

  #last(): Mutable<Span> {
    return this.#spans.at(-1) as Mutable<Span>;
  }

  #settle(outcome: string, reason: string | null): void {
    this.#over ??= { at: this.#now, outcome, reason };
    this.#close(null);
  }
}

function reasonOf(outcome: { readonly type: string; readonly reason?: string }): string | null {
  return outcome.reason ?? null;
}
