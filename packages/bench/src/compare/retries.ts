// One call that is tried again: what is thrown, an abort while it waits, and a very long wait.

import { retry } from "@steadfast/promise-tasks";
import { peer } from "../peers.ts";
import { endOf, endText, wait } from "./ends.ts";
import {
  asyncRetry,
  cockatiel,
  ours,
  pRetry,
  type Retry,
  steady,
  type Task,
} from "./retry-libraries.ts";
import type { Said, Scenario } from "./scenario.ts";

/** An abort 50 ms into a wait of 500 ms. Right: over at once, without a further call. */
async function abortInWait(retryOf: Retry): Promise<Said> {
  const run = retryOf(500, 3);
  const controller = new AbortController();
  let calls = 0;
  const failing = async () => {
    calls += 1;
    throw new Error("busy");
  };
  const from = performance.now();
  setTimeout(() => controller.abort(new Error("enough")), 50);
  const end = await endOf(run(failing, controller.signal), 3_000);
  const ms = Math.round(performance.now() - from);
  const isRight = end.type === "rejected" && ms < 400 && calls === 1;
  return { did: `over after ${ms} ms, ${count(calls, "call")}`, isRight };
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

const NOTHING = JSON.parse("{}").error as Error; // undefined, as in a program that is not typed

async function throwsUndefined(run: (task: Task) => Promise<unknown>): Promise<Said> {
  let calls = 0;
  const failing = () => {
    calls += 1;
    return Promise.reject(NOTHING);
  };
  const end = await endOf(run(failing), 2_000);
  return { did: `${endText(end)}, ${count(calls, "call")}`, isRight: end.type === "rejected" };
}

/** A wait of 2^31 ms, one more than a timer of Node takes. Right: nothing happens meanwhile. */
async function opossum(): Promise<Said> {
  type Breaker = new (
    task: Task,
    options: object,
  ) => { fire(): Promise<unknown>; readonly halfOpen: boolean };
  const { default: Breaker } = (await peer("opossum/index.js")) as { readonly default: Breaker };
  const options = { resetTimeout: 2 ** 31, errorThresholdPercentage: 1, volumeThreshold: 1 };
  const breaker = new Breaker(() => Promise.reject(new Error("busy")), options);
  await breaker.fire().catch(() => {});
  await wait(200);
  const { halfOpen } = breaker;
  return { did: halfOpen ? "half-open within 200 ms" : "open", isRight: !halfOpen };
}

async function longWait(): Promise<Said> {
  const controller = new AbortController();
  let calls = 0;
  const failing = async () => {
    calls += 1;
    throw new Error("busy");
  };
  const over = ours(2 ** 31, 3)(failing, controller.signal).catch(() => {});
  await wait(200);
  controller.abort(new Error("enough"));
  await over;
  return { did: `waits: ${count(calls, "call")} within 200 ms`, isRight: calls === 1 };
}

const ABORT = "A caller aborts 50 ms into a wait of 500 ms";

export const retries: readonly Scenario[] = [
  {
    name: "throws-undefined",
    title: "A task throws `undefined`, three tries",
    peer: "async-retry",
    found: "pending, and an unhandled rejection",
    theirs: () => throwsUndefined(asyncRetry),
    ours: () => throwsUndefined((task) => retry(task, { attempts: 3, backoff: steady(1) })),
  },
  {
    name: "abort-cockatiel",
    title: ABORT,
    peer: "cockatiel",
    found: "calls once more, and is over after the whole wait",
    theirs: async () => abortInWait(await cockatiel()),
    ours: () => abortInWait(ours),
  },
  {
    name: "abort-p-retry",
    title: ABORT,
    peer: "p-retry",
    found: "at once",
    theirs: async () => abortInWait(await pRetry()),
    ours: () => abortInWait(ours),
  },
  {
    name: "long-delay",
    title: "A wait of 2^31 ms",
    peer: "opossum",
    found: "half-open at once",
    theirs: opossum,
    ours: longWait,
  },
];
