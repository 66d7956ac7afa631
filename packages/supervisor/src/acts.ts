// What every driver does with what happens: one act at a time. The machine is stepped, its effects are
// carried out in order, and so is whatever was waiting; then the alarm is set to the next deadline, and
// last the listeners hear of it. Everything runs in the async context in which the driver was made. What
// happens once it is over has no effect.

import type { Millis } from "@steadfast/policy";
import type { Given, StopSource } from "@steadfast/supervision";
import { onAbort } from "./abort-hub.js";
import { type Alarm, type AlarmEntry, alarmOf, OUT } from "./alarm-clock.js";
import { type AsyncContext, captureContext, inContext } from "./async-context.js";
import { type Chance, chanceOf } from "./chance.js";
import { ContractError } from "./errors.js";
import { pausedCountOf } from "./paused-count.js";
import type { System } from "./system.js";
import { Voice } from "./voice.js";

/** What can happen to whatever is driven. */
export type Common =
  | { readonly type: "tick" }
  | { readonly type: "fault"; readonly error: unknown }
  | { readonly type: "stop" | "kill"; readonly by: StopSource };

/** An event on its way, or what is to be run when it is its turn. */
type Act<Event> = Event | Common | (() => void);

/** An event that was made for this call: it is given the outside world in place. */
type Open = { readonly type: string } & { -readonly [Key in keyof Given]?: Given[Key] };

export abstract class Acts<Event extends { readonly type: string }>
  extends Voice
  implements AlarmEntry
{
  // The entry in the alarm's heap.
  at: Millis = 0;
  turn = 0;
  place = OUT;

  readonly alarm: Alarm;
  /** Whether an act is being done. */
  isBusy = false;
  /** How many children of it are there. */
  alive = 0;
  /** Whether the process is kept alive for it. */
  #isKept = false;
  #waiting: Act<Event>[] | null = null;
  #leave: (() => void)[] | null = null;
  /** The first fault, live: that of the alarm is carried if there was none before. */
  protected fault: { readonly error: unknown } | null = null;
  readonly #context: AsyncContext = captureContext();
  protected readonly chance: Chance;

  constructor(readonly system: System) {
    super();
    this.alarm = alarmOf(system);
    this.chance = chanceOf(system);
  }

  /** Steps the machine, and carries the effects out. */
  protected abstract happens(event: Event | Common, wall: Millis): void;
  /** Whether only an order brings a child back. */
  protected abstract isPaused(): boolean;
  /** When the machine wants a tick. */
  protected abstract deadline(): Millis | null;
  /** Ends the driver, if the machine has settled. */
  protected abstract endIfSettled(): void;

  /** Something happened. While an act is being done it waits, and `last` comes after all that waits. */
  act(act: Act<Event>, last?: Act<Event>): void {
    if (this.ended) return;
    if (this.isBusy) {
      this.#waiting ??= [];
      this.#waiting.push(act);
    } else inContext(this.#context, doActs<Event>, this, act, last);
  }

  /** Something happened that comes before whatever is waiting. */
  first(act: Act<Event>): void {
    if (!this.isBusy) return this.act(act);
    this.#waiting ??= [];
    this.#waiting.unshift(act);
  }

  ring(): void {
    this.act({ type: "tick" });
  }

  /** Does an act, in the driver's context. */
  acts(act: Act<Event>, last?: Act<Event>): void {
    this.isBusy = true;
    this.#step(act);
    this.#drain();
    if (last) this.#step(last);
    this.#drain();
    this.isBusy = false;
    this.endIfSettled();
    this.#wake(this.ended ? null : this.deadline());
    this.#keeps(!this.ended && this.place === OUT && this.alive === 0 && this.isPaused());
    this.flush();
  }

  /** Is stopped when the signal fires, and killed when it fires again. True if it has fired already. */
  protected obeySignal(signal: AbortSignal | null): boolean {
    if (!signal) return false;
    if (signal.aborted) {
      this.act({ type: "stop", by: "abort" });
      return true;
    }
    this.leaving(
      onAbort(signal, (again) => this.act({ type: again ? "kill" : "stop", by: "abort" })),
    );
    return false;
  }

  /** What is to be undone at the end. */
  protected leaving(one: () => void): void {
    this.#leave ??= [];
    this.#leave.push(one);
  }

  protected leave(): void {
    for (const one of this.#leave ?? []) one();
    this.#leave = null;
    this.now = this.alarm.now();
  }

  #drain(): void {
    for (let next = this.#waiting?.shift(); next; next = this.#waiting?.shift()) this.#step(next);
    this.#waiting = null;
  }

  #step(act: Act<Event>): void {
    try {
      this.now = this.alarm.now();
      if (this.alarm.fault && !this.fault) {
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

  /** A fault needs no outside world: there may be none. */
  #carry(event: Event | Common): void {
    const isFault = event.type === "fault";
    const wall = isFault ? 0 : this.#wall();
    const open: Open = event;
    open.wall = wall;
    open.draw = isFault ? 0 : this.chance.draw;
    this.happens(event, wall);
  }

  #wake(at: Millis | null): void {
    const isSet = at === null ? this.place === OUT : this.place >= 0 && this.at === at;
    if (!isSet) this.alarm.move(this, at);
  }

  /** Paused, without any child and without a timer: there is nothing of it that would keep the process alive. */
  #keeps(isKept: boolean): void {
    if (isKept === this.#isKept) return;
    this.#isKept = isKept;
    try {
      pausedCountOf(this.system).change(isKept ? 1 : -1);
    } catch (error) {
      this.act({ type: "fault", error });
    }
  }
}

function doActs<Event extends { readonly type: string }>(
  driver: Acts<Event>,
  act: Act<Event>,
  last?: Act<Event>,
): void {
  driver.acts(act, last);
}
