/**
 * Runs acts one at a time. An act that is asked for while another runs (a launcher that calls `stop`,
 * say) waits until that one is done, so that nobody ever sees a half-made step.
 */
export class Turns {
  readonly #acts: (() => void)[] = [];
  readonly #onFault: (error: unknown) => void;
  readonly #afterwards: () => void;
  #busy = false;

  /** `onFault` takes what an act throws; `afterwards` runs when all acts are done. Neither may throw. */
  constructor(onFault: (error: unknown) => void, afterwards: () => void) {
    this.#onFault = onFault;
    this.#afterwards = afterwards;
  }

  get busy(): boolean {
    return this.#busy;
  }

  take(act: () => void): void {
    this.#acts.push(act);
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#acts.shift(); next; next = this.#acts.shift()) {
      try {
        next();
      } catch (error) {
        this.#onFault(error);
      }
    }
    this.#busy = false;
    this.#afterwards();
  }
}
