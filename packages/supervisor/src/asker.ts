// Puts questions to a remote policy and brings its answers back. An answer that is not wanted any more
// is dropped where it comes from: its question's signal is aborted, and nobody hears it.

import type { RemotePolicy, RestartEvent } from "@steadfast/policy";
import type { Happening } from "@steadfast/supervision";
import { callAsync } from "./call-async.js";
import { ContractError } from "./errors.js";

export interface AnswerTaker {
  act(event: Happening): void;
}

export class Asker {
  #open: { readonly ask: number; readonly controller: AbortController } | null = null;

  constructor(
    private readonly policy: RemotePolicy,
    private readonly taker: AnswerTaker,
  ) {}

  ask(ask: number, events: readonly RestartEvent[]): void {
    const controller = new AbortController();
    this.#open = { ask, controller };
    callAsync(() => this.policy.ask(events, controller.signal)).then(
      (decision) => {
        if (this.#closes(ask)) this.taker.act({ type: "decided", ask, decision });
      },
      (error: unknown) => {
        if (!this.#closes(ask)) return;
        const what = `${this.policy.name}: ask() must not throw or reject`;
        this.taker.act({ type: "fault", error: new ContractError("policy", what, error) });
      },
    );
  }

  withdraw(ask: number): void {
    const open = this.#open;
    if (this.#closes(ask)) open?.controller.abort();
  }

  /** Whether it was the open question: it is open no more. */
  #closes(ask: number): boolean {
    if (this.#open?.ask !== ask) return false;
    this.#open = null;
    return true;
  }
}
