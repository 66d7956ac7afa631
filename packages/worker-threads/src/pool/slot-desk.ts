// One slot of a pool as its tree sees it: what keeps the requests to its child. It turns what happens to the thread into
// events of the dispatch.

import type { Exit } from "@steadfast/policy";
import type { AnswerSignal, RequestDesk, Requests } from "@steadfast/supervisor";
import type { LiveWorker } from "../live-worker.js";

/** What attaches a slot to its tree, instead of a request. */
export const ATTACH = Symbol("attach");

/** A thread that can be asked. */
export interface AskedThread {
  readonly generation: number;
  readonly child: LiveWorker;
}

/** An attempt that is over. */
export interface Gone {
  readonly generation: number;
  readonly attempt: number;
  readonly exit: Exit;
}

export class SlotDesk implements Requests {
  /** The thread that can be asked, as it was when something last happened. */
  thread: AskedThread | null = null;
  /** The last exit. */
  last: Gone | null = null;
  #isUp = false;
  #isOver = false;
  /** What has ended in this act: looked at after it. */
  #gone: Gone[] = [];

  constructor(
    readonly number: number,
    readonly desk: RequestDesk,
    private readonly pool: SlotOwner,
  ) {}

  request(message: unknown): Promise<unknown> {
    if (message === ATTACH) return Promise.resolve();
    return Promise.reject(new TypeError("the threads of a pool are asked by pool.run()"));
  }

  answered(answer: AnswerSignal, generation: number): boolean {
    return this.pool.answered(this.number, generation, answer);
  }

  exited(generation: number, attempt: number, exit: Exit): void {
    this.#gone.push({ generation, attempt, exit });
  }

  look(): void {
    for (let gone = this.#gone.shift(); gone; gone = this.#gone.shift()) {
      this.last = gone;
      this.#isUp = false;
      this.thread = null;
      this.pool.happened({ type: "exited", slot: this.number, generation: gone.generation });
    }
    this.#lookAtThread();
    if (!this.desk.isOver || this.#isOver) return;
    this.#isOver = true;
    this.pool.happened({ type: "over", slot: this.number });
  }

  #lookAtThread(): void {
    const { asked } = this.desk;
    if (!asked) {
      if (!this.#isUp) return;
      this.#isUp = false;
      return this.pool.happened({ type: "down", slot: this.number });
    }
    const { generation } = asked;
    if (this.#isUp && this.thread?.generation === generation) return;
    this.#isUp = true;
    this.thread = { generation, child: asked.child as LiveWorker };
    this.pool.happened({ type: "up", slot: this.number, generation });
  }
}

/** Who hears what happens to a slot. */
export interface SlotOwner {
  /** False for an answer that nobody waits for. */
  answered(slot: number, generation: number, answer: AnswerSignal): boolean;
  happened(
    event:
      | { readonly type: "up" | "exited"; readonly slot: number; readonly generation: number }
      | { readonly type: "down" | "over"; readonly slot: number },
  ): void;
}
