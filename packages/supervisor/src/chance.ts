// Chance, one number ahead per system: every event carries it, and the first request, of whatever
// supervision, uses it up. So as many numbers are drawn as there are requests, in their order.

import { onePer } from "./one-per.js";
import type { System } from "./system.js";

export class Chance {
  #drawn: number | null = null;

  constructor(private readonly system: System) {}

  /** The number that is next. Throws what `random()` throws. */
  get draw(): number {
    this.#drawn ??= this.system.random();
    return this.#drawn;
  }

  /** It is used up. */
  used(): void {
    this.#drawn = null;
  }
}

/** The chance of a system, made when it is first asked for. */
export const chanceOf = /* @__PURE__ */ onePer((system: System) => new Chance(system));
