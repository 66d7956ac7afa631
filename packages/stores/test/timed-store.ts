// A store that is some way off, on virtual time: each call takes a while to get there, and its answer to come back. It
// swaps as of an instant.

import type { ManualSystem } from "@steadfast/supervisor/testing";
import type { Store } from "../src/index.js";
import { memoryStore } from "../src/memory.js";

export type Trip = readonly [outMs: number, backMs: number];

export interface Timed extends Store {
  /** What was called, since it was taken. */
  take(): { readonly calls: number; readonly at: number | null };
}

export function timed(system: ManualSystem, clock: () => number, trips: readonly Trip[]): Timed {
  const memory = memoryStore({ clock });
  const left = [...trips];
  let calls = 0;
  let at: number | null = null;
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      system.timers.set(resolve, ms);
    });
  async function travel<Answer>(there: () => Promise<Answer>): Promise<Answer> {
    calls++;
    const [outMs, backMs] = left.shift() ?? [1, 1];
    await wait(outMs);
    const answer = await there();
    await wait(backMs);
    return answer;
  }
  const savedAt = (value: string) => (JSON.parse(value) as { readonly at: number }).at;
  return {
    name: "timed",
    swapsAsOf: true,
    read: (key, signal) =>
      travel(async () => {
        const { now, entry } = await memory.read(key, signal);
        at = Math.max(now, entry ? savedAt(entry.value) : now);
        return { now, entry };
      }),
    swap: (key, expected, next, signal, asOf) =>
      travel(async () => {
        const lateMs = asOf === undefined ? 0 : clock() - asOf;
        const isWrong = lateMs < 0 || lateMs > 100;
        const standing = await (isWrong
          ? memory.read(key, signal)
          : memory.swap(key, expected, next, signal));
        if (standing === null) at = savedAt(next.value);
        else at = Math.max(standing.now, standing.entry ? savedAt(standing.entry.value) : 0);
        return standing;
      }),
    take() {
      const taken = { calls, at };
      calls = 0;
      at = null;
      return taken;
    },
  };
}
