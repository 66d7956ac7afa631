// A supervisor's dialogue with one policy, on virtual time, without a supervisor. What is stepped, when
// and in which order is what `supervise` does with a child that is ready at once:
//
// - `start` is asked at instant 0. A delay is rounded up to an instant; at that instant the child is
//   launched. A refusal with a time is asked again then, with a fresh draw; or it ends it.
// - The policy hears of an exit, and is asked for a restart, back to back at one `now`. A failed spawn was up for 0.
// - It hears `healthy` once per attempt, `healthyAfterMs` after its launch. A child that ends at exactly
//   that instant was not healthy: the exit is seen first.
// - An operator's order comes after whatever else happens at its instant. After a `reset`, what was
//   refused for a time is asked again at once. A `restart` ends a child (no failure) or a wait, and
//   launches; the policy is not asked, unless `operatorLaunches` is `ask`.

import {
  decisionFault,
  type Exit,
  type LaunchEvent,
  type Millis,
  type RestartEvent,
  type RestartPolicy,
} from "@steadfast/policy";
import type { SupervisionRules } from "./rules.js";
import type { SimulatedLaunch, SimulatedRefusal, Simulation, SimulationEnd } from "./simulation.js";
import type { SettledWorld } from "./world.js";

type Cause = LaunchEvent["cause"];
type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What is waited for while there is no child. */
interface Wait {
  readonly for: "delay" | "not-yet";
  readonly until: Millis;
  readonly cause: Cause;
  readonly admittedAt: Millis;
  readonly delayMs: number;
}

/** A child that is up, and how it will end. */
interface Child {
  readonly launch: Mutable<SimulatedLaunch>;
  readonly endsAt: number;
  readonly exit: Exit;
}

/** The reasons of a refusal that mean "it is done", if the last exit did not fail. */
const DONE = ["not-wanted", "stop-when"];

/** One simulation. */
export class Run {
  readonly #policy: RestartPolicy;
  readonly #world: SettledWorld;
  readonly #rules: Required<SupervisionRules>;
  readonly #launches: Mutable<SimulatedLaunch>[] = [];
  readonly #refusals: SimulatedRefusal[] = [];
  #state: unknown;
  #now: Millis = 0;
  #wait: Wait | null = null;
  #child: Child | null = null;
  #orders = 0;
  #uptimeMs = 0;
  #end: SimulationEnd | null = null;
  #why: string | null = null;

  constructor(policy: RestartPolicy, world: SettledWorld, rules: Required<SupervisionRules>) {
    this.#policy = policy;
    this.#world = world;
    this.#rules = rules;
    this.#state = policy.initial();
  }

  toTheEnd(): Simulation {
    this.#ask("start");
    while (this.#end === null) this.#next();
    const { forMs } = this.#world;
    const untilMs = this.#end === "horizon" ? forMs : this.#now;
    const up = this.#child ? untilMs - this.#child.launch.at : 0;
    const uptimeMs = this.#uptimeMs + up;
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
    const at = this.#child ? this.#dueOf(this.#child) : (this.#wait?.until ?? Infinity);
    const order = this.#world.orders[this.#orders];
    const first = Math.min(at, order?.at ?? Infinity);
    if (first > this.#world.forMs) return this.#finish("horizon");
    this.#now = first;
    if (order && order.at < at) {
      this.#orders++;
      if (order.order === "reset") this.#reset();
      else this.#restart();
    } else if (this.#child) this.#childActs(this.#child);
    else if (this.#wait) this.#waited(this.#wait);
  }

  // --- the child ----------------------------------------------------------------------------------

  /** When the child ends, or is healthy if that is before. */
  #dueOf({ launch, endsAt }: Child): number {
    return launch.healthy ? endsAt : Math.min(launch.at + this.#rules.healthyAfterMs, endsAt);
  }

  #childActs({ launch, endsAt, exit }: Child): void {
    if (this.#now < endsAt) {
      launch.healthy = true;
      this.#step({ type: "healthy" });
      return;
    }
    this.#gone(launch, exit, this.#rules.isFailure(exit));
    this.#ask("restart");
  }

  #gone(launch: Mutable<SimulatedLaunch>, exit: Exit, failed: boolean): void {
    const uptimeMs = this.#now - launch.at;
    Object.assign(launch, { uptimeMs, exit, failed });
    this.#uptimeMs += uptimeMs;
    this.#child = null;
    this.#step({ type: "exited", exit, failed, uptimeMs });
  }

  #launch(cause: Cause, admittedAt: Millis, delayMs: number): void {
    const attempt = this.#launches.length + 1;
    if (attempt > this.#world.maxLaunches) return this.#finish("max-launches");
    const at = this.#now;
    const launch = { at, cause, admittedAt, delayMs, healthy: false, uptimeMs: null, exit: null };
    const record = { ...launch, failed: false };
    this.#launches.push(record);
    const exit = this.#world.exitOf(attempt);
    const lifeMs = exit.kind === "spawn-failed" ? 0 : this.#world.uptimeOf(attempt);
    this.#child = { launch: record, endsAt: at + lifeMs, exit };
  }

  // --- the policy -----------------------------------------------------------------------------------

  #step(event: RestartEvent) {
    const [state, decision] = this.#policy.step(this.#state, event, this.#now);
    this.#state = state;
    const fault = decisionFault(event, decision);
    if (fault) this.#finish("failed", fault);
    return decision;
  }

  /** Puts a request. Null if it is admitted, with its delay in `#wait`, or if the contract was broken. */
  #request(cause: Cause): SimulatedRefusal | null {
    const { draw, wallAt } = this.#world;
    const now = this.#now;
    const answer = this.#step({ type: "launch", cause, draw: draw(), wall: wallAt + now });
    if (this.#end || answer.type === "noted") return null;
    if (answer.type === "launch") {
      const { delayMs } = answer;
      const until = instantAfter(now, delayMs);
      this.#wait = { for: "delay", until, cause, admittedAt: now, delayMs };
      return null;
    }
    const { reason, retryAfterMs } = answer;
    const refusal = { at: now, cause, reason, retryAfterMs };
    this.#refusals.push(refusal);
    return refusal;
  }

  #ask(cause: Cause): void {
    const refusal = this.#end ? null : this.#request(cause);
    if (!refusal) return;
    const { reason, retryAfterMs } = refusal;
    if (retryAfterMs !== null && this.#rules.onNotYet === "wait") {
      const until = instantAfter(this.#now, retryAfterMs);
      this.#wait = { for: "not-yet", until, cause, admittedAt: until, delayMs: 0 };
      return;
    }
    const last = this.#launches.at(-1);
    const done = last !== undefined && !last.failed && DONE.includes(reason);
    this.#finish(done ? "completed" : "refused", reason);
  }

  #waited({ for: what, cause, admittedAt, delayMs }: Wait): void {
    this.#wait = null;
    if (what === "delay") this.#launch(cause, admittedAt, delayMs);
    else this.#ask(cause);
  }

  // --- the operator -----------------------------------------------------------------------------------

  #reset(): void {
    this.#step({ type: "reset" });
    const wait = this.#wait;
    if (wait?.for !== "not-yet") return;
    this.#wait = null;
    this.#ask(wait.cause);
  }

  #restart(): void {
    if (this.#rules.operatorLaunches === "ask" && this.#request("operator")) return;
    if (this.#end) return;
    this.#wait = null; // it may be that of the admission just given: an operator does not wait
    if (this.#child) this.#gone(this.#child.launch, { kind: "cancelled" }, false);
    if (!this.#end) this.#launch("operator", this.#now, 0);
  }

  #finish(end: SimulationEnd, why: string | null = null): void {
    this.#end ??= end;
    this.#why ??= why;
  }
}

/** The first whole instant that is at least `ms` after `now`; at most the largest whole number. */
function instantAfter(now: Millis, ms: number): Millis {
  return Math.min(now + Math.ceil(ms), Number.MAX_SAFE_INTEGER);
}
