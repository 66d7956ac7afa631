// A policy whose state lives in a store. It knows no rule: the policy that it is given decides, on what the
// store holds. Questions of one host are put one after the other, so that they do not meet themselves.

import {
  type AskSignal,
  launch,
  type PolicyDescription,
  type RemotePolicy,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  readArguments,
  refuse,
} from "@steadfast/policy";
import { decide } from "./decide.js";
import { LocalPolicy } from "./local-policy.js";
import { Patience, TimeIsUp } from "./patience.js";
import {
  readSharedOptions,
  type SharedPolicyOptions,
  type SharedSettings,
} from "./shared-options.js";
import type { Entry, Store } from "./store.js";
import { clockOf, type StoreClock } from "./store-clock.js";

/**
 * A policy that many hosts share: its state lives in a store, and every launch of any of them counts against
 * the one budget.
 *
 * Decides: what `policy` decides, at the store's clock, on the facts and launches of all hosts that use `store` and
 * `key`. A question reads the state, steps the policy, and writes what came out by compare-and-set; if another
 * host wrote meanwhile, it is asked again on that: at once the first time, then each time after a pause by chance, of at most 8 ms
 * at first and 64 ms at last, which a stop interrupts. Time never goes below what is stored. Units, range and
 * defaults: see `SharedPolicyOptions`. The edge: a `swap` whose answer was lost may cost the budget one
 * launch; it never gives one too many. Effect on state: none here, all of it is in the store, apart from
 * facts that did not reach the store (at most 64: they go with the next question).
 * Errors: `PolicyOptionsError` for options; `ask` rejects with `PolicyStateError` if something else wrote under the
 * key, with a `StoreContractError` if the store answers something else than it must, and with the signal's reason.
 *
 * @since 0.1.0
 * @example
 * const policy = allOf(restartOn("transient"), slidingWindow({ limit: 5, windowMs: 60_000 }));
 * const budget = sharedPolicy(policy, memoryStore(), "web");
 * const handle = supervise(taskLauncher(async () => "done"), { policy: budget });
 * (await handle.outcome).type; // => "completed"
 */
export function sharedPolicy(
  policy: RestartPolicy,
  store: Store,
  key: string,
  options: SharedPolicyOptions = {},
): RemotePolicy {
  readArguments("sharedPolicy", arguments, 4);
  return new SharedPolicy(readSharedOptions(policy, store, key, options));
}

/** So many facts that did not reach the store are kept. */
const MOST_FACTS = 64;

class SharedPolicy implements RemotePolicy {
  readonly name: string;
  readonly describe: PolicyDescription;
  /** Facts of questions that the store did not answer: they go with the next. */
  #facts: readonly RestartEvent[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #writes = 0;
  readonly #host = crypto.randomUUID();
  readonly #local: LocalPolicy | null;
  readonly #clock: StoreClock;
  readonly #seen: { entry: Entry | null } = { entry: null };

  constructor(private readonly settings: SharedSettings) {
    const { policy, store, onUnreachable, world } = settings;
    this.#clock = clockOf(store, world);
    this.name = `sharedPolicy(${policy.name})`;
    this.describe = describeShared(settings);
    this.#local = typeof onUnreachable === "string" ? null : new LocalPolicy(onUnreachable, world);
  }

  async ask(events: readonly RestartEvent[], signal: AskSignal): Promise<RestartDecision> {
    const { world, timeoutMs } = this.settings;
    const patience = new Patience(world, signal, timeoutMs);
    const answer = this.#inTurn(this.#last, events, patience);
    this.#last = answer.catch(() => {});
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof TimeIsUp)) throw error;
      return this.#unanswered(events, patience.lastError);
    } finally {
      patience.end();
    }
  }

  async #inTurn(
    before: Promise<unknown>,
    events: readonly RestartEvent[],
    patience: Patience,
  ): Promise<RestartDecision> {
    await patience.within(() => before);
    const { policy, store, key } = this.settings;
    const all = [...this.#facts, ...events];
    const nextRevision = () => this.#revision();
    const known = { clock: this.#clock, seen: this.#seen };
    const question = { policy, store, key, events: all, nextRevision, ...known };
    const decision = await decide(question, patience);
    this.#facts = [];
    return decision;
  }

  #revision(): string {
    this.#writes += 1;
    return `${this.#host}.${this.#writes}`;
  }

  #unanswered(events: readonly RestartEvent[], error: unknown): RestartDecision {
    const facts = events.filter(({ type }) => type !== "launch");
    this.#facts = [...this.#facts, ...facts].slice(-MOST_FACTS);
    const { onError, onUnreachable, retryAfterMs } = this.settings;
    // It hears of a failure; what it throws or rejects with is dropped.
    (async () => onError?.(error))().catch(() => {});
    if (this.#local) return this.#local.step(events);
    return onUnreachable === "launch" ? launch() : refuse("store-unreachable", retryAfterMs);
  }
}

function describeShared({ policy, store, key, timeoutMs }: SharedSettings): PolicyDescription {
  const { kind: _, options: __, members: ___, ...bounds } = policy.describe;
  return {
    ...bounds,
    kind: "sharedPolicy",
    options: { store: store.name, key, timeoutMs },
    members: [policy.describe],
  };
}
