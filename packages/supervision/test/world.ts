// A supervision on virtual time: a small world that carries its effects out on scripted children, sends
// every state through JSON, and writes down what happens. It knows no rule.

import type { Exit, Millis, RestartDecision, RestartEvent, RestartPolicy } from "@steadfast/policy";
import { restartOn } from "@steadfast/policy";
import {
  type Effect,
  type Happening,
  type SupervisionOptions,
  type SupervisionState,
  supervision,
} from "../src/index.js";

/** How one attempt behaves. Times count from its launch; left out: never. */
export interface Life {
  readonly runMs?: number;
  readonly exit?: Exit;
  /** It never was: no `launched`, and this exit. */
  readonly never?: Exit;
  readonly readyMs?: number;
  /** How long it takes to heed a request to stop; null for never. Default 0. */
  readonly stopMs?: number | null;
  /** Whether a kill ends it. Default true. */
  readonly mortal?: boolean;
  /** How it answers probes: after so long, or never. */
  readonly probe?: (probe: number) => { readonly afterMs: number; readonly ok: boolean } | null;
}

type Told = Exclude<Effect, { readonly type: "note" | "drawn" | "share" }>;

interface Planned {
  readonly at: Millis;
  readonly event: Happening;
}

export class World {
  readonly machine;
  state: SupervisionState;
  now: Millis;
  /** `at type` of every effect but notes and draws. */
  readonly told: string[] = [];
  readonly effects: Effect[] = [];
  readonly notes: RestartEvent[] = [];
  readonly launchedAt: Millis[] = [];
  shared: unknown;
  draws: number[];
  #planned: Planned[] = [];
  readonly #lives: readonly Life[];

  constructor(
    given: Partial<SupervisionOptions> & {
      readonly script?: readonly Life[];
      readonly from?: unknown;
      readonly now?: Millis;
      readonly draws?: readonly number[];
    } = {},
  ) {
    const { script = [], from, now = 0, draws = [], ...options } = given;
    this.#lives = script;
    this.now = now;
    this.draws = [...draws];
    this.machine = supervision({ policy: restartOn("permanent"), ...options });
    this.shared = options.shared?.initial();
    this.state = from === undefined ? this.machine.initial() : this.machine.parse(from, now);
  }

  begin(): this {
    this.give({ type: "begin" });
    this.give({ type: "tick" });
    return this;
  }

  /** Lets one event happen now; answers its effects. */
  give(event: Happening): readonly Effect[] {
    const given = { draw: this.draws[0] ?? 0.5, wall: 1_000_000 + this.now, shared: this.shared };
    const frozen = deepFreeze(this.state);
    const [after, effects] = this.machine.step(frozen, { ...event, ...given }, this.now);
    const same = JSON.parse(JSON.stringify(after)) as SupervisionState;
    if (!isDeepEqual(same, after)) throw new Error("the state is no plain JSON");
    this.state = after === frozen ? after : this.machine.parse(same, this.now);
    for (const effect of effects) this.#obey(effect);
    return effects;
  }

  /** Passes time, ringing every deadline and every planned event on the way. */
  pass(ms: number): this {
    const until = this.now + ms;
    for (let guard = 0; ; guard++) {
      if (guard > 100_000) throw new Error("it never gets on");
      const due = this.machine.deadline(this.state) ?? Infinity;
      const planned = this.#planned[0]?.at ?? Infinity;
      const next = Math.min(due, planned);
      if (next > until) break;
      this.now = Math.max(this.now, next);
      if (planned <= due) this.give((this.#planned.shift() as Planned).event);
      else this.give({ type: "tick" });
    }
    this.now = until;
    return this;
  }

  /** The host sleeps: nothing rings meanwhile. What was planned happens when it wakes. */
  sleep(ms: number): this {
    this.now += ms;
    return this;
  }

  types(): string[] {
    return this.told.map((line) => line.split(" ")[1] as string);
  }

  plan(afterMs: number, event: Happening): void {
    this.#planned.push({ at: this.now + afterMs, event });
    this.#planned.sort((one, other) => one.at - other.at);
  }

  #obey(effect: Effect): void {
    this.effects.push(effect);
    if (effect.type === "note") this.notes.push(effect.event);
    if (effect.type === "share") this.shared = effect.state;
    if (effect.type === "drawn") this.draws.shift();
    if (!["note", "drawn", "share"].includes(effect.type)) this.#write(effect as Told);
    if (effect.type === "launch") this.#launch(effect.attempt, effect.generation);
    if (effect.type === "probe") this.#probe(effect);
    if (effect.type === "request-stop") {
      const { stopMs = 0 } = this.#life(effect.attempt);
      if (stopMs !== null) this.#end(effect, stopMs);
    }
    if (effect.type === "kill" && this.#life(effect.attempt).mortal !== false) this.#end(effect, 0);
  }

  #write(effect: Told): void {
    const what = effect.type === "report" ? effect.report.type : effect.type;
    this.told.push(`${this.now} ${what}`);
  }

  #life(attempt: number): Life {
    return this.#lives[attempt - 1] ?? {};
  }

  #launch(attempt: number, generation: number): void {
    this.launchedAt.push(this.now);
    const { runMs, exit = { kind: "failed" }, never, readyMs } = this.#life(attempt);
    if (never) return this.plan(0, { type: "exited", generation, exit: never });
    this.give({ type: "launched", generation, pid: 100 + attempt });
    if (readyMs !== undefined) this.plan(readyMs, { type: "ready", generation });
    if (runMs !== undefined) this.plan(runMs, { type: "exited", generation, exit });
  }

  /** Ends an attempt after so long, instead of when it would have ended by itself. */
  #end({ generation }: { readonly generation: number }, afterMs: number): void {
    this.#planned = this.#planned.filter(
      ({ event }) => !(event.type === "exited" && event.generation === generation),
    );
    this.plan(afterMs, { type: "exited", generation, exit: { kind: "cancelled" } });
  }

  #probe(effect: Extract<Effect, { type: "probe" }>): void {
    const { generation, probe, attempt } = effect;
    const answer = this.#life(attempt).probe?.(probe);
    if (answer) this.plan(answer.afterMs, { type: "probed", generation, probe, ok: answer.ok });
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

function isDeepEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const keys = Object.keys(other);
  return (
    keys.length === Object.keys(one).length &&
    keys.every((key) => isDeepEqual(one[key as never], other[key as never]))
  );
}

/** Answers its requests with these, in order, and then with the last. */
export function answers(...decisions: readonly RestartDecision[]): RestartPolicy<number> {
  return {
    name: "answers",
    describe: { kind: "answers", options: {}, timesMs: [] },
    initial: () => 0,
    step: (state, event) =>
      event.type === "launch"
        ? [state + 1, decisions[Math.min(state, decisions.length - 1)] as RestartDecision]
        : [state, { type: "noted" }],
    parse: (raw) => raw as number,
  };
}
