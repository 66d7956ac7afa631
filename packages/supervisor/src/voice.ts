// What a driver says to those who listen: events, messages of the child, and callbacks that failed.
// Nothing is made that nobody hears.

import { errorRecord, type Millis } from "@steadfast/policy";
import type { SupervisionState, Tag } from "@steadfast/supervision";
import type { ChildPort } from "./child-port.js";
import { isWatched } from "./diagnostics.js";
import { EventHub } from "./event-hub.js";
import type { CallbackName, SupervisorNews } from "./events.js";
import { guarded } from "./guarded.js";
import { changeSince } from "./snapshot.js";
import type { SuperviseSettings } from "./supervise-settings.js";

export abstract class Voice {
  /** The instant of the act that is being done. */
  protected now: Millis = 0;
  #hub: EventHub | null = null;

  abstract readonly state: SupervisionState;
  abstract readonly settings: SuperviseSettings;
  abstract readonly port: ChildPort<unknown>;
  abstract readonly ended: unknown;
  abstract readonly isBusy: boolean;
  /** Runs something when it is its turn among the acts. */
  abstract act(run: () => void): void;

  /** Begins with what was found in the options, and in the snapshot. In the first turn all is kept: a stream may follow. */
  protected beginTelling(): void {
    const { onEvent, findings, policy, snapshot } = this.settings;
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
    const changed = snapshot === undefined ? null : changeSince(snapshot, policy);
    if (changed) this.tell({ type: "policy-changed", ...changed });
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

  tell(news: SupervisorNews, { attempt, generation }: Tag = this.state.slot): void {
    if (!this.isHeard) return;
    this.hub.push({ id: this.settings.id, at: this.now, attempt, generation, ...news });
  }

  /** The child sent something: it is heard in its turn among the events. */
  heard(message: unknown, generation: number): void {
    const { onMessage } = this.settings;
    if (!onMessage) return;
    this.act(() => {
      if (generation !== this.state.slot.generation || !this.port.child) return;
      this.hub.push(() =>
        guarded(
          () => onMessage(message),
          (error) => this.callbackFailed("onMessage", error),
        ),
      );
    });
  }

  callbackFailed(callback: CallbackName, error: unknown): void {
    const record = errorRecord(error);
    this.act(() => this.tell({ type: "callback-failed", callback, error: record }));
  }
}
