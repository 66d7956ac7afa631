// The doors for the orders to one child, alone or of a tree: an order is checked here, and carried out by
// a driver.

import type { FenceDecision, SlotState } from "@steadfast/child-slot";
import type { Refuse } from "@steadfast/policy";
import type { Order } from "@steadfast/supervision";
import { CANNOT_ASK, deliver } from "./deliver.js";
import type { OrderAnswer } from "./driving.js";
import { ContractError } from "./errors.js";
import type { LiveChild } from "./launcher.js";
import { mustBeText, restartOrder } from "./read-order.js";
import type { RequestOptions, Requests } from "./request-layer.js";

/** Who carries the orders out, and what of the child they go by. */
export interface Ordered {
  readonly ended: unknown;
  /** Whether an act is being done: an order would wait for it, and nothing can be answered. */
  readonly isBusy: boolean;
  /** The child, live; null for one that is not there. */
  readonly port: { readonly child: LiveChild | null } | null;
  /** What is remembered of the child: one that is on its way out is not spoken to. */
  readonly state: { readonly slot: Pick<SlotState, "phase"> } | null;
  readonly settings: { readonly reloadMessage: unknown } | null;
  /** The requests to the child; null if its kind cannot be asked. */
  readonly requests: Requests | null;
  act(order: Order): void;
  order(order: Order): OrderAnswer | null;
}

export abstract class OrderDoors {
  protected abstract readonly ordered: Ordered;

  restart(order: { readonly requester?: string; readonly reason?: string } = {}) {
    const { requester, reason } = restartOrder(order);
    if (this.ordered.ended) return "over";
    const answer = this.ask({ type: "restart", requester, reason });
    return (answer || "blocked-by-shutdown") as FenceDecision | Refuse;
  }

  recycle(reason = "recycle()"): boolean {
    return this.ask({ type: "recycle", reason: mustBeText("recycle", "reason", reason) }) === true;
  }

  unhealthy(reason: string): boolean {
    mustBeText("unhealthy", "reason", reason);
    return this.ask({ type: "unhealthy", reason }) === true;
  }

  signal(name: string): boolean {
    mustBeText("signal", "name", name);
    if (!this.ordered.port?.child?.signal) return false;
    return this.ask({ type: "signal", signal: name }) === true;
  }

  pause(): void {
    this.ordered.act({ type: "pause" });
  }

  reset(): void {
    this.ordered.act({ type: "reset" });
  }

  reload(): boolean {
    return this.#deliver(this.ordered.settings?.reloadMessage, "reload") !== false;
  }

  send(message: unknown, transferList?: readonly unknown[]): boolean | "backlog" {
    return this.#deliver(message, "send", transferList);
  }

  async request<Answer>(message: unknown, options?: RequestOptions): Promise<Answer> {
    const { requests } = this.ordered;
    if (!requests) throw new ContractError("caller", CANNOT_ASK);
    return (await requests.request(message, options)) as Answer;
  }

  /** Throws where nothing can be answered. */
  protected ask(order: Order): OrderAnswer | null {
    if (this.ordered.isBusy) {
      const where = "from inside a launcher, a policy, isFailure or a journal";
      throw new ContractError("caller", `${order.type}() cannot answer ${where}: call it later`);
    }
    return this.ordered.order(order);
  }

  /** True if the child is there to hear it. */
  #deliver(
    message: unknown,
    by: "send" | "reload",
    transferList?: readonly unknown[],
  ): boolean | "backlog" {
    const { state, port } = this.ordered;
    const isLeaving = state?.slot.phase.status === "cancelling";
    const child = (!isLeaving && port?.child) || null;
    const taken = deliver(child, by, message, transferList);
    if (taken === false) this.ordered.act({ type: by });
    return taken;
  }
}
