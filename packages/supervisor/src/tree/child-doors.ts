// The doors of one child of a tree.

import type { Refuse } from "@steadfast/policy";
import type { Order, PolicyView } from "@steadfast/supervision";
import { OrderDoors, type Ordered } from "../order-doors.js";
import { shownWait } from "../wait.js";
import type { TreeChildHandle, TreeChildStatus } from "./handle.js";
import type { Path } from "./member.js";
import type { TreeDriver } from "./tree-driver.js";

export class ChildDoors extends OrderDoors implements TreeChildHandle {
  readonly #driver: TreeDriver;
  readonly #path: Path;
  readonly #ordered: Ordered;

  constructor(driver: TreeDriver, path: Path) {
    super();
    this.#driver = driver;
    this.#path = path;
    this.#ordered = new OrderedChild(driver, path);
  }

  protected get ordered(): Ordered {
    return this.#ordered;
  }

  get id(): string {
    return this.#path.join("/");
  }

  status(): TreeChildStatus | null {
    const driver = this.#driver;
    const view = driver.look(this.#path);
    const slot = view && driver.machineOf(this.#path).kinds[view.kind]?.slot;
    if (!view || !slot) return null;
    const { id } = this;
    const { seat, wait, failures, abandoned, kind, done } = view;
    return {
      ...slot.toRecord(view.slot, driver.alarm.now()),
      id,
      path: `/${id}`,
      kind,
      done,
      waiting: shownWait(wait),
      pid: seat?.pid ?? null,
      threadId: seat?.threadId ?? null,
      failures,
      abandoned,
    };
  }

  policy(): PolicyView | null {
    const { plan, state } = this.#driver;
    return plan.machine.policy(state, this.#path);
  }

  resume(): Refuse | null {
    const answer = this.ask({ type: "resume" });
    return typeof answer === "object" ? answer : null;
  }

  kill(): void {
    this.#ordered.act({ type: "kill", by: "stop" });
  }
}

/** The child, found by its path at each order: it may come and go. */
class OrderedChild implements Ordered {
  constructor(
    private readonly driver: TreeDriver,
    private readonly path: Path,
  ) {}

  get ended(): unknown {
    return this.driver.ended;
  }

  get isBusy(): boolean {
    return this.driver.isBusy;
  }

  get port() {
    return this.#member?.port ?? null;
  }

  get state() {
    return this.driver.look(this.path);
  }

  get settings() {
    return this.#member?.settings ?? null;
  }

  get requests() {
    return this.#member?.requests ?? null;
  }

  act(order: Order): void {
    this.driver.act({ ...order, path: this.path });
  }

  order(order: Order) {
    return this.driver.order({ ...order, path: this.path });
  }

  get #member() {
    return this.driver.member(this.path);
  }
}
