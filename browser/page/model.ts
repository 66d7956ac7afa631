// Everything that the page knows and shows: what the server says, and what the person has chosen. Whoever changes it asks for a
// frame.

import type {
  Budget,
  Change,
  ChildDetail,
  Snapshot,
  Told,
  WhatIf,
} from "../../packages/dashboard/src/wire.ts";
import { Counts } from "./counts.ts";
import { Lanes } from "./lane.ts";
import { Part } from "./part.ts";
import type { Connection } from "./stream.ts";
import { ViewWindow } from "./view-window.ts";
import { stateOf, type Tone } from "./words.ts";

export type Filter = "all" | Tone;

export class Model {
  title = "Steadfast";
  orders = false;
  parts: readonly Part[] = [];
  connection: Connection = "connecting";
  trouble = "";
  readonly lanes = new Lanes();
  readonly counts = new Counts();
  readonly window = new ViewWindow();
  /** What the clock of the supervision is ahead of this one. */
  #ahead = 0;

  // What the person has chosen.
  of = 0;
  selected: string | null = null;
  text = "";
  filter: Filter = "all";
  /** What is said to a screen reader, and shown for a while. */
  said = "";
  /** The order that waits for a second click. */
  asking: string | null = null;
  detail: ChildDetail | null = null;
  budgets = new Map<string, Budget | null>();
  edited: string | null = null;
  whatIf: WhatIf | null = null;
  whatIfError = "";
  onlyDifferent = false;

  get part(): Part | undefined {
    return this.parts[this.of];
  }

  /** The clock of the supervision, now. */
  get now(): number {
    return performance.timeOrigin + performance.now() + this.#ahead;
  }

  snapshot({ title, orders, parts, told }: Snapshot): void {
    this.title = title;
    this.orders = orders;
    const before = this.parts;
    this.parts = parts.map((part) => new Part(part));
    for (const [i, part] of this.parts.entries()) {
      for (const path of before[i]?.collapsed ?? []) part.toggle(path);
    }
    if (this.of >= this.parts.length) this.of = 0;
    this.lanes.clear();
    this.counts.clear();
    this.#take(told);
    for (const part of this.parts) {
      for (const row of part.rows.values()) this.lanes.begin(keyOf(part.head.of, row.path), row);
    }
    this.#setClock();
  }

  change({ parts, told }: Change): void {
    for (const [i, change] of parts.entries()) {
      this.parts[i]?.take(change);
      for (const path of change.gone) this.lanes.delete(keyOf(change.head.of, path));
    }
    this.#take(told);
    this.#setClock();
  }

  #take(told: readonly Told[]): void {
    for (const one of told) {
      this.counts.take(one);
      if (one.type !== "removed") this.lanes.take(keyOf(one.of, one.id), one);
    }
  }

  #setClock(): void {
    const now = this.part?.head.now;
    if (now === undefined) return;
    this.#ahead = now - (performance.timeOrigin + performance.now());
  }

  /** The paths that pass the filter, in order. */
  visible(): readonly string[] {
    const { part, text, filter } = this;
    if (!part) return [];
    if (text === "" && filter === "all") return part.order;
    const wanted = text.toLowerCase();
    return part.order.filter((path) => {
      const row = part.rows.get(path);
      if (!row || !path.toLowerCase().includes(wanted)) return false;
      return filter === "all" || stateOf(row).tone === filter;
    });
  }
}

export const keyOf = (of: string, path: string): string => `${of}\n${path}`;
