// The children of one supervision: their rows, and the order in which they stand, nested ones behind the child that they
// are in.

import type { ChangePart, Head, Row, SnapshotPart } from "../../packages/dashboard/src/wire.ts";
import { stateOf, type Tone } from "./words.ts";

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export type Tally = Readonly<Record<Tone, number>>;

export class Part {
  head: Head;
  readonly rows = new Map<string, Row>();
  /** By path, those that are in it, in order. */
  #inside: Map<string, string[]> | null = null;
  #order: string[] | null = null;
  readonly collapsed = new Set<string>();

  constructor({ head, rows }: SnapshotPart) {
    this.head = head;
    for (const row of rows) this.rows.set(row.path, row);
  }

  take({ head, rows, gone }: ChangePart): void {
    this.head = head;
    for (const row of rows) {
      if (!this.rows.has(row.path)) this.#forget();
      this.rows.set(row.path, row);
    }
    for (const path of gone) if (this.rows.delete(path)) this.#forget();
  }

  #forget(): void {
    this.#inside = null;
    this.#order = null;
  }

  /** Opens or closes a child that is a tree. */
  toggle(path: string): void {
    if (!this.collapsed.delete(path)) this.collapsed.add(path);
    this.#order = null;
  }

  isTree(path: string): boolean {
    return (this.#nested().get(path)?.length ?? 0) > 0;
  }

  /** All paths that are to be seen, in order. */
  get order(): readonly string[] {
    if (this.#order) return this.#order;
    const inside = this.#nested();
    const order: string[] = [];
    const add = (paths: readonly string[]) => {
      for (const path of paths) {
        order.push(path);
        if (!this.collapsed.has(path)) add(inside.get(path) ?? []);
      }
    };
    add(inside.get("") ?? []);
    this.#order = order;
    return order;
  }

  #nested(): Map<string, string[]> {
    if (this.#inside) return this.#inside;
    const inside = new Map<string, string[]>();
    const isAlone = this.head.type === "child";
    for (const path of this.rows.keys()) {
      const parent = isAlone ? "" : parentOf(path);
      const list = inside.get(parent);
      if (list) list.push(path);
      else inside.set(parent, [path]);
    }
    this.#inside = inside;
    return inside;
  }

  tally(): Tally {
    const tally: Record<Tone, number> = { good: 0, busy: 0, bad: 0, wait: 0, idle: 0 };
    for (const row of this.rows.values()) tally[stateOf(row).tone] += 1;
    return tally;
  }
}
