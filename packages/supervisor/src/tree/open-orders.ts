// The orders about children that are not answered yet, by number.

import type { TreeEffect, TreeHappening, TreeOrderError } from "@steadfast/supervision/tree";

/**
 * What became of an order about children.
 * @since 0.1.0
 */
export type TreeAnswer =
  | {
      /** It was carried out. */
      readonly ok: true;
    }
  | {
      /** It was not carried out. */
      readonly ok: false;
      /** Why: a stable code, such as `already-started`. */
      readonly error: TreeOrderError;
    };

/** An order that carries a number. */
export type TreeOrder = Extract<TreeHappening, { readonly ref: number }>;

const SHUTDOWN: TreeAnswer = { ok: false, error: "shutdown" };

export class OpenOrders {
  readonly #open = new Map<number, (answer: TreeAnswer) => void>();
  #last = 0;

  /** Gives an order its number, and settles with its answer. */
  give(act: (ref: number) => void, isOver: boolean): Promise<TreeAnswer> {
    if (isOver) return Promise.resolve(SHUTDOWN);
    this.#last += 1;
    const ref = this.#last;
    return new Promise((resolve) => {
      this.#open.set(ref, resolve);
      act(ref);
    });
  }

  answered({ ref, ...answer }: Extract<TreeEffect, { readonly type: "answered" }>): void {
    const resolve = this.#open.get(ref);
    this.#open.delete(ref);
    resolve?.(answer.ok ? { ok: true } : { ok: false, error: answer.error });
  }

  /** The tree is over: what was not answered never will be. */
  close(): void {
    for (const resolve of this.#open.values()) resolve(SHUTDOWN);
    this.#open.clear();
  }
}
