// How long one question is worth asking: until it is withdrawn, or its time is up, whichever comes first.
// Whatever is still under way then goes on by itself, and nobody listens to it any more.

import type { AskSignal, Millis } from "@steadfast/policy";
import type { StoreWorld } from "./world.js";

/** The time for one question is up. */
export class TimeIsUp extends Error {
  override name = "TimeIsUp";
}

/** A call failed. */
export const FAILED: unique symbol = Symbol("failed");

export class Patience {
  /** Aborted if the end comes first, for whatever is still under way. */
  readonly signal: AskSignal;
  /** What the last call that failed failed with. */
  lastError: unknown;
  readonly #over = new AbortController();
  readonly #end: Promise<never>;
  #isOver = false;
  readonly #leave: () => void;

  constructor(
    private readonly world: StoreWorld,
    asked: AskSignal,
    timeoutMs: Millis,
  ) {
    this.signal = this.#over.signal;
    let reject: (reason: unknown) => void = () => {};
    this.#end = new Promise<never>((_, fail) => {
      reject = fail;
    });
    this.#end.catch(() => {}); // it is raced against, or not wanted any more
    const over = (reason: unknown) => {
      this.#isOver = true;
      reject(reason);
    };
    const withdrawn = () => over(asked.reason);
    const timer = world.timers.set(() => over(new TimeIsUp()), timeoutMs);
    asked.addEventListener("abort", withdrawn);
    if (asked.aborted) withdrawn();
    this.#leave = () => {
      world.timers.clear(timer);
      asked.removeEventListener("abort", withdrawn);
    };
  }

  /** What a call settles with, or that it failed. Rejects at the end. */
  async tries<Answer>(call: () => Promise<Answer>): Promise<Answer | typeof FAILED> {
    try {
      return await this.within(call);
    } catch (error) {
      if (this.#isOver) throw error;
      this.lastError = error;
      return FAILED;
    }
  }

  /** What `run` settles with, unless the end comes first. */
  async within<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    const answer = (async () => run())();
    answer.catch(() => {}); // also when nobody waits for it any more
    return Promise.race([this.#end, answer]);
  }

  /** Waits: at most `mostMs`, by chance, so that those who met do not meet again. */
  async pause(mostMs: Millis): Promise<void> {
    const { timers, random } = this.world;
    let timer: unknown;
    try {
      await this.within(
        () =>
          new Promise<void>((resolve) => {
            timer = timers.set(resolve, Math.floor(random() * mostMs));
          }),
      );
    } finally {
      timers.clear(timer);
    }
  }

  /** It is over: no timer and no listener is left, and what is still under way need not be answered. */
  end(): void {
    this.#leave();
    if (this.#isOver) this.#over.abort();
  }
}
