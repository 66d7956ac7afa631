// The doors of a supervision: orders are checked here, and carried out by the driver.

import type { FenceDecision } from "@steadfast/child-slot";
import { type Refuse, readOptions } from "@steadfast/policy";
import type { Order } from "@steadfast/supervision";
import { CANNOT_ASK, deliver } from "./deliver.js";
import type { Driver } from "./driver.js";
import { ContractError } from "./errors.js";
import type { EventListener } from "./event-hub.js";
import type { SupervisorEvent } from "./events.js";
import type { SupervisorHandle, SupervisorStatus } from "./handle.js";
import type { Outcome } from "./outcome.js";
import { mustBeText, restartOrder } from "./read-order.js";
import type { RequestOptions } from "./request-layer.js";
import { type SupervisorSnapshot, takeSnapshot } from "./snapshot.js";
import { shownWait } from "./wait.js";

/** The doors of a driver. */
class Doors<Value> implements SupervisorHandle<Value> {
  readonly #driver: Driver<Value>;

  constructor(driver: Driver<Value>) {
    this.#driver = driver;
  }

  get outcome(): Promise<Outcome<Value>> {
    return this.#driver.outcome;
  }

  status(): SupervisorStatus {
    const { machine, alarm, state, settings, ended } = this.#driver;
    const { seat, failures, abandoned, held } = state;
    return {
      ...machine.slot.toRecord(state.slot, alarm.now()),
      id: settings.id,
      path: settings.path,
      waiting: shownWait(state.wait),
      outcome: ended?.type ?? null,
      pid: seat?.pid ?? null,
      threadId: seat?.threadId ?? null,
      failures,
      abandoned,
      held: held?.reason ?? null,
    };
  }

  stop(): Promise<Outcome<Value>> {
    this.#driver.act({ type: "stop", by: "stop" });
    return this.outcome;
  }

  kill(): Promise<Outcome<Value>> {
    this.#driver.act({ type: "kill", by: "stop" });
    return this.outcome;
  }

  restart(order: { readonly requester?: string; readonly reason?: string } = {}) {
    const { requester, reason } = restartOrder(order);
    if (this.#driver.ended) return "over";
    const answer = this.#ask({ type: "restart", requester, reason });
    return (answer ?? "blocked-by-shutdown") as FenceDecision | Refuse;
  }

  recycle(reason = "recycle()"): boolean {
    return this.#ask({ type: "recycle", reason: mustBeText("recycle", "reason", reason) }) === true;
  }

  unhealthy(reason: string): boolean {
    mustBeText("unhealthy", "reason", reason);
    return this.#ask({ type: "unhealthy", reason }) === true;
  }

  signal(name: string): boolean {
    mustBeText("signal", "name", name);
    if (!this.#driver.port.child?.signal) return false;
    return this.#ask({ type: "signal", signal: name }) === true;
  }

  pause(): void {
    this.#driver.act({ type: "pause" });
  }

  resume(): Refuse | null {
    if (this.#driver.settings.operatorLaunches === "ask") {
      return this.#ask({ type: "resume" }) as Refuse | null;
    }
    this.#driver.act({ type: "resume" });
    return null;
  }

  reset(): void {
    this.#driver.act({ type: "reset" });
  }

  reload(): boolean {
    return this.#deliver(this.#driver.settings.reloadMessage, "reload") !== false;
  }

  send(message: unknown, transferList?: readonly unknown[]): boolean | "backlog" {
    return this.#deliver(message, "send", transferList);
  }

  async request<Answer>(message: unknown, options?: RequestOptions): Promise<Answer> {
    const { requests } = this.#driver;
    if (!requests) throw new ContractError("caller", CANNOT_ASK);
    return (await requests.request(message, options)) as Answer;
  }

  snapshot(): SupervisorSnapshot {
    return takeSnapshot(this.#driver.alarm.now(), this.#driver.state);
  }

  on(listener: EventListener): () => void {
    return this.#driver.hub.add(listener);
  }

  events(options: { readonly capacity?: number } = {}): AsyncIterableIterator<SupervisorEvent> {
    const capacity = readOptions("events", options).whole("capacity", { min: 1, default: 256 });
    return this.#driver.hub.stream(capacity);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#driver.act({ type: "stop", by: "dispose" });
    await this.outcome;
  }

  /** Throws where nothing can be answered: an act is being done, and the order would wait for it. */
  #ask(event: Order) {
    if (this.#driver.isBusy) {
      const where = "from inside a launcher, a policy, isFailure or a journal";
      const what = `${event.type}() cannot answer ${where}: call it later`;
      throw new ContractError("caller", what);
    }
    return this.#driver.order(event);
  }

  /** True if the child is there to hear it. */
  #deliver(
    message: unknown,
    by: "send" | "reload",
    transferList?: readonly unknown[],
  ): boolean | "backlog" {
    const { port, state } = this.#driver;
    const isLeaving = state.slot.phase.status === "cancelling";
    const taken = isLeaving ? false : deliver(port.child, by, message, transferList);
    if (taken === false) this.#driver.act({ type: by });
    return taken;
  }
}

const METHODS = [
  "status",
  "stop",
  "kill",
  "restart",
  "recycle",
  "unhealthy",
  "signal",
  "pause",
  "resume",
  "reset",
  "reload",
  "send",
  "request",
  "snapshot",
  "on",
  "events",
] as const;

/** Binds a method when it is first read, so that it can be taken out: `const { stop } = handle`. */
function bindOnRead(name: (typeof METHODS)[number]): void {
  const method = Doors.prototype[name] as (...args: never[]) => unknown;
  Object.defineProperty(Doors.prototype, name, {
    configurable: true,
    get(this: Doors<unknown>) {
      const value: unknown = method.bind(this);
      Object.defineProperty(this, name, { value, configurable: true, enumerable: true });
      return value;
    },
  });
}

METHODS.forEach(bindOnRead);

export function handleOf<Value>(driver: Driver<Value>): SupervisorHandle<Value> {
  return new Doors(driver);
}
