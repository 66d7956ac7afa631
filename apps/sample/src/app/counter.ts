// One worker thread as seen from the task: counts a text, or says that it is gone.

import { EventEmitter, once } from "node:events";
import type { SupervisorEvent } from "@steadfast/supervisor";
import type { Counted, Order, WorkerStrike } from "./messages.js";

/** The worker ended before it answered. */
export class CounterGoneError extends Error {
  override readonly name = "CounterGoneError";
}

interface Job {
  readonly number: number;
  resolve(words: number): void;
  reject(reason: unknown): void;
}

export class Counter {
  readonly #changes = new EventEmitter<{ up: [] }>();
  #up = false;
  #job: Job | null = null;
  #jobs = 0;

  /** `send` gives an order to the worker this counter stands for; false if there is none. */
  constructor(private readonly send: (order: Order) => boolean) {}

  get isUp(): boolean {
    return this.#up;
  }

  readonly onMessage = (message: unknown): void => {
    const { job, words } = message as Counted;
    // An answer to a job that was given up meanwhile is nobody's any more.
    if (this.#job?.number === job) this.#job.resolve(words);
  };

  readonly onEvent = (event: SupervisorEvent): void => {
    if (event.type === "ready") {
      this.#up = true;
      this.#changes.emit("up");
    }
    if (event.type === "exited" || event.type === "stopping") {
      this.#up = false;
      this.#job?.reject(new CounterGoneError(`${event.id} is gone`));
    }
  };

  async whenUp(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!this.#up) await once(this.#changes, "up", { signal });
  }

  /** Counts the words of a text. Rejects if the worker ends first, or the signal fires. */
  async count(text: string, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const number = ++this.#jobs;
    let giveUp = () => {};
    try {
      return await new Promise<number>((resolve, reject) => {
        giveUp = () => reject(signal.reason as Error);
        signal.addEventListener("abort", giveUp);
        this.#job = { number, resolve, reject };
        const sent = this.#order({ type: "count", job: number, text });
        if (!sent) reject(new CounterGoneError("the worker is down"));
      });
    } finally {
      signal.removeEventListener("abort", giveUp);
      if (this.#job?.number === number) this.#job = null;
    }
  }

  /** Makes the worker fail. False if there is no worker. */
  strike(how: WorkerStrike): boolean {
    if (!this.#order({ type: "strike", how })) return false;
    this.#up = false;
    return true;
  }

  #order(order: Order): boolean {
    return this.#up && this.send(order);
  }
}
