// Who has which file, and what is counted already. It outlives every attempt of the task, so nothing
// is lost when the task fails; and a file is settled by the claim that holds it, so nothing is counted
// twice: a claim that was given back, or settled, is void.

import { EventEmitter } from "node:events";

/** The right to settle one file, once. */
export interface Claim {
  readonly file: string;
}

export interface Total {
  readonly files: number;
  readonly words: number;
}

interface Events {
  /** A file was counted. */
  readonly counted: [];
  /** There is a file to claim again, or nothing is left to do. */
  readonly changed: [];
}

export class Ledger extends EventEmitter<Events> {
  #files: readonly string[] | null = null;
  #pending: string[] = [];
  readonly #claims = new Set<Claim>();
  #counted = 0;
  #words = 0;

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  /** Enters the files, the first time it is called. */
  open(files: readonly string[]): void {
    if (this.#files) return;
    this.#files = files;
    this.#pending = [...files].reverse();
  }

  /** How many files there are; 0 while nobody knows. */
  get size(): number {
    return this.#files?.length ?? 0;
  }

  get total(): Total {
    return { files: this.#counted, words: this.#words };
  }

  get isDone(): boolean {
    return this.#files !== null && this.#counted === this.#files.length;
  }

  /** Claims the next file; null if there is none to claim now. */
  claim(): Claim | null {
    const file = this.#pending.pop();
    if (file === undefined) return null;
    const claim = { file };
    this.#claims.add(claim);
    return claim;
  }

  /** Enters the result of a file. False, and nothing happens, if the claim is void. */
  settle(claim: Claim, words: number): boolean {
    if (!this.#claims.delete(claim)) return false;
    this.#counted++;
    this.#words += words;
    this.emit("counted");
    if (this.isDone) this.emit("changed");
    return true;
  }

  /** Gives a file back, for somebody else. False, and nothing happens, if the claim is void. */
  giveBack(claim: Claim): boolean {
    if (!this.#claims.delete(claim)) return false;
    this.#pending.push(claim.file);
    this.emit("changed");
    return true;
  }
}
