// Carries the dispatch of a pool out: promises, time limits and signals around it, threads below it. It knows no rule.

import type { Exit, Millis } from "@steadfast/policy";
import type { AnswerSignal, RequestDesk, RequestLayer } from "@steadfast/supervisor";
import { RequestError } from "@steadfast/supervisor/requests";
import type { Call } from "../wire.js";
import { Ask } from "./ask.js";
import { Dispatch } from "./dispatch.js";
import type { DispatchEffect, DispatchEvent, DispatchRules, Replace } from "./dispatch-types.js";
import { limit } from "./limit.js";
import type { RunOptions } from "./options.js";
import { runSettings } from "./settings.js";
import { SlotDesk, type SlotOwner } from "./slot-desk.js";
import { newCounts, newSpread, record } from "./stats.js";

/** What a pool needs of its tree. */
export interface PoolTree {
  /** Orders the thread of a slot to be replaced, free of every policy. */
  recycle(slot: number, why: string): void;
  /** The slot for which the tree has ended; null where it has not, or was stopped. */
  rootSlot(): number | null;
  /** Whether it has ended, or is about to. */
  isEnded(): boolean;
}

export class PoolDriver implements SlotOwner {
  readonly counts = newCounts();
  readonly wait = newSpread();
  readonly work = newSpread();
  readonly dispatch: Dispatch<Ask>;
  readonly #desks: SlotDesk[] = [];
  #last = 0;
  /** The slot that was the last to be done with, while the tree goes on. */
  #lastOver: number | null = null;
  /** The answer that is being looked at. */
  #answer: AnswerSignal | null = null;
  #deadline: { readonly at: Millis; readonly unset: () => void } | null = null;
  /** Called once, when nothing is open any more and nothing new is taken. */
  onDrained: () => void = () => {};
  /** Called when no slot will have a thread any more. */
  onOver: () => void = () => {};

  constructor(
    rules: DispatchRules,
    private readonly tree: PoolTree,
  ) {
    this.dispatch = new Dispatch(rules);
  }

  /** The requests of one slot. */
  layer(slot: number): RequestLayer {
    return (desk: RequestDesk) => {
      const made = new SlotDesk(slot, desk, this);
      this.#desks[slot] = made;
      return made;
    };
  }

  async run(message: unknown, options?: RunOptions): Promise<unknown> {
    const settings = runSettings(options);
    const { signal, name } = settings;
    signal?.throwIfAborted();
    const asked = name === null ? message : ({ steadfast: "call", name, message } satisfies Call);
    return new Promise((resolve, reject) => {
      this.#last += 1;
      const ask = new Ask(this.#last, asked, settings, performance.now(), resolve, reject);
      this.counts.requests += 1;
      limit(ask, settings, {
        after: (ms, ring) => this.after(ms, ring),
        withdraw: (kind) => {
          this.counts[kind] += 1;
          this.#step({ type: "withdraw", job: ask });
        },
      });
      this.#step({ type: "run", job: ask });
    });
  }

  /** Called once, when every slot has had a thread that could be asked. */
  onUp: () => void = () => {};
  readonly #wereUp = new Set<number>();

  happened(event: Parameters<SlotOwner["happened"]>[0]): void {
    if (event.type === "up") this.#wasUp(event.slot);
    if (event.type === "over") this.#lastOver = this.tree.isEnded() ? null : event.slot;
    this.#step(event);
    if (event.type === "over" && this.dispatch.slots.every(({ state }) => state === "over")) {
      this.onOver();
    }
  }

  #wasUp(slot: number): void {
    this.#wereUp.add(slot);
    if (this.#wereUp.size === this.dispatch.slots.length) this.onUp();
  }

  answered(slot: number, generation: number, answer: AnswerSignal): boolean {
    const isOpen = this.dispatch.slots[slot]?.has.has(answer.id) ?? false;
    this.#answer = answer;
    this.#step({ type: "answered", slot, generation, id: answer.id });
    return isOpen;
  }

  close(): void {
    this.#step({ type: "close" });
  }

  drop(): void {
    this.#step({ type: "drop" });
  }

  /** Nothing is waited for any more. */
  leave(): void {
    this.#deadline?.unset();
    this.#deadline = null;
  }

  /** Calls back in so many milliseconds of the system's time. Returns what cancels it. */
  after(ms: Millis, ring: () => void): () => void {
    const [first] = this.#desks;
    if (!first) return () => {};
    const { alarm } = first.desk;
    return alarm.set(alarm.now() + ms, ring);
  }

  #step(event: DispatchEvent<Ask>): void {
    const now = this.#desks[0]?.desk.alarm.now() ?? 0;
    const effects = this.dispatch.step(event, now);
    for (const effect of effects) this.#obey(effect);
    this.#setDeadline();
  }

  #setDeadline(): void {
    const at = this.dispatch.deadline();
    if (at === (this.#deadline?.at ?? null)) return;
    this.leave();
    const alarm = this.#desks[0]?.desk.alarm;
    if (at === null || !alarm) return;
    const ring = () => {
      this.#deadline = null;
      this.#step({ type: "tick" });
    };
    this.#deadline = { at, unset: alarm.set(at, ring) };
  }

  #obey(effect: DispatchEffect<Ask>): void {
    const { counts } = this;
    switch (effect.type) {
      case "give":
        return this.#give(effect.job, effect.slot);
      case "settle":
        return this.#settle(effect.job);
      case "refuse": {
        counts.refused += 1;
        const isFull = effect.why === "full";
        return effect.job.reject(isFull ? new RequestError("refused") : this.#over());
      }
      case "withdrawn":
        return effect.job.reject(effect.job.why);
      case "unask":
        return this.#threadOf(effect.job)?.unask?.(effect.job.id);
      case "resent":
        counts.resent += 1;
        return;
      case "lost": {
        counts.lost += 1;
        const { exit = null, attempt = null } = this.#desks[effect.slot]?.last ?? {};
        return effect.job.reject(new RequestError("lost", { exit, attempt }));
      }
      case "over":
        counts.over += 1;
        return effect.job.reject(this.#over());
      case "replace":
        counts.replaced[effect.why] += 1;
        return this.#replace(effect);
      case "measure":
        return this.#measure(effect);
      case "drained":
        return this.onDrained();
    }
  }

  /** With the exit for which it is over, where it was not stopped. */
  #over(): RequestError {
    const slot = this.tree.rootSlot() ?? this.#lastOver;
    const exit: Exit | null = slot === null ? null : (this.#desks[slot]?.desk.lastExit ?? null);
    return new RequestError("over", { exit });
  }

  #threadOf({ slot, generation }: { readonly slot: number; readonly generation: number }) {
    const thread = this.#desks[slot]?.thread;
    return thread?.generation === generation ? thread.child : null;
  }

  #give(ask: Ask, slot: number): void {
    ask.givenAt = performance.now();
    record(this.wait, ask.givenAt - ask.askedAt);
    const { id, message, transferList } = ask;
    try {
      this.#desks[slot]?.thread?.child.ask?.({ id, message, transferList });
    } catch (error) {
      // It cannot be sent: what cannot be cloned, or handed over.
      this.counts.unsent += 1;
      ask.reject(error);
      this.#step({ type: "unsent", job: ask });
    }
  }

  #settle(ask: Ask): void {
    const answer = this.#answer as AnswerSignal;
    record(this.work, performance.now() - ask.givenAt);
    if ("error" in answer) {
      this.counts.failed += 1;
      ask.reject(answer.error);
    } else {
      this.counts.completed += 1;
      ask.answer(answer.value);
    }
  }

  /** Not in this very act, in which the tree may take no orders. */
  #replace(order: Replace): void {
    queueMicrotask(() => {
      const thread = this.#threadOf(order);
      if (!thread) return;
      this.tree.recycle(order.slot, order.why);
      if (order.why === "withdrawn") thread.kill();
    });
  }

  #measure({ slot, generation }: { readonly slot: number; readonly generation: number }): void {
    this.#threadOf({ slot, generation })?.measure((bytes) => {
      this.#step({ type: "measured", slot, generation, bytes });
    });
  }
}
