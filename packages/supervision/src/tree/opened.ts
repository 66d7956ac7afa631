// The children that a step has opened, to be looked at and changed, and which of them may differ from what stands
// in the pages. A search in the middle of a step goes on from child to child, and thousands may be due at
// once: it writes only what was opened since the last search.

import type { Member } from "./member.js";

export class Opened {
  readonly #all = new Map<number, Member>();
  readonly #unwritten = new Set<number>();

  get(ordinal: number): Member | undefined {
    return this.#all.get(ordinal);
  }

  add(member: Member): Member {
    this.#all.set(member.ordinal, member);
    return this.mark(member);
  }

  /** Says that it is about to be changed. */
  mark(member: Member): Member {
    this.#unwritten.add(member.ordinal);
    return member;
  }

  drop({ ordinal }: Member): void {
    this.#all.delete(ordinal);
  }

  all(): readonly Member[] {
    return [...this.#all.values()];
  }

  /** Those that may have changed since this was asked last. */
  takeUnwritten(): readonly Member[] {
    const members: Member[] = [];
    for (const ordinal of this.#unwritten) {
      const member = this.#all.get(ordinal);
      if (member) members.push(member);
    }
    this.#unwritten.clear();
    return members;
  }
}
