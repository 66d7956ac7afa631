// Stores that fail in chosen ways, around a good one.

import type { Store } from "../src/index.js";

/** What happens to the calls of a store, one after the other; what is not said works. */
export type Fate =
  | "works"
  /** Rejects, and has done nothing. */
  | "fails"
  /** Has written or read, and rejects: the answer is lost. */
  | "answer-lost"
  /** Never settles, and has done nothing. */
  | "hangs"
  /** Has written or read, and never settles. */
  | "hangs-after";

export interface Fated extends Store {
  readonly calls: ("read" | "swap")[];
}

export function fated(store: Store, fates: readonly Fate[]): Fated {
  const left = [...fates];
  const calls: ("read" | "swap")[] = [];
  async function suffer<Answer>(call: "read" | "swap", run: () => Promise<Answer>) {
    calls.push(call);
    const fate = left.shift() ?? "works";
    const isDone = fate !== "fails" && fate !== "hangs";
    const answer = isDone ? await run() : undefined;
    if (fate === "hangs" || fate === "hangs-after") return new Promise<never>(() => {});
    if (fate === "works") return answer as Answer;
    throw new Error(`${fate} at call ${calls.length}`);
  }
  return {
    name: store.name,
    calls,
    read: (key, signal) => suffer("read", () => store.read(key, signal)),
    swap: (key, expected, next, signal) =>
      suffer("swap", () => store.swap(key, expected, next, signal)),
  };
}
