// Asking the policy for a launch, and waiting for what it said. There is at most one wait.

import type { Millis, Refuse } from "@steadfast/policy";
import type { LaunchCause, SupervisorNews } from "./events.js";
import type { Ledger } from "./ledger.js";
import { instantAfter, type Wait } from "./wait.js";

export class Dialogue {
  readonly #ledger: Ledger;
  readonly #onNotYet: "wait" | "end";
  readonly #tell: (news: SupervisorNews, now: Millis) => void;
  #wait: Wait | null = null;

  constructor(
    ledger: Ledger,
    onNotYet: "wait" | "end",
    tell: (news: SupervisorNews, now: Millis) => void,
  ) {
    this.#ledger = ledger;
    this.#onNotYet = onNotYet;
    this.#tell = tell;
  }

  get wait(): Wait | null {
    return this.#wait;
  }

  /**
   * Asks for a launch. Null: there is something to wait for, if only until now. Else it is refused for
   * good, and whatever was waited for before is still there to be dropped.
   */
  ask(cause: LaunchCause, now: Millis): Refuse | null {
    const answer = this.#ledger.ask(cause, now);
    if (answer.type === "launch") {
      const { delayMs } = answer;
      const until = instantAfter(now, delayMs);
      this.#wait = { for: "delay", until, cause };
      if (cause !== "start" || until > now) this.#tell({ type: "delayed", until, delayMs }, now);
      return null;
    }
    const { reason, retryAfterMs } = answer;
    this.#tell({ type: "refused", reason, retryAfterMs }, now);
    if (retryAfterMs === null || this.#onNotYet === "end") return answer;
    this.#wait = { for: "not-yet", until: instantAfter(now, retryAfterMs), cause };
    return null;
  }

  /** Asks for an operator's launch. Null: it is granted, and a delay is not waited for. */
  askForOperator(now: Millis): Refuse | null {
    const answer = this.#ledger.ask("operator", now);
    return answer.type === "refuse" ? answer : null;
  }

  /** Goes on with a wait that another supervisor began. */
  resume(wait: Wait): void {
    this.#wait = wait;
  }

  /** Makes an admitted delay end now. False if there is none: a "not yet" is never cut. */
  cut(now: Millis): boolean {
    if (this.#wait?.for !== "delay") return false;
    this.#wait = { ...this.#wait, until: Math.min(now, this.#wait.until) };
    return true;
  }

  /** Ends the wait if it is over at `now`, and says what it was for. */
  takeDue(now: Millis): Wait | null {
    const wait = this.#wait;
    if (!wait || wait.until > now) return null;
    this.#wait = null;
    return wait;
  }

  /** Waits no more. */
  drop(): void {
    this.#wait = null;
  }
}
