// Calls that are tried again, many of them under one signal: what is left behind, and what it costs.

import { cpuMicroseconds, turn } from "../measure.ts";
import { endOf, endText } from "./ends.ts";
import { cockatiel, ours, pRetry, type Retry } from "./retry-libraries.ts";
import type { Said, Scenario } from "./scenario.ts";

/** A thousand runs of one failure each under one signal. Right: no listener is left. */
async function listeners(retryOf: Retry): Promise<Said> {
  const run = retryOf(0, 2);
  const { signal } = new AbortController();
  let left = 0;
  const { addEventListener, removeEventListener } = signal;
  Object.assign(signal, {
    addEventListener(...all: Parameters<AbortSignal["addEventListener"]>) {
      left += 1;
      addEventListener.apply(signal, all);
    },
    removeEventListener(...all: Parameters<AbortSignal["removeEventListener"]>) {
      left -= 1;
      removeEventListener.apply(signal, all);
    },
  });
  for (let n = 0; n < 1_000; n++) {
    let calls = 0;
    await run(async () => (++calls < 2 ? Promise.reject(new Error("busy")) : calls), signal);
  }
  return { did: `${left} left`, isRight: left === 0 };
}

const MANY = 20_000;

/** What it costs that many wait under one signal which then fires, in CPU. */
async function manyWait(retryOf: Retry): Promise<Said> {
  const run = retryOf(600_000, 3);
  const controller = new AbortController();
  const failing = () => Promise.reject(new Error("busy"));
  const arming = cpuMicroseconds();
  const all = Array.from({ length: MANY }, () => run(failing, controller.signal));
  const ends = Promise.allSettled(all);
  for (let n = 0; n < 5; n++) await turn();
  const armed = cpuMicroseconds() - arming;
  const aborting = cpuMicroseconds();
  controller.abort(new Error("enough"));
  const end = await endOf(ends, 10_000);
  const aborted = cpuMicroseconds() - aborting;
  const seconds = (micros: number) => (micros / 1e6).toFixed(2);
  const over = end.type === "pending" ? `; ${endText(end)}` : "";
  return {
    did: `${seconds(armed)} s of CPU to wait, ${seconds(aborted)} s to abort${over}`,
    isRight: over === "",
    cost: armed + aborted,
  };
}

const WAITING = "20 000 calls wait under one signal, which then fires";

export const retriesAtScale: readonly Scenario[] = [
  {
    name: "listeners",
    title: "Listeners on a signal after 1 000 runs under it",
    peer: "p-retry",
    found: "none left: fixed since it was first seen to keep one for each",
    theirs: async () => listeners(await pRetry()),
    ours: () => listeners(ours),
  },
  {
    name: "many-p-retry",
    title: WAITING,
    peer: "p-retry",
    found: "5.4 s of CPU, ours 4.3 s",
    theirs: async () => manyWait(await pRetry()),
    ours: () => manyWait(ours),
  },
  {
    name: "many-cockatiel",
    title: WAITING,
    peer: "cockatiel",
    found: "0.9 s of CPU, ours 4.3 s",
    theirs: async () => manyWait(await cockatiel()),
    ours: () => manyWait(ours),
  },
];
