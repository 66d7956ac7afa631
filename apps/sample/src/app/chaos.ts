// Who is struck when. Keyed to progress, never to time: one strike every 3 % of the files, the kinds
// in turn. A strike whose victim is down at that moment waits until somebody of its kind is up.

import type { WorkerStrike } from "./messages.js";

/** One planned misfortune. */
export type Strike =
  | { readonly on: "server" }
  | { readonly on: "task" }
  | { readonly on: "worker"; readonly how: WorkerStrike };

const ROUND: readonly Strike[] = [
  { on: "server" },
  { on: "worker", how: "throw" },
  { on: "task" },
  { on: "worker", how: "exit" },
  { on: "server" },
  { on: "worker", how: "run out of memory" },
  { on: "task" },
  { on: "worker", how: "hang" },
];

const STEP = 0.03;
const LAST = 0.9;

/** A strike and the number of counted files at which it is due. */
export interface PlannedStrike {
  readonly after: number;
  readonly strike: Strike;
}

/** The plan for so many files: thirty strikes, at 3 %, 6 %, ... 90 %. None without files. */
export function planChaos(files: number): readonly PlannedStrike[] {
  if (files === 0) return [];
  return Array.from({ length: Math.round(LAST / STEP) }, (_, i) => ({
    after: Math.floor(files * STEP * (i + 1)),
    strike: ROUND[i % ROUND.length] as Strike,
  }));
}

/** Carries a plan out. `perform` answers false if no victim is up. */
export class Chaos {
  readonly #perform: (strike: Strike) => boolean;
  #plan: readonly PlannedStrike[] | null = null;
  #waiting: Strike[] = [];
  #struck = 0;

  constructor(perform: (strike: Strike) => boolean) {
    this.#perform = perform;
  }

  /** How many strikes were carried out. */
  get struck(): number {
    return this.#struck;
  }

  /** So many of so many files are counted now. */
  progress(counted: number, files: number): void {
    this.#plan ??= planChaos(files);
    const due = this.#plan.filter(({ after }) => after <= counted);
    this.#plan = this.#plan.filter(({ after }) => after > counted);
    this.#waiting.push(...due.map(({ strike }) => strike));
    this.retry();
  }

  /** Somebody has come up: what could not be carried out may be possible now. */
  retry(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const strike of waiting) {
      if (this.#perform(strike)) this.#struck++;
      else this.#waiting.push(strike);
    }
  }
}
