// When what happened, for the chart over all children: instants and kinds in two rings of fixed size.

import type { Told } from "../../packages/dashboard/src/wire.ts";

const KINDS = ["launched", "failed", "refused"] as const;

export type CountedKind = (typeof KINDS)[number];

function kindOf(told: Told): number {
  if (told.type === "launched") return 0;
  if (told.type === "exited" && told.failed && !told.ordered) return 1;
  return told.type === "refused" ? 2 : -1;
}

export class Counts {
  readonly #at: Float64Array;
  readonly #kind: Uint8Array;
  #next = 0;
  #size = 0;

  constructor(private readonly most = 50_000) {
    this.#at = new Float64Array(most);
    this.#kind = new Uint8Array(most);
  }

  take(told: Told): void {
    const kind = kindOf(told);
    if (kind < 0) return;
    this.#at[this.#next] = told.at;
    this.#kind[this.#next] = kind;
    this.#next = (this.#next + 1) % this.most;
    this.#size = Math.min(this.#size + 1, this.most);
  }

  clear(): void {
    this.#size = 0;
    this.#next = 0;
  }

  /** The instant of the oldest that is known; null for none. */
  get since(): number | null {
    if (this.#size === 0) return null;
    return this.#at[(this.#next - this.#size + this.most) % this.most] ?? null;
  }

  /** How many of each kind in each of `buckets` equal parts of a span. */
  in(from: number, to: number, buckets: number): readonly [number[], number[], number[]] {
    const counted = KINDS.map(() => new Array<number>(buckets).fill(0));
    const width = (to - from) / buckets;
    for (let i = 1; i <= this.#size; i++) {
      const place = (this.#next - i + this.most) % this.most;
      const bucket = Math.floor(((this.#at[place] as number) - from) / width);
      if (bucket < 0) break;
      const row = counted[this.#kind[place] as number] as number[];
      if (bucket < buckets) row[bucket] = (row[bucket] as number) + 1;
    }
    return counted as [number[], number[], number[]];
  }
}
