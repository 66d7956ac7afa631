// The doors of a supervision: orders are checked here, and carried out by the driver.

import { type Refuse, readOptions } from "@steadfast/policy";
import type { PolicyView } from "@steadfast/supervision";
import type { Driver } from "./driver.js";
import type { EventListener } from "./event-hub.js";
import type { SupervisorEvent } from "./events.js";
import type { SupervisorHandle, SupervisorStatus } from "./handle.js";
import { OrderDoors } from "./order-doors.js";
import type { Outcome } from "./outcome.js";
import { type SupervisorSnapshot, takeSnapshot } from "./snapshot.js";
import { shownWait } from "./wait.js";

/** The doors of a driver. */
class Doors<Value> extends OrderDoors implements SupervisorHandle<Value> {
  readonly #driver: Driver<Value>;

  constructor(driver: Driver<Value>) {
    super();
    this.#driver = driver;
  }

  protected get ordered(): Driver<Value> {
    return this.#driver;
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

  policy(): PolicyView | null {
    const { machine, state, settings } = this.#driver;
    return machine.policy(state, settings.shared?.state);
  }

  stop(): Promise<Outcome<Value>> {
    this.#driver.act({ type: "stop", by: "stop" });
    return this.outcome;
  }

  kill(): Promise<Outcome<Value>> {
    this.#driver.act({ type: "kill", by: "stop" });
    return this.outcome;
  }

  resume(): Refuse | null {
    if (this.#driver.settings.operatorLaunches === "ask") {
      return this.ask({ type: "resume" }) as Refuse | null;
    }
    this.#driver.act({ type: "resume" });
    return null;
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
}

const METHODS = [
  "status",
  "policy",
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
