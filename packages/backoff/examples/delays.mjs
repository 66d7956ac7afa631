// What a child that crashes at once, and then once more after a long run, waits each time.
//   node examples/delays.mjs

import { backoff } from "@steadfast/backoff";
import { cell, exitOf } from "@steadfast/policy";

let now = 0;
const delays = cell(
  backoff({ initialMs: 200, factor: 2, capMs: 5_000, jitter: "none", resetAfterMs: 60_000 }),
  { clock: () => now, random: Math.random },
);

/** Tells the end of a run of so long, and waits as long as the policy says. */
function crashAfter(uptimeMs) {
  now += uptimeMs;
  const { delayMs } = delays.failed(exitOf(1, null), { uptimeMs });
  console.log(`ran for ${uptimeMs} ms, crashed at ${now} ms, waits ${delayMs} ms`);
  now += delayMs;
}

for (const uptimeMs of [10, 10, 10, 10, 10, 10, 60_000, 10]) crashAfter(uptimeMs);
