// The promise task: fetches, hands out, collects. One lane per worker. An attempt that fails gives
// back what it holds; the next one goes on from the same ledger.

import { once } from "node:events";
import type { Task } from "@steadfast/promise-tasks";
import { type Counter, CounterGoneError } from "./counter.js";
import type { Claim, Ledger, Total } from "./ledger.js";
import type { Library } from "./library.js";

export function countingTask(
  ledger: Ledger,
  library: Library,
  counters: readonly Counter[],
): Task<Total> {
  return async ({ signal, ready, onMessage }) => {
    const over = new AbortController();
    const ends = AbortSignal.any([signal, over.signal]);
    const struck = new Promise<never>((_, reject) => {
      onMessage(() => reject(new Error("chaos: the task fails")));
    });
    ready();
    const work = countAll(ledger, library, counters, ends);
    try {
      await Promise.race([work, struck]);
      return ledger.total;
    } finally {
      over.abort();
      await Promise.allSettled([work]);
    }
  };
}

async function countAll(
  ledger: Ledger,
  library: Library,
  counters: readonly Counter[],
  signal: AbortSignal,
): Promise<void> {
  ledger.open(await library.files(signal));
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const lanes = counters.map((counter) => lane(ledger, library, counter, ends));
  try {
    await Promise.all(lanes);
  } finally {
    over.abort();
    await Promise.allSettled(lanes);
  }
}

/** Counts one file after the other with one worker, until all are counted by somebody. */
async function lane(
  ledger: Ledger,
  library: Library,
  counter: Counter,
  signal: AbortSignal,
): Promise<void> {
  while (!ledger.isDone) {
    const claim = ledger.claim();
    if (claim) await countOne(ledger, library, counter, claim, signal);
    else await once(ledger, "changed", { signal });
  }
}

async function countOne(
  ledger: Ledger,
  library: Library,
  counter: Counter,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  try {
    const text = await library.text(claim.file, signal);
    ledger.settle(claim, await counter.count(text, signal));
  } catch (error) {
    ledger.giveBack(claim);
    if (!(error instanceof CounterGoneError)) throw error;
    // Nothing is held while the worker is away: the others can count this file.
    await whenUpOrDone(ledger, counter, signal);
  }
}

async function whenUpOrDone(ledger: Ledger, counter: Counter, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  const ends = AbortSignal.any([signal, waiting.signal]);
  const done = () => waiting.abort();
  if (ledger.isDone) return;
  const finished = () => ledger.isDone && done();
  ledger.on("changed", finished);
  try {
    await counter.whenUp(ends);
  } catch (error) {
    if (!ledger.isDone) throw error;
  } finally {
    ledger.off("changed", finished);
  }
}
