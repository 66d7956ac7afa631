// Carries the supervision of one child out: turns what happens into events, and effects into calls. It
// knows no rule. Beside the state, which is plain JSON, it keeps two live things: the last exit and the
// first fault.

import type { Exit, Millis } from "@steadfast/policy";
import type {
  Effect,
  Given,
  Happening,
  Supervision,
  SupervisionEvent,
  SupervisionState,
  Tag,
} from "@steadfast/supervision";
import { callAsync } from "./call-async.js";
import { carryOut, type Stage } from "./carry-out.js";
import { ChildPort, type PortOwner } from "./child-port.js";
import { Driving } from "./driving.js";
import { type Extras, extrasOf } from "./extras.js";
import type { Launcher } from "./launcher.js";
import { type Outcome, outcomeOf } from "./outcome.js";
import type { PolicyFinding } from "./policy-finding.js";
import type { AskedChild, RequestDesk, Requests } from "./request-layer.js";
import { releaseId } from "./same-id.js";
import { changeSince, takeUp } from "./snapshot.js";
import type { SuperviseSettings } from "./supervise-settings.js";
import type { System } from "./system.js";

type Settled = Extract<Effect, { readonly type: "settle" }>;

export class Driver<Value>
  extends Driving<Happening, Outcome<Value>>
  implements Stage, PortOwner, RequestDesk
{
  state: SupervisionState;
  readonly port: ChildPort<Value>;
  readonly extras: Extras | null;
  #lastExit: Exit<Value> | null;
  #settled: Settled | null = null;
  #requests: Requests | null = null;

  constructor(
    readonly machine: Supervision,
    launcher: Launcher<Value>,
    readonly settings: SuperviseSettings,
    system: System,
  ) {
    super(system);
    const { snapshot } = settings;
    this.state =
      snapshot === undefined ? machine.initial() : takeUp(machine, snapshot, this.alarm.now());
    this.#lastExit = this.state.slot.lastExit;
    this.port = new ChildPort(launcher, this);
    this.extras = extrasOf(this, launcher, settings, this.alarm);
  }

  get id(): string {
    return this.settings.id;
  }

  get tag(): Tag {
    return this.state.slot;
  }

  /** Begins. What the launcher throws at first because it was misused goes to the caller. What is questionable is not kept. */
  begin(findings: readonly PolicyFinding[]): void {
    const { signal, shared, onEvent, snapshot, policy } = this.settings;
    this.now = this.alarm.now();
    this.beginTelling(onEvent, findings);
    const changed = snapshot === undefined ? null : changeSince(snapshot, policy);
    if (changed) this.tell({ type: "policy-changed", ...changed });
    const isSettling = this.#settlesPast();
    if (this.obeySignal(signal)) return;
    if (shared) this.leaving(shared.join(this, () => this.act({ type: "forgiven" })));
    // The first launch is an act of its own: an order given meanwhile comes before it.
    if (isSettling) return;
    this.act({ type: "begin" }, { type: "tick" });
    if (this.misuse) throw this.misuse.error;
  }

  /** An attempt of another host may still be there: nothing begins before its launcher says that it is not. */
  #settlesPast(): boolean {
    const { slot, seat } = this.state;
    const { launcher } = this.port;
    if (slot.phase.status === "stopped" || !launcher.settlePast) return false;
    const { attempt, generation } = slot;
    this.isSettling = true;
    const { at = this.now } = this.settings.snapshot as { readonly at?: Millis };
    const { pid = null, startTime = null } = seat ?? {};
    const past = { id: this.id, attempt, generation, pid, startTime, at };
    void callAsync(() => launcher.settlePast?.(past))
      .catch((error) => this.callbackFailed("settlePast", error))
      .then(() => {
        this.isSettling = false;
        this.act({ type: "begin" }, { type: "tick" });
      });
    return true;
  }

  get pending(): Requests | null {
    return this.#requests;
  }

  /** The requests to the child; null if its kind cannot be asked. */
  get requests(): Requests | null {
    this.#requests ??= this.port.launcher.requests?.(this) ?? null;
    return this.#requests;
  }

  /** The child that is ready to be asked: not while an act is being done, which may change that. */
  get asked(): AskedChild | null {
    const { child } = this.port;
    const { phase, attempt, generation } = this.state.slot;
    if (!child?.ask || phase.status !== "ready" || this.isBusy) return null;
    return { child, attempt, generation };
  }

  get isOver(): boolean {
    return this.ended !== null || this.state.held !== null;
  }

  get lastExit(): Exit<Value> | null {
    return this.#lastExit;
  }

  protected deadline(): Millis | null {
    return this.isSettling ? null : this.machine.deadline(this.state);
  }

  protected isPaused(): boolean {
    return this.machine.isPaused(this.state);
  }

  protected happens(event: Happening & Writable<Partial<Given>>, wall: Millis): void {
    const { shared } = this.settings;
    if (shared) event.shared = shared.state;
    const [state, effects] = this.machine.step(this.state, event as SupervisionEvent, this.now);
    this.state = state;
    for (const effect of effects) this.#obey(effect, wall);
  }

  #obey(effect: Effect, wall: Millis): void {
    switch (effect.type) {
      case "drawn":
        return this.chance.used();
      case "share":
        this.settings.shared?.changed(effect.state);
        return;
      case "forgiven":
        return this.settings.shared?.forgiven(this);
      case "fault":
        this.fault ??= { error: effect.error };
        return;
      case "answer":
        this.answer = effect.answer;
        return;
      case "settle":
        this.#settled = effect; // the effects after it are still carried out
        return;
      case "callback-failed":
        return this.callbackFailed(effect.callback, effect.error);
      case "exited":
        this.#lastExit = effect.exit as Exit<Value>;
        this.#requests?.exited(effect.generation, effect.attempt, effect.exit);
        return carryOut(this, effect, this.now, wall);
      default:
        return carryOut(this, effect, this.now, wall);
    }
  }

  protected endIfSettled(): void {
    const settled = this.#settled;
    if (!settled) return this.#requests?.look();
    this.ended = outcomeOf(settled.outcome, {
      lastExit: this.#lastExit,
      attempts: settled.attempt,
      error: this.fault?.error,
      abortReason: this.settings.signal?.reason,
    });
    this.extras?.prober?.stop();
    releaseId(this.port.launcher, this);
    this.finish(this.ended);
    this.#requests?.look();
  }
}

type Writable<One> = { -readonly [Key in keyof One]: One[Key] };
