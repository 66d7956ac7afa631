// The doors of one child of a tree.

import type { FenceDecision } from "@steadfast/child-slot";
import type { Refuse } from "@steadfast/policy";
import type { Order } from "@steadfast/supervision";
import { CANNOT_ASK, deliver } from "../deliver.js";
import { ContractError } from "../errors.js";
import { mustBeText, restartOrder } from "../read-order.js";
import type { RequestOptions } from "../request-layer.js";
import { shownWait } from "../wait.js";
import type { TreeChildHandle, TreeChildStatus } from "./handle.js";
import type { Path } from "./member.js";
import type { TreeDriver } from "./tree-driver.js";

export class ChildDoors implements TreeChildHandle {
  constructor(
    private readonly driver: TreeDriver,
    private readonly path: Path,
  ) {}

  get id(): string {
    return this.path.join("/");
  }

  status(): TreeChildStatus | null {
    const { driver, path, id } = this;
    const view = driver.look(path);
    const slot = view && driver.machineOf(path).kinds[view.kind]?.slot;
    if (!view || !slot) return null;
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

  restart(order: { readonly requester?: string; readonly reason?: string } = {}) {
    const { requester, reason } = restartOrder(order);
    if (this.driver.ended) return "over";
    const answer = this.#ask({ type: "restart", requester, reason });
    return (answer || "blocked-by-shutdown") as FenceDecision | Refuse;
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
    if (!this.driver.member(this.path)?.port.child?.signal) return false;
    return this.#ask({ type: "signal", signal: name }) === true;
  }

  pause(): void {
    this.#act({ type: "pause" });
  }

  resume(): Refuse | null {
    const answer = this.#ask({ type: "resume" });
    return typeof answer === "object" ? answer : null;
  }

  reset(): void {
    this.#act({ type: "reset" });
  }

  reload(): boolean {
    const message = this.driver.member(this.path)?.settings.reloadMessage;
    return this.#deliver(message, "reload") !== false;
  }

  send(message: unknown, transferList?: readonly unknown[]): boolean | "backlog" {
    return this.#deliver(message, "send", transferList);
  }

  async request<Answer>(message: unknown, options?: RequestOptions): Promise<Answer> {
    const requests = this.driver.member(this.path)?.requests;
    if (!requests) throw new ContractError("caller", CANNOT_ASK);
    return (await requests.request(message, options)) as Answer;
  }

  kill(): void {
    this.#act({ type: "kill", by: "stop" });
  }

  #act(order: Order): void {
    this.driver.act({ ...order, path: this.path });
  }

  /** Throws where nothing can be answered: an act is being done, and the order would wait for it. */
  #ask(order: Order) {
    if (this.driver.isBusy) {
      const where = "from inside a launcher, a policy, isFailure or a journal";
      throw new ContractError("caller", `${order.type}() cannot answer ${where}: call it later`);
    }
    return this.driver.order({ ...order, path: this.path });
  }

  /** True if the child is there to hear it. */
  #deliver(
    message: unknown,
    by: "send" | "reload",
    transferList?: readonly unknown[],
  ): boolean | "backlog" {
    const { driver, path } = this;
    const child = driver.member(path)?.port.child ?? null;
    const status = driver.look(path)?.slot.phase.status;
    const taken = status === "cancelling" ? false : deliver(child, by, message, transferList);
    if (taken === false) this.#act({ type: by });
    return taken;
  }
}
