// What every driver keeps beside the state: the first fault, what a launcher threw because it was
// misused, the answer to an order, and those who wait for the outcome.

import type { Effect } from "@steadfast/supervision";
import { Acts } from "./acts.js";
import type { SupervisorNews } from "./events.js";

/** What an order is answered with at once. */
export type OrderAnswer = Extract<Effect, { readonly type: "answer" }>["answer"];

/** How whatever is driven can end. */
type Ending = Extract<SupervisorNews, { readonly type: "ended" }>["outcome"];

export abstract class Driving<
  Event extends { readonly type: string },
  Outcome extends { readonly type: Ending; readonly child?: string | null },
> extends Acts<Event> {
  ended: Outcome | null = null;
  /** Whether an attempt of another host may still be there: nothing begins before its launcher says that it is not. */
  protected isSettling = false;
  protected answer: OrderAnswer | null = null;
  /** What a launcher threw because it was misused: at first it goes to the caller. */
  protected misuse: { readonly error: unknown } | null = null;
  #outcome: Promise<Outcome> | null = null;
  #settle: ((outcome: Outcome) => void) | null = null;
  /** What was discarded and may still be there. */
  #remains: Set<Promise<unknown>> | null = null;

  get outcome(): Promise<Outcome> {
    this.#outcome ??=
      this.ended && !this.#remains?.size
        ? Promise.resolve(this.ended)
        : new Promise((resolve) => {
            this.#settle = resolve;
          });
    return this.#outcome;
  }

  /** An order that is answered at once. */
  order(event: Event): OrderAnswer | null {
    this.answer = null;
    this.act(event);
    return this.answer;
  }

  /** A launcher was misused. */
  misused(error: unknown): void {
    this.misuse ??= { error };
  }

  /** Something was discarded: nothing is over before it is gone. */
  awaits(gone: Promise<unknown>): void {
    this.#remains ??= new Set();
    const remains = this.#remains.add(gone);
    void gone.then(() => {
      remains.delete(gone);
      if (!this.ended || remains.size > 0) return;
      this.finish(this.ended);
      this.flush();
    });
  }

  /** It is over, once nothing remains: the listeners hear of it, and those who wait get the outcome. */
  protected finish(outcome: Outcome): void {
    if (this.#remains?.size) return;
    this.leave();
    const { type, child = null } = outcome;
    this.tell({ type: "ended", outcome: type, ...(child !== null && { child }) });
    this.#settle?.(outcome);
  }
}
