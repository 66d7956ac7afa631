// What a store's clock shows at most now, by what its answers said: so that a question can be put as of an instant
// without asking for the time first.
//
// - An answer's time is that of a moment after its call began. So the clock showed no more at that beginning, and since
//   then it has gone on as ours has; a thousandth more, since clocks drift.
// - The lowest such bound holds; it grows older and higher until a newer answer is lower.
// - An answer that shows more than the bound proves it wrong, as when the clock was set: the newer one holds.

import type { Millis } from "@steadfast/policy";
import type { Store } from "./store.js";
import type { StoreWorld } from "./world.js";

const DRIFT = 1.001;

export class StoreClock {
  #seen: { readonly now: Millis; readonly sentAt: number } | null = null;

  constructor(private readonly clock: () => number) {}

  /** The most that the store's clock shows; null as long as nothing is known of it. */
  atMost(): Millis | null {
    if (this.#seen === null) return null;
    const { now, sentAt } = this.#seen;
    return now + (this.clock() - sentAt) * DRIFT;
  }

  /** What a call settles with; its answer, if it has one, says the time. */
  async hearing<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    const sentAt = this.clock();
    const answer = await call();
    const { now } = (answer ?? {}) as { readonly now?: unknown };
    if (typeof now === "number" && Number.isFinite(now)) this.#learn(now, sentAt);
    return answer;
  }

  #learn(now: Millis, sentAt: number): void {
    const known = this.atMost();
    const bound = now + (this.clock() - sentAt) * DRIFT;
    if (known === null || now > known || bound < known) this.#seen = { now, sentAt };
  }
}

const clocks = new WeakMap<StoreWorld, WeakMap<Store, StoreClock>>();

/** One for all policies in a store. */
export function clockOf(store: Store, world: StoreWorld): StoreClock {
  const own = clocks.get(world) ?? new WeakMap<Store, StoreClock>();
  clocks.set(world, own);
  const clock = own.get(store) ?? new StoreClock(world.clock);
  own.set(store, clock);
  return clock;
}
