// What every store must keep, as cases that any test runner can loop over. Each asks for a store of its own.

import type { AskSignal } from "@steadfast/policy";
import { readArguments } from "@steadfast/policy";
import type { Entry, Store, Stored } from "./store.js";

/**
 * Makes two stores that hold the same, as two hosts have them, with nothing in them. `close` is called at the end of the
 * case.
 * @since 0.1.0
 */
export type StoreMaker = () => Promise<{
  readonly one: Store;
  readonly other: Store;
  close(): Promise<void>;
}>;

/**
 * One sentence of the contract.
 * @since 0.1.0
 */
export interface StoreCase {
  /** The sentence. */
  readonly name: string;
  /** Rejects with an Error that says how it is broken. */
  run(): Promise<void>;
}

interface Pair {
  readonly one: Store;
  readonly other: Store;
  readonly signal: AskSignal;
}

/**
 * The store suite: the contract of `Store`, sentence by sentence, for a store of one's own.
 *
 * Decides nothing. Effect: each case makes stores and closes them. Errors: a case rejects with an Error that says which
 * sentence is broken.
 *
 * @since 0.1.0
 * @example
 * const make = async () => {
 *   const store = memoryStore();
 *   return { one: store, other: store, close: async () => {} };
 * };
 * for (const { run } of storeCases(make)) await run();
 * storeCases(make)[0]?.name; // => "a key that nobody wrote has no entry"
 */
export function storeCases(make: StoreMaker): readonly StoreCase[] {
  readArguments("storeCases", arguments, 1);
  return Object.entries(SENTENCES).map(([name, check]) => ({
    name,
    async run() {
      const { close, ...stores } = await make();
      try {
        await check({ ...stores, signal: new AbortController().signal });
      } finally {
        await close();
      }
    },
  }));
}

const SENTENCES: Readonly<Record<string, (pair: Pair) => Promise<void>>> = {
  async "a key that nobody wrote has no entry"({ one, signal }) {
    must("read", (await one.read("empty", signal)).entry, null);
  },

  async "what was written is read by everybody, letter for letter"({ one, other, signal }) {
    for (const [i, value] of VALUES.entries()) {
      const key = `value ${i}`;
      await write(one, key, null, { revision: "first", value }, signal);
      must(`read of ${show(value)}`, (await other.read(key, signal)).entry, {
        revision: "first",
        value,
      });
    }
  },

  async "keys are kept apart, whatever letters they have"({ one, other, signal }) {
    for (const [i, key] of KEYS.entries()) {
      await write(one, key, null, { revision: `r${i}`, value: String(i) }, signal);
    }
    for (const [i, key] of KEYS.entries()) {
      const expected = { revision: `r${i}`, value: String(i) };
      must(`read of ${show(key)}`, (await other.read(key, signal)).entry, expected);
    }
  },

  async "swap writes where the expected revision stands"({ one, other, signal }) {
    await write(one, "k", null, { revision: "a", value: "1" }, signal);
    await write(other, "k", "a", { revision: "b", value: "2" }, signal);
    must("read", (await one.read("k", signal)).entry, { revision: "b", value: "2" });
  },

  async "swap writes nothing where another revision stands, and answers what does"(pair) {
    const { one, other, signal } = pair;
    await write(one, "k", null, { revision: "a", value: "1" }, signal);
    const next = { revision: "c", value: "3" };
    for (const expected of [null, "b", ""]) {
      const standing = await other.swap("k", expected, next, signal);
      must(`swap for ${show(expected)}`, standing?.entry, { revision: "a", value: "1" });
    }
    must("read", (await one.read("k", signal)).entry, { revision: "a", value: "1" });
  },

  async "swap for a revision writes nothing where there is no entry"({ one, signal }) {
    const standing = await one.swap("k", "a", { revision: "b", value: "2" }, signal);
    must("swap", standing && { entry: standing.entry }, { entry: null });
    must("read", (await one.read("k", signal)).entry, null);
  },

  async "of many that expect the same, one writes"({ one, other, signal }) {
    for (const [round, expected] of [null, "first"].entries()) {
      const revisions = Array.from({ length: 20 }, (_, i) => `${round}.${i}`);
      const answers = await Promise.all(
        revisions.map((revision, i) =>
          (i % 2 ? one : other).swap("k", expected, { revision, value: "v" }, signal),
        ),
      );
      must("how many wrote", answers.filter((answer) => answer === null).length, 1);
      const winner = revisions[answers.indexOf(null)] as string;
      must("read", (await one.read("k", signal)).entry?.revision, winner);
      await write(one, "k", winner, { revision: "first", value: "v" }, signal);
    }
  },

  async "no step is lost among many hosts"({ one, other, signal }) {
    const steps = 25;
    const count = async (store: Store, host: number) => {
      for (let i = 0; i < steps; i++) await increment(store, `${host}.${i}`, signal);
    };
    await Promise.all([one, other, one, other].map(count));
    must("the sum", (await one.read("sum", signal)).entry?.value, String(4 * steps));
  },

  async "its clock gives milliseconds that do not go back"({ one, signal }) {
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < 20; i++) {
      const { now } = await one.read("k", signal);
      if (!Number.isFinite(now) || now < last) throw broken("now", now, `at least ${last}`);
      last = now;
    }
  },

  async "swap as of an instant writes at it or up to 100 ms later, in a store with swapsAsOf"(
    pair,
  ) {
    const { one, signal } = pair;
    if (one.swapsAsOf !== true) return;
    const { now } = await one.read("k", signal);
    for (const asOf of [now + 60_000, now - 60_000]) {
      const standing = await one.swap("k", null, { revision: "a", value: "1" }, signal, asOf);
      must(`swap as of ${asOf - now} ms`, standing && { entry: standing.entry }, { entry: null });
    }
    for (let turn = 0; ; turn++) {
      const asOf = (await one.read("k", signal)).now;
      const next = { revision: `at ${turn}`, value: "1" };
      if ((await one.swap("k", null, next, signal, asOf)) === null) break;
      if (turn === MOST_TURNS) throw broken("a swap as of now", "nothing", "written at last");
    }
    const other = await one.swap("k", null, { revision: "b", value: "2" }, signal, now);
    must("swap for another revision", other?.entry?.value, "1");
  },

  async "the answer of a swap that wrote nothing has the time, too"({ one, signal }) {
    const { now } = await one.read("k", signal);
    const standing = await one.swap("k", "none", { revision: "a", value: "1" }, signal);
    const later = standing?.now ?? Number.NaN;
    if (!(later >= now)) throw broken("now", later, `at least ${now}`);
  },
};

const VALUES = ["{}", "", "ä\u{1F600}\n\"'\\ ; -- $1 %s", "x".repeat(100_000), "1e400", "null"];
const KEYS = [
  "k",
  "K",
  "k ",
  "ä",
  "a:b",
  "a/b",
  "'; drop table x; --",
  "{k}",
  "*",
  "x".repeat(200),
];

async function write(
  store: Store,
  key: string,
  expected: string | null,
  next: Entry,
  signal: AskSignal,
): Promise<void> {
  must(`swap of ${show(key)}`, await store.swap(key, expected, next, signal), null);
}

/** Among four hosts somebody writes in every turn: nobody meets others so often. */
const MOST_TURNS = 1_000;

async function increment(store: Store, step: string, signal: AskSignal): Promise<void> {
  let stored: Stored | null = await store.read("sum", signal);
  for (let turn = 0; stored !== null; turn++) {
    if (turn > MOST_TURNS) throw broken("a swap for what stands there", stored, "written at last");
    const value = String(Number(stored.entry?.value ?? 0) + 1);
    const next = { revision: `${step}.${turn}`, value };
    stored = await store.swap("sum", stored.entry?.revision ?? null, next, signal);
  }
}

function must(what: string, got: unknown, expected: unknown): void {
  if (JSON.stringify(got) !== JSON.stringify(expected)) throw broken(what, got, show(expected));
}

function broken(what: string, got: unknown, expected: string): Error {
  return new Error(`${what} must be ${expected}, got ${show(got)}`);
}

const show = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);
