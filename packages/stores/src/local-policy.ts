// What decides while the store cannot be reached: a policy of this host alone.

import {
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  steadyClock,
} from "@steadfast/policy";
import type { StoreWorld } from "./world.js";

export class LocalPolicy {
  #state: unknown;
  readonly #clock: () => number;

  constructor(
    private readonly policy: RestartPolicy,
    world: StoreWorld,
  ) {
    this.#state = policy.initial();
    this.#clock = steadyClock(world.clock);
  }

  /** The answer to the last event. */
  step(events: readonly RestartEvent[]): RestartDecision {
    const now = this.#clock();
    let decision: RestartDecision = { type: "noted" };
    for (const event of events) {
      [this.#state, decision] = this.policy.step(this.#state, event, now);
    }
    return decision;
  }
}
