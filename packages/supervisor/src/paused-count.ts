// What is paused has neither a child nor a timer that keeps its process alive: one thing does, for all of a system.

import { ContractError } from "./errors.js";
import { onePer } from "./one-per.js";
import type { System } from "./system.js";

class PausedCount {
  readonly #system: System;
  #paused = 0;
  #letGo: (() => void) | null = null;

  constructor(system: System) {
    this.#system = system;
  }

  /** One more is paused (1), or one less (-1). */
  change(by: 1 | -1): void {
    this.#paused += by;
    if (this.#paused > 0 === (this.#letGo !== null)) return;
    const letGo = this.#letGo;
    this.#letGo = null;
    try {
      letGo?.();
      if (this.#paused > 0) this.#letGo = this.#system.keepAlive?.() ?? null;
    } catch (error) {
      throw new ContractError("system", "keepAlive() and what it returns must not throw", error);
    }
  }
}

/** The count of a system, made when it is first asked for. */
export const pausedCountOf = /* @__PURE__ */ onePer((system: System) => new PausedCount(system));
