// What a driver says to those who listen: events, messages of the child, and callbacks that failed.
// Nothing is made that nobody hears.

import { errorRecord, type Millis } from "@steadfast/policy";
import type { Tag } from "@steadfast/supervision";
import { isWatched } from "./diagnostics.js";
import { EventHub, type EventListener } from "./event-hub.js";
import type { CallbackName, SupervisorNews } from "./events.js";
import { guarded } from "./guarded.js";
import type { PolicyFinding } from "./policy-finding.js";

export abstract class Voice {
  /** The instant of the act that is being done. */
  protected now: Millis = 0;
  #hub: EventHub | null = null;

  /** Whom events are about, unless they say otherwise. */
  abstract readonly id: string;
  /** The attempt that events are about, unless they say otherwise. */
  abstract readonly tag: Tag;
  abstract readonly ended: unknown;
  abstract readonly isBusy: boolean;
  /** Runs something when it is its turn among the acts. */
  abstract act(run: () => void): void;

  /** Begins with what was found in the options. In the first turn all is kept: a stream may follow. */
  protected beginTelling(onEvent: EventListener | null, findings: readonly PolicyFinding[]): void {
    this.#hub = this.#newHub();
    queueMicrotask(() => this.#firstTurnIsOver());
    if (onEvent) this.#hub.add(onEvent);
    for (const { code, severity, message, fix } of findings) {
      this.tell({
        type: "finding",
        code,
        severity,
        message,
        ...(fix === undefined ? {} : { fix }),
      });
    }
  }

  #firstTurnIsOver(): void {
    this.#hub?.forgetFirst();
    if (this.#hub?.isHeard === false && !this.isBusy) this.#hub = null;
  }

  #newHub(): EventHub {
    return new EventHub((error) => this.callbackFailed("listener", error));
  }

  /** The listeners; made when somebody wants to hear. */
  get hub(): EventHub {
    if (this.#hub) return this.#hub;
    this.#hub = this.#newHub();
    this.#hub.forgetFirst();
    if (this.ended) this.#hub.close();
    return this.#hub;
  }

  /** Delivers what was said. */
  protected flush(): void {
    this.#hub?.flush();
  }

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.#hub?.isHeard || isWatched();
  }

  tell(news: SupervisorNews, { attempt, generation }: Tag = this.tag, id = this.id): void {
    if (!this.isHeard) return;
    this.hub.push({ id, at: this.now, attempt, generation, ...news });
  }

  /** Passes a message of a child on, in its turn among the events, if the child is still there then. */
  pass(isThere: () => boolean, take: () => unknown): void {
    this.act(() => {
      if (!isThere()) return;
      this.hub.push(() => guarded(take, (error) => this.callbackFailed("onMessage", error)));
    });
  }

  callbackFailed(callback: CallbackName, error: unknown): void {
    const record = errorRecord(error);
    this.act(() => this.tell({ type: "callback-failed", callback, error: record }));
  }
}
