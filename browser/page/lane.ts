// What has happened to one child over time: attempts, delays and refusals, as pieces of a line. Bounded per child, and for
// all children together: the oldest piece of all goes first.

import type { Row, Told } from "../../packages/dashboard/src/wire.ts";

export interface Piece {
  readonly kind: "attempt" | "delay" | "refused";
  readonly from: number;
  /** Null while it goes on, and for a refusal for good. */
  to: number | null;
  readyAt: number | null;
  /** How the attempt ended; null for what is not one, or is still there. */
  end: "failed" | "ended" | null;
}

const MOST_PIECES = 60;

export class Lane {
  readonly pieces: Piece[] = [];
  /** Grows with every change. */
  version = 0;

  get #last(): Piece | undefined {
    return this.pieces.at(-1);
  }

  /** Takes an event; answers whether there is a new piece. */
  take(told: Told): boolean {
    this.version += 1;
    const { at } = told;
    switch (told.type) {
      case "launched":
        this.#close(at);
        return this.#add({ kind: "attempt", from: at, to: null, readyAt: null, end: null });
      case "ready":
        if (this.#last?.kind === "attempt") this.#last.readyAt ??= at;
        return false;
      case "exited":
        return this.#exited(at, told.failed && !told.ordered, told.uptimeMs);
      case "delayed":
        this.#close(at);
        return this.#add({ kind: "delay", from: at, to: told.until, readyAt: null, end: null });
      case "refused": {
        const { retryAfterMs } = told;
        this.#close(at);
        const to = retryAfterMs === null ? null : at + retryAfterMs;
        return this.#add({ kind: "refused", from: at, to, readyAt: null, end: null });
      }
      case "ended":
      case "removed":
        this.#close(at);
        return false;
      default:
        return false;
    }
  }

  /** What is known of an attempt whose launch nobody here has seen. */
  begin({ launchedAt, status }: Row): boolean {
    if (launchedAt === null || this.#last?.kind === "attempt") return false;
    const readyAt = status === "ready" ? launchedAt : null;
    return this.#add({ kind: "attempt", from: launchedAt, to: null, readyAt, end: null });
  }

  #exited(at: number, failed: boolean, uptimeMs: number): boolean {
    const last = this.#last;
    const end = failed ? "failed" : "ended";
    if (last?.kind === "attempt" && last.to === null) {
      last.to = at;
      last.end = end;
      return false;
    }
    const from = at - uptimeMs;
    return this.#add({ kind: "attempt", from, to: at, readyAt: from, end });
  }

  /** What goes on, or reaches beyond, ends here. */
  #close(at: number): void {
    const last = this.#last;
    if (last && (last.to === null || last.to > at)) last.to = at;
  }

  #add(piece: Piece): boolean {
    this.pieces.push(piece);
    if (this.pieces.length > MOST_PIECES) this.pieces.shift();
    return true;
  }
}

/** All lanes, and how much they hold together. */
export class Lanes {
  readonly #byKey = new Map<string, Lane>();
  readonly #order: (Lane | undefined)[];
  #next = 0;

  constructor(private readonly most = 20_000) {
    this.#order = new Array<Lane | undefined>(most);
  }

  get(key: string): Lane | undefined {
    return this.#byKey.get(key);
  }

  take(key: string, told: Told): void {
    const lane = this.#make(key);
    if (lane.take(told)) this.#count(lane);
  }

  begin(key: string, row: Row): void {
    if (row.launchedAt === null) return;
    const lane = this.#make(key);
    if (lane.begin(row)) this.#count(lane);
  }

  delete(key: string): void {
    this.#byKey.delete(key);
  }

  clear(): void {
    this.#byKey.clear();
    this.#order.fill(undefined);
  }

  #make(key: string): Lane {
    let lane = this.#byKey.get(key);
    if (!lane) {
      lane = new Lane();
      this.#byKey.set(key, lane);
    }
    return lane;
  }

  #count(lane: Lane): void {
    const oldest = this.#order[this.#next];
    // One piece stays: what a child is doing now.
    if (oldest && oldest.pieces.length > 1) oldest.pieces.shift();
    this.#order[this.#next] = lane;
    this.#next = (this.#next + 1) % this.most;
  }
}
