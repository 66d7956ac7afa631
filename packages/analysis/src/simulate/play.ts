// The supervision of one child in a virtual world. The supervision decides; the world only says when a child
// ends and how, and what an operator orders.
//
// - Of what falls on one instant the child's end comes first, then what the supervision is due to do, then an
//   operator's order.
// - A child is there as soon as it is launched, unless it could not be started; asked to stop, it ends at once.

import type { Exit, LaunchEvent, Millis, RestartDecision, RestartPolicy } from "@steadfast/policy";
import type {
  Effect,
  Ending,
  Happening,
  Supervision,
  SupervisionState,
} from "@steadfast/supervision";
import type { SimulatedLaunch, SimulatedRefusal, Simulation, SimulationEnd } from "./simulation.js";
import type { SettledWorld } from "./world.js";

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Of<Type extends Effect["type"]> = Extract<Effect, { readonly type: Type }>;

/** A child that is up, and how it will end. */
interface Child {
  readonly generation: number;
  readonly endsAt: number;
  readonly exit: Exit;
}

const CANCELLED: Exit = { kind: "cancelled" };

/** One simulation. */
export class Play {
  readonly #name: string;
  readonly #world: SettledWorld;
  readonly #machine: Supervision;
  readonly #launches: Mutable<SimulatedLaunch>[] = [];
  readonly #refusals: SimulatedRefusal[] = [];
  #state: SupervisionState;
  #now: Millis = 0;
  #child: Child | null = null;
  #orders = 0;
  #uptimeMs = 0;
  #draw: number;
  /** When the policy said yes last, and with what delay. */
  #admitted = { admittedAt: 0, delayMs: 0 };
  #end: SimulationEnd | null = null;
  #why: string | null = null;

  constructor({ name }: RestartPolicy, machine: Supervision, world: SettledWorld) {
    this.#name = name;
    this.#world = world;
    this.#machine = machine;
    this.#state = machine.initial();
    this.#draw = world.draw();
  }

  toTheEnd(): Simulation {
    this.#give({ type: "begin" });
    while (this.#end === null) this.#next();
    const untilMs = this.#end === "horizon" ? this.#world.forMs : this.#now;
    const last = this.#launches.at(-1);
    const upMs = last && last.uptimeMs === null ? untilMs - last.at : 0;
    const uptimeMs = this.#uptimeMs + upMs;
    return {
      launches: this.#launches,
      refusals: this.#refusals,
      uptimeMs,
      downtimeMs: untilMs - uptimeMs,
      untilMs,
      endedAt: this.#end === "horizon" || this.#end === "max-launches" ? null : untilMs,
      end: this.#end,
      why: this.#why,
    };
  }

  /** Goes to the next instant at which something happens, and lets it happen. */
  #next(): void {
    const ends = this.#child?.endsAt ?? Infinity;
    const due = this.#machine.deadline(this.#state) ?? Infinity;
    const order = this.#world.orders[this.#orders];
    const ordered = order?.at ?? Infinity;
    const first = Math.min(ends, due, ordered);
    if (first > this.#world.forMs) return this.#finish("horizon");
    this.#now = Math.max(this.#now, first);
    if (ends === first) return this.#exit(this.#child as Child);
    if (due === first) return this.#give({ type: "tick" });
    this.#orders++;
    if (order?.order === "reset") return this.#give({ type: "reset" });
    this.#give({ type: "restart", requester: "operator", reason: "ordered" });
  }

  #exit({ generation, exit }: Child): void {
    this.#child = null;
    this.#give({ type: "exited", generation, exit });
  }

  #give(event: Happening): void {
    const wall = this.#world.wallAt + this.#now;
    const given = { ...event, draw: this.#draw, wall };
    const [state, effects] = this.#machine.step(this.#state, given, this.#now);
    this.#state = state;
    for (const effect of effects) if (this.#end === null) this.#obey(effect);
  }

  #obey(effect: Effect): void {
    switch (effect.type) {
      case "drawn":
        this.#draw = this.#world.draw();
        return;
      case "note":
        return effect.event.type === "launch"
          ? this.#asked(effect.event, effect.decision)
          : undefined;
      case "launch":
        return this.#launch(effect);
      case "request-stop":
        return this.#child ? this.#exit({ ...this.#child, exit: CANCELLED }) : undefined;
      case "exited":
        return this.#exited(effect);
      case "report":
        if (effect.report.type === "healthy") Object.assign(this.#last(), { healthy: true });
        return;
      case "fault":
        return this.#finish("failed", this.#faultOf(effect.error));
      case "refused":
        return this.#refused(effect);
      case "settle":
        return this.#settled(effect.outcome.type);
    }
  }

  #asked({ cause }: LaunchEvent, decision: RestartDecision): void {
    if (decision.type === "refuse") {
      const { reason, retryAfterMs } = decision;
      this.#refusals.push({ at: this.#now, cause, reason, retryAfterMs });
    }
    // What an operator is allowed happens at once, and says nothing about what is waited for.
    if (decision.type === "launch" && cause !== "operator") {
      this.#admitted = { admittedAt: this.#now, delayMs: decision.delayMs };
    }
  }

  /** What the policy did not say itself: that the time for all attempts is over. */
  #refused({ reason, retryAfterMs }: Of<"refused">): void {
    const said = this.#refusals.at(-1);
    if (said?.at === this.#now && said.reason === reason) return;
    const cause = this.#launches.length === 0 ? "start" : "restart";
    this.#refusals.push({ at: this.#now, cause, reason, retryAfterMs });
  }

  #launch({ cause, generation, attempt }: Of<"launch">): void {
    if (attempt > this.#world.maxLaunches) return this.#finish("max-launches");
    const at = this.#now;
    const by = cause === "operator" ? { admittedAt: at, delayMs: 0 } : this.#admitted;
    const launch = { at, cause, ...by, healthy: false, uptimeMs: null, exit: null, failed: false };
    this.#launches.push(launch);
    const exit = this.#world.exitOf(attempt);
    if (exit.kind === "spawn-failed") return this.#give({ type: "exited", generation, exit });
    this.#child = { generation, endsAt: at + this.#world.uptimeOf(attempt), exit };
    this.#give({ type: "launched", generation });
  }

  #exited({ exit, failed, uptimeMs }: Of<"exited">): void {
    Object.assign(this.#last(), { uptimeMs, exit, failed });
    this.#uptimeMs += uptimeMs;
  }

  #last(): Mutable<SimulatedLaunch> {
    return this.#launches.at(-1) as Mutable<SimulatedLaunch>;
  }

  #settled(outcome: Ending["type"]): void {
    if (outcome === "stopped") return;
    this.#finish(outcome, this.#refusals.at(-1)?.reason ?? null);
  }

  /** What the policy did against its contract; what it threw is thrown. */
  #faultOf(error: unknown): string {
    if (!(error instanceof Error && error.name === "ContractError")) throw error;
    return error.message.replace(`policy: ${this.#name}: `, "");
  }

  #finish(end: SimulationEnd, why: string | null = null): void {
    this.#end ??= end;
    this.#why ??= why;
  }
}
