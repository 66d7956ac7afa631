// Carries a supervision out: turns what happens into events, and effects into calls. It knows no rule.
//
// One act at a time: the supervision is stepped, its effects are carried out in order, and so is
// whatever was waiting; then the alarm is set to the next deadline, and last the listeners hear of it.
// Everything runs in the async context in which the supervision was begun. Beside the state, which is plain JSON, the driver keeps two live things: the last exit and the first
// fault. What happens once it is over has no effect.

import type { Exit, Millis } from "@steadfast/policy";
import type {
  Effect,
  Given,
  Happening,
  Supervision,
  SupervisionEvent,
  SupervisionState,
} from "@steadfast/supervision";
import { onAbort } from "./abort-hub.js";
import { type Alarm, type AlarmEntry, alarmOf, OUT } from "./alarm.js";
import { type AsyncContext, captureContext, inContext } from "./async-context.js";
import { carryOut, type Stage } from "./carry-out.js";
import { type Chance, chanceOf } from "./chance.js";
import { ChildPort } from "./child-port.js";
import { ContractError } from "./errors.js";
import { type Extras, extrasOf } from "./extras.js";
import type { Launcher } from "./launcher.js";
import { type Outcome, outcomeOf } from "./outcome.js";
import { takeUp } from "./snapshot.js";
import type { SuperviseSettings } from "./supervise-settings.js";
import type { System } from "./system.js";
import { Voice } from "./voice.js";

type Settled = Extract<Effect, { readonly type: "settle" }>;
type Answer = Extract<Effect, { readonly type: "answer" }>["answer"];

/** An event on its way, or what is to be run when it is its turn. */
type Act = Happening | (() => void);

export class Driver<Value> extends Voice implements AlarmEntry, Stage {
  // The entry in the alarm's heap.
  at: Millis = 0;
  turn = 0;
  place = OUT;

  state: SupervisionState;
  ended: Outcome<Value> | null = null;
  readonly port: ChildPort<Value>;
  readonly alarm: Alarm;
  readonly extras: Extras | null;
  #lastExit: Exit<Value> | null;
  #fault: { readonly error: unknown } | null = null;
  #misuse: { readonly error: unknown } | null = null;
  #settled: Settled | null = null;
  #answer: Answer | null = null;
  #waiting: Act[] | null = null;
  /** Whether an act is being done. */
  isBusy = false;
  #outcome: Promise<Outcome<Value>> | null = null;
  #settle: ((outcome: Outcome<Value>) => void) | null = null;
  #leave: (() => void)[] | null = null;
  readonly #context: AsyncContext = captureContext();
  readonly #chance: Chance;

  constructor(
    readonly machine: Supervision,
    launcher: Launcher<Value>,
    readonly settings: SuperviseSettings,
    readonly system: System,
  ) {
    super();
    this.alarm = alarmOf(system);
    this.#chance = chanceOf(system);
    const { snapshot } = settings;
    this.state =
      snapshot === undefined ? machine.initial() : takeUp(machine, snapshot, this.alarm.now());
    this.#lastExit = this.state.slot.lastExit;
    this.port = new ChildPort(launcher, this);
    this.extras = extrasOf(this, launcher, settings, this.alarm);
  }

  /** Begins. What the launcher throws at first because it was misused goes to the caller. */
  begin(): void {
    const { signal, shared } = this.settings;
    this.now = this.alarm.now();
    this.beginTelling();
    if (signal?.aborted) return this.act({ type: "stop", by: "abort" });
    if (signal) {
      const onAborted = (again: boolean) =>
        this.act({ type: again ? "kill" : "stop", by: "abort" });
      this.#leaving(onAbort(signal, onAborted));
    }
    if (shared) this.#leaving(shared.join(this, () => this.act({ type: "forgiven" })));
    // The first launch is an act of its own: an order given meanwhile comes before it.
    this.act({ type: "begin" }, { type: "tick" });
    if (this.#misuse) throw this.#misuse.error;
  }

  misused(error: unknown): void {
    this.#misuse = { error };
  }

  #leaving(one: () => void): void {
    this.#leave ??= [];
    this.#leave.push(one);
  }

  get outcome(): Promise<Outcome<Value>> {
    this.#outcome ??= this.ended
      ? Promise.resolve(this.ended)
      : new Promise((resolve) => {
          this.#settle = resolve;
        });
    return this.#outcome;
  }

  // --- one act ----------------------------------------------------------------------------------------

  /** Something happened. While an act is being done it waits, and `last` comes after all that waits. */
  act(act: Act, last?: Act): void {
    if (this.ended) return;
    if (this.isBusy) {
      this.#waiting ??= [];
      this.#waiting.push(act);
    } else inContext(this.#context, doActs<Value>, this, act, last);
  }

  /** Something happened that comes before whatever is waiting. */
  first(act: Act): void {
    if (!this.isBusy) return this.act(act);
    this.#waiting ??= [];
    this.#waiting.unshift(act);
  }

  /** An order that is answered. */
  order(event: Happening): Answer | null {
    this.#answer = null;
    this.act(event);
    return this.#answer;
  }

  ring(): void {
    this.act({ type: "tick" });
  }

  /** Does an act, in the driver's context. */
  acts(act: Act, last?: Act): void {
    this.isBusy = true;
    this.#step(act);
    this.#drain();
    if (last) this.#step(last);
    this.#drain();
    this.isBusy = false;
    if (this.#settled) this.#end(this.#settled);
    this.#wake(this.ended ? null : this.machine.deadline(this.state));
    this.flush();
  }

  #drain(): void {
    for (let next = this.#waiting?.shift(); next; next = this.#waiting?.shift()) this.#step(next);
    this.#waiting = null;
  }

  #step(act: Act): void {
    try {
      this.now = this.alarm.now();
      if (this.alarm.fault && !this.#fault) {
        this.#carry({ type: "fault", error: this.alarm.fault });
      }
      if (typeof act === "function") act();
      else this.#carry(act);
    } catch (error) {
      this.#carry({ type: "fault", error });
    }
  }

  /** The wall clock, as it is now. */
  #wall(): Millis {
    const { system } = this;
    const wall = Math.floor(system.wall ? system.wall() : this.now) + 0;
    if (Number.isSafeInteger(wall)) return wall;
    throw new ContractError("system", `wall() must answer epoch milliseconds, got ${wall}`);
  }

  /** An event, made for this call, is given the outside world. A fault needs none: there may be none. */
  #carry(event: Happening & Writable<Partial<Given>>): void {
    const { shared } = this.settings;
    const isFault = event.type === "fault";
    const wall = isFault ? 0 : this.#wall();
    event.wall = wall;
    event.draw = isFault ? 0 : this.#chance.draw;
    if (shared) event.shared = shared.state;
    const [state, effects] = this.machine.step(this.state, event as SupervisionEvent, this.now);
    this.state = state;
    for (const effect of effects) this.#obey(effect, wall);
  }

  #wake(at: Millis | null): void {
    const isSet = at === null ? this.place === OUT : this.place >= 0 && this.at === at;
    if (!isSet) this.alarm.move(this, at);
  }

  #obey(effect: Effect, wall: Millis): void {
    switch (effect.type) {
      case "drawn":
        return this.#chance.used();
      case "share":
        this.settings.shared?.changed(effect.state);
        return;
      case "forgiven":
        return this.settings.shared?.forgiven(this);
      case "fault":
        this.#fault ??= { error: effect.error };
        return;
      case "answer":
        this.#answer = effect.answer;
        return;
      case "settle":
        this.#settled = effect; // the effects after it are still carried out
        return;
      case "callback-failed":
        return this.callbackFailed(effect.callback, effect.error);
      case "exited":
        this.#lastExit = effect.exit as Exit<Value>;
        return carryOut(this, effect, this.now, wall);
      default:
        return carryOut(this, effect, this.now, wall);
    }
  }

  #end({ outcome, attempt }: Settled): void {
    this.ended = outcomeOf(outcome, {
      lastExit: this.#lastExit,
      attempts: attempt,
      error: this.#fault?.error,
      abortReason: this.settings.signal?.reason,
    });
    for (const one of this.#leave ?? []) one();
    this.#leave = null;
    this.extras?.prober?.stop();
    this.now = this.alarm.now();
    this.tell({ type: "ended", outcome: outcome.type });
    this.#settle?.(this.ended);
  }
}

type Writable<One> = { -readonly [Key in keyof One]: One[Key] };

function doActs<Value>(driver: Driver<Value>, act: Act, last?: Act): void {
  driver.acts(act, last);
}
