// What an attempt costs in `supervise`, beside the shortest loop that somebody would write. Run by `pnpm
// bench` with --expose-gc and a young generation that is not collected meanwhile, on the built packages.
//
// A task fails nine times, is tried again without delay, and succeeds. By hand: a loop that tries again in
// the next turn of the event loop. Bytes are all that is allocated per attempt, most of it given back at
// once. The handle that is made for each run is in it.

import { backoff, constant } from "@steadfast/backoff";
import { allOf, inTurn, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { type SuperviseOptions, supervise } from "@steadfast/supervisor";
import { ratioOf } from "./rounds.ts";

const FAILURES = 9;
const ATTEMPTS = FAILURES + 1;
const boom = new Error("boom");

function failing(): () => Promise<number> {
  let left = FAILURES;
  return async () => {
    if (left-- > 0) throw boom;
    return 1;
  };
}

async function byHand(): Promise<number> {
  const task = failing();
  for (;;) {
    try {
      return await task();
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function supervised(options: SuperviseOptions): () => Promise<void> {
  return async () => {
    const { type, attempts } = await supervise(taskLauncher(failing()), options).outcome;
    if (type !== "completed" || attempts !== ATTEMPTS) throw new Error(`${type}, ${attempts}`);
  };
}

/** The run is short enough to need no collection. */
async function bytesOf(run: () => Promise<unknown>): Promise<number> {
  const calls = 100;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) await run();
  return (process.memoryUsage().heapUsed - before) / (calls * ATTEMPTS);
}

let heard = 0;
const counted = allOf(
  restartOn("transient"),
  inTurn(
    backoff({ curve: constant({ delayMs: 0 }), jitter: "none" }),
    slidingWindow({ limit: 1_000, windowMs: 10_000 }),
  ),
);

console.log(
  "an attempt of ten        by hand us  ours us  ratio (min to max)   cpu  by hand bytes  ours bytes",
);
for (const [name, options] of [
  ["restartOn only", { policy: restartOn("transient") }],
  ["counted, one listener", { policy: counted, onEvent: () => heard++ }],
] as const) {
  const ours = supervised(options);
  const measured = await ratioOf(byHand, ours, { rounds: 15, calls: 400 });
  const range = `${measured.ratio.toFixed(1)} (${measured.min.toFixed(1)} to ${measured.max.toFixed(1)})`;
  console.log(
    name.padEnd(22),
    (measured.base / ATTEMPTS).toFixed(2).padStart(12),
    (measured.ours / ATTEMPTS).toFixed(2).padStart(8),
    range.padStart(19),
    measured.cpu.toFixed(1).padStart(5),
    (await bytesOf(byHand)).toFixed(0).padStart(14),
    (await bytesOf(ours)).toFixed(0).padStart(11),
  );
}
if (heard === 0) throw new Error("nobody heard anything");
