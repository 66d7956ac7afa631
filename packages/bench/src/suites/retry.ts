// What `retry` costs, beside the shortest code by hand, and beside p-retry.
//
// failing: a task that fails nine times, is tried again without delay, and succeeds. at once: success at once.
// waiting: 100 000 tasks that failed wait in a backoff under one signal, and are then aborted. Times are CPU of
// the main thread, per attempt, call or task; bytes are all that is allocated for an attempt, or what a waiting
// task keeps. Restarts under a window are in restarts.ts.

import { backoff, constant, proportional } from "@steadfast/backoff";
import { allOf, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { retry } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { attemptsOf, cpuMicroseconds, heldBytes, turn } from "../measure.ts";
import { peer } from "../peers.ts";
import { QUIET_HEAP, type Suite, type Table } from "../suite.ts";

type Task = () => Promise<number>;
type Retry = (task: Task, failures: number) => Promise<number>;

const FAILURES = 9;
const boom = new Error("boom");

function failing(failures: number): Task {
  let left = failures;
  return async () => {
    if (left-- > 0) throw boom;
    return 1;
  };
}

/** The shortest loop that lets the event loop have its turn. */
async function yielding(task: Task): Promise<number> {
  for (;;) {
    try {
      return await task();
    } catch {
      await turn();
    }
  }
}

const zero = backoff({ curve: constant({ delayMs: 0 }), jitter: "none" });
const counted = allOf(
  restartOn("transient"),
  inTurn(zero, slidingWindow({ limit: 1_000_000, windowMs: 10_000 })),
);

async function pRetry(): Promise<Retry> {
  type PRetry = (task: Task, options: object) => Promise<number>;
  const { default: retryOf } = (await peer("p-retry/index.js")) as { readonly default: PRetry };
  return (task, retries) => retryOf(task, { retries, minTimeout: 0, maxTimeout: 0, factor: 1 });
}

const candidates: Readonly<Record<string, () => Retry | Promise<Retry>>> = {
  "yielding loop": () => yielding,
  "retry, capped": () => (task, failures) => retry(task, { attempts: failures + 1 }),
  "retry, counted": () => (task) => retry(task, { policy: counted }),
  "p-retry": pRetry,
};

function attempts(failures: number): Table["candidates"] {
  const all = Object.entries(candidates).map(([name, make]) => {
    const measure = async () => {
      const run = await make();
      return attemptsOf(() => run(failing(failures), failures), failures + 1, 200_000);
    };
    return [name, measure] as const;
  });
  return Object.fromEntries(all);
}

const MANY = 100_000;

type Wait = (task: Task, signal: AbortSignal) => Promise<number>;

const slow: RestartPolicy = backoff({
  curve: constant({ delayMs: 30_000 }),
  jitter: proportional({ low: 1 / 6, high: 1 }),
});

/** By hand: a timer a task, and one listener for all. */
function byHand(): Wait {
  const pending = new Set<() => void>();
  let heard: AbortSignal | null = null;
  return async (task, signal) => {
    if (heard !== signal) {
      heard = signal;
      signal.addEventListener("abort", () => {
        for (const stop of pending) stop();
      });
    }
    for (;;) {
      try {
        return await task();
      } catch {
        const delayMs = 5_000 + Math.random() * 25_000;
        await new Promise<void>((resolve, reject) => {
          const stop = () => {
            pending.delete(stop);
            clearTimeout(timer);
            reject(boom);
          };
          const timer = setTimeout(() => {
            pending.delete(stop);
            resolve();
          }, delayMs);
          pending.add(stop);
        });
      }
    }
  };
}

const waits: Readonly<Record<string, () => Wait>> = {
  "by hand": byHand,
  retry: () => (task, signal) => retry(task, { policy: slow, signal }),
  shorthands: () => (task, signal) => retry(task, { attempts: 9, backoff: slow, signal }),
};

async function waiting(wait: Wait) {
  const task = () => Promise.reject(boom);
  const warm = new AbortController();
  const few = Array.from({ length: 2_000 }, () => wait(task, warm.signal).catch(() => {}));
  for (let i = 0; i < 5; i++) await turn();
  warm.abort(boom);
  await Promise.all(few);
  const { signal, abort } = owned();
  const all: Promise<unknown>[] = new Array(MANY);
  const before = await heldBytes();
  const arming = cpuMicroseconds();
  for (let i = 0; i < MANY; i++) {
    all[i] = wait(task, signal);
  }
  for (let i = 0; i < 5; i++) await turn();
  const arm = (cpuMicroseconds() - arming) / MANY;
  const bytes = ((await heldBytes()) - before) / MANY;
  const cancelling = cpuMicroseconds();
  abort();
  const ends = await Promise.allSettled(all);
  const cancel = (cpuMicroseconds() - cancelling) / MANY;
  if (ends.some((end) => end.status === "fulfilled")) throw new Error("one has not been aborted");
  return { arm, cancel, bytes };
}

function owned() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(boom) };
}

const perAttempt = { micros: { unit: "us CPU" }, bytes: { unit: "B", digits: 0 } };
const held = Object.entries(waits).map(([name, make]) => [name, () => waiting(make())] as const);

export const suite: Suite = {
  name: "retry",
  flags: QUIET_HEAP,
  tables: [
    {
      name: "failing",
      title: "nine failures without delay, then success: an attempt",
      figures: perAttempt,
      candidates: attempts(FAILURES),
      reaches: [
        { candidate: "retry, capped", figure: "micros", than: "yielding loop", atMost: 1 },
        { candidate: "retry, capped", figure: "bytes", than: "p-retry", atMost: 1 },
        { candidate: "retry, counted", figure: "micros", than: "yielding loop", atMost: 1.3 },
        { candidate: "retry, counted", figure: "bytes", than: "p-retry", atMost: 1.5 },
      ],
    },
    {
      name: "at once",
      title: "success at once: a call",
      figures: perAttempt,
      candidates: attempts(0),
      reaches: [
        { candidate: "retry, capped", figure: "micros", than: "p-retry", atMost: 4 },
        { candidate: "retry, counted", figure: "micros", than: "p-retry", atMost: 4 },
      ],
    },
    {
      name: "waiting",
      title: "100 000 wait in a backoff under one signal: each",
      figures: {
        arm: { unit: "us CPU to arm" },
        cancel: { unit: "us CPU to cancel" },
        bytes: { unit: "B kept", digits: 0 },
      },
      candidates: Object.fromEntries(held),
      reaches: [
        { candidate: "retry", figure: "arm", than: "by hand", atMost: 1.2 },
        { candidate: "retry", figure: "cancel", than: "by hand", atMost: 1.2 },
        { candidate: "retry", figure: "bytes", atMost: 800 },
      ],
    },
  ],
};
