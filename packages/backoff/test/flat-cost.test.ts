// What a step costs, counted and not timed: how often each block of this package's code ran, as V8's
// block coverage tells. Ten failures or 2^53-1, a step is the same few blocks a few times.

import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { backoff, exponential, linear, steps, table } from "../src/index.js";
import { counted, delayOf } from "./events.js";

/** The most that one block may run in one step: the loop over the bits of a small exponent. */
const BUSIEST = 16;

const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

/** What `pnpm mutate` puts between the blocks: it is no part of a step. */
const SWITCH = /^(stry\w+|isActive|cover)$/;

const curves = {
  exponential: exponential({ initialMs: 1, factor: 1 + 2 ** -40, capMs: 2 ** 50 }),
  constant: exponential({ factor: 1 }),
  linear: linear({ initialMs: 1, incrementMs: 1 }),
  table: table(Array.from({ length: 1_000 }, (_, i) => i)),
  steps: steps({ initialMs: 1, maxMs: 2 ** 50, steps: 2 ** 50 }),
};

/** How often the busiest block of `src/` ran during `work`. */
async function busiest(session: Session, work: () => void): Promise<number> {
  await session.post("Profiler.takePreciseCoverage");
  work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const ours = result
    .filter(({ url }) => url.includes(SOURCES))
    .flatMap(({ functions }) => functions)
    .filter(({ functionName }) => !SWITCH.test(functionName));
  return Math.max(...ours.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
}

test("a step costs the same after any number of failures", async () => {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  try {
    for (const curve of Object.values(curves)) {
      const policy = backoff({ curve, jitter: "none" });
      for (const failures of [1, 10, 63, 64, 65, 66, 1_000, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
        const state = counted(policy, failures);
        const runs = await busiest(session, () => delayOf(policy, state, 0));
        expect(runs).toBeGreaterThan(0);
        expect(runs).toBeLessThanOrEqual(BUSIEST);
      }
    }
    const counts = await busiest(session, () => {
      for (let i = 0; i < 100; i++) curves.linear(2 ** 40);
    });
    expect(counts, "the counter counts").toBeGreaterThanOrEqual(100);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
});
