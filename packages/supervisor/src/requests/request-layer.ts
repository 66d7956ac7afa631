// Requests to a supervised child, and their answers: promises, time limits and signals around the book.

import { type Exit, readArguments } from "@steadfast/policy";
import { onAbort } from "../abort-hub.js";
import { guarded } from "../guarded.js";
import type {
  AnswerSignal,
  AskedChild,
  RequestDesk,
  RequestOptions,
  Requests,
} from "../request-layer.js";
import { type Entry, RequestBook } from "./request-book.js";
import { RequestError } from "./request-error.js";
import { type RequestSettings, requestSettings } from "./request-options.js";

/** What is to be sent, and who waits for the answer. */
interface Load {
  readonly message: unknown;
  readonly transferList: readonly unknown[] | null;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Who has it; null while it waits. One that is stopping, or not ready, is still to hear that nobody waits. */
  child: AskedChild["child"] | null;
  /** Leaves the signal and the alarm; null if it has neither. */
  leave: (() => void) | null;
}

/** A channel that broke: its child is ending. */
const IGNORED = () => {};

class RequestDeskLayer implements Requests {
  readonly #book = new RequestBook<Load>();

  constructor(private readonly desk: RequestDesk) {}

  async request(message: unknown, options?: RequestOptions): Promise<unknown> {
    const { desk } = this;
    const settings = requestSettings(options);
    const { signal, maxWaiting } = settings;
    signal?.throwIfAborted();
    if (desk.isOver) throw new RequestError("over", { exit: desk.lastExit });
    if (!desk.asked && this.#book.waiting >= maxWaiting) throw new RequestError("refused");
    return new Promise((resolve, reject) => {
      const { transferList, resends } = settings;
      const load: Load = { message, transferList, resolve, reject, child: null, leave: null };
      this.#limit(this.#book.add(load, resends), settings);
      this.look();
    });
  }

  answered(answer: AnswerSignal, generation: number): boolean {
    const entry = this.#book.answer(answer.id, generation);
    if (!entry) return false;
    entry.load.leave?.();
    if ("error" in answer) entry.load.reject(answer.error);
    else entry.load.resolve(answer.value);
    return true;
  }

  exited(generation: number, attempt: number, exit: Exit): void {
    for (const entry of this.#book.end(generation)) {
      this.#fail(entry, new RequestError("lost", { exit, attempt }));
    }
  }

  look(): void {
    const { desk } = this;
    if (desk.isOver) {
      const exit = desk.lastExit;
      for (const entry of this.#book.clear()) this.#fail(entry, new RequestError("over", { exit }));
      return;
    }
    const { asked } = desk;
    if (!asked) return;
    const { child, generation, attempt } = asked;
    for (let entry = this.#book.give(generation); entry; entry = this.#book.give(generation)) {
      const { id, load } = entry;
      try {
        const { message, transferList } = load;
        load.child = child;
        const heard = child.ask?.({ id, message, transferList: transferList ?? [] });
        if (heard === false) throw new RequestError("lost", { attempt });
      } catch (error) {
        // It cannot be sent: what cannot be cloned, or a channel that broke.
        this.#book.drop(entry);
        this.#fail(entry, error);
      }
    }
  }

  #fail({ load }: Entry<Load>, error: unknown): void {
    load.leave?.();
    load.reject(error);
  }

  /** Sets what ends it before its answer. */
  #limit(entry: Entry<Load>, { signal, timeoutMs }: RequestSettings): void {
    if (!signal && timeoutMs === null) return;
    const { desk } = this;
    const ends = (error: () => unknown) => () => {
      const { generation, id, load } = entry;
      if (!this.#book.drop(entry)) return;
      if (generation !== null) guarded(() => load.child?.unask?.(id), IGNORED);
      this.#fail(entry, error());
    };
    const timedOut = ends(() => new RequestError("timed-out", { timeoutMs: timeoutMs ?? 0 }));
    const unset =
      timeoutMs === null ? null : desk.alarm.set(desk.alarm.now() + timeoutMs, timedOut);
    const unheard =
      signal &&
      onAbort(
        signal,
        ends(() => signal.reason),
      );
    entry.load.leave = () => {
      unset?.();
      unheard?.();
    };
  }
}

/**
 * The layer that a launcher whose children can be asked brings along, as its `requests`.
 *
 * Decides: which request goes to the child, which waits, and what becomes of one without an answer. A request is
 * sent when the child is ready, in the order of the calls. Only the attempt that it was sent to can answer it; if
 * that one ends first, it rejects with the root cause, or is sent to the next one, `resends` times at the most. When
 * the supervision is over or held, all reject. Effect: no timer of its own and one listener per signal.
 *
 * @since 0.1.0
 * @example
 * const part: Pick<Launcher, "requests"> = { requests: requestLayer }; // beside its launch()
 * typeof part.requests; // => "function"
 */
export function requestLayer(desk: RequestDesk): Requests {
  readArguments("requestLayer", arguments, 1);
  return new RequestDeskLayer(desk);
}
