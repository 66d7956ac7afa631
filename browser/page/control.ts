// What a person does, and what is asked of the server for what is in sight. Nothing is decided here.

import type { Budgets, ChildDetail, WhatIf } from "../../packages/dashboard/src/wire.ts";
import type { Frame } from "./frame.ts";
import { type Filter, keyOf, type Model } from "./model.ts";
import type { Server } from "./server.ts";

/** How often what is in sight is asked for again, while the page is. */
const EVERY_MS = 1_000;
const SAID_MS = 6_000;

export type Order = "restart" | "stop" | "pause" | "resume" | "reset" | "reload";

export class Control {
  /** The paths of the lines in sight: the table says which. */
  inSight: readonly string[] = [];
  #isAsking = false;
  #askAgain = false;
  #unsay: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly model: Model,
    private readonly server: Server,
    private readonly frame: Frame,
  ) {}

  start(): void {
    setInterval(() => {
      if (document.visibilityState === "visible") void this.look();
    }, EVERY_MS);
    // Clocks go on without news: timelines, and what is counted down.
    setInterval(() => {
      if (document.visibilityState === "visible") this.frame.ask();
    }, 250);
  }

  /** Anything may have changed. */
  changed = (): void => this.frame.ask();

  say(text: string): void {
    this.model.said = text;
    clearTimeout(this.#unsay);
    this.#unsay = setTimeout(() => {
      this.model.said = "";
      this.changed();
    }, SAID_MS);
    this.changed();
  }

  showPart(of: number): void {
    Object.assign(this.model, { of, budgets: new Map() });
    this.select(null);
    void this.look();
  }

  select(path: string | null): void {
    const { model } = this;
    if (path === model.selected) return;
    const fresh = { detail: null, edited: null, whatIf: null, whatIfError: "", asking: null };
    Object.assign(model, { selected: path, ...fresh });
    this.changed();
    void this.look();
  }

  setText(text: string): void {
    this.model.text = text;
    this.changed();
  }

  setFilter(filter: Filter): void {
    this.model.filter = filter;
    this.changed();
  }

  /** Asks about what is in sight: one question at a time, and once more if something came meanwhile. */
  async look(): Promise<void> {
    if (this.#isAsking) {
      this.#askAgain = true;
      return;
    }
    this.#isAsking = true;
    try {
      await Promise.all([this.#lookAtChild(), this.#lookAtBudgets()]);
    } catch {
      // The stream says what is wrong with the connection.
    }
    this.#isAsking = false;
    this.changed();
    if (!this.#askAgain) return;
    this.#askAgain = false;
    void this.look();
  }

  async #lookAtChild(): Promise<void> {
    const { model } = this;
    const { selected: path, part } = model;
    if (path === null || !part?.rows.has(path)) return;
    const { of } = part.head;
    const detail = await this.server.post<ChildDetail>("./api/child", { of, path });
    if (model.selected !== path) return;
    model.detail = detail;
    const { policy } = detail;
    model.edited ??= policy?.spec ? JSON.stringify(policy.spec, null, 2) : "";
  }

  async #lookAtBudgets(): Promise<void> {
    const { model, inSight } = this;
    const of = model.part?.head.of;
    if (of === undefined || inSight.length === 0) return;
    const paths = inSight.slice(0, 100);
    const { budgets } = await this.server.post<Budgets>("./api/budgets", { of, paths });
    model.budgets = new Map(paths.map((path, i) => [keyOf(of, path), budgets[i] ?? null]));
  }

  /** Stopping is asked twice. */
  async order(order: Order, path: string | null): Promise<void> {
    const { model } = this;
    const of = model.part?.head.of;
    const asking = `${order} ${path ?? ""}`;
    if (order === "stop" && model.asking !== asking) {
      model.asking = asking;
      return this.changed();
    }
    model.asking = null;
    const name = path ?? of;
    try {
      const body = path === null ? { of, order } : { of, order, path };
      const { answer } = await this.server.post<{ answer: string }>("./api/order", body);
      this.say(`${order} ${name}: ${answer}`);
    } catch (error) {
      this.say(`${order} ${name}: ${(error as Error).message}`);
    }
    await this.look();
  }

  unask(): void {
    this.model.asking = null;
    this.changed();
  }

  edit(text: string): void {
    this.model.edited = text;
  }

  async askWhatIf(): Promise<void> {
    const { model } = this;
    const { selected: path, edited, part } = model;
    Object.assign(model, { whatIf: null, whatIfError: "" });
    try {
      const policy = policyIn(edited ?? "");
      const body = { of: part?.head.of, path, policy };
      model.whatIf = await this.server.post<WhatIf>("./api/what-if", body);
      this.say(`${model.whatIf.differ} of ${model.whatIf.requests} answers differ`);
    } catch (error) {
      model.whatIfError = (error as Error).message;
      this.say(model.whatIfError);
    }
  }
}

/** JSON, or the short form of a policy, such as `10/10m`. */
function policyIn(text: string): unknown {
  const isShort = /^[\w./-]+$/.test(text.trim());
  return isShort ? text.trim() : (JSON.parse(text) as unknown);
}
