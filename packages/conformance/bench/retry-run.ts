// One candidate of retry.ts, measured once in a process of its own: prints what it took as JSON.
//
//   node --expose-gc ... retry-run.ts <case> <candidate> [more]
//
// Cases: `failing` (a task that fails nine times, is tried again without delay, and succeeds), `succeeding`
// (success at once), `waiting` (100 000 tasks that failed wait in a backoff under one signal, and are then
// aborted), `counted` (restarts under a window of that many slots). Times are CPU of the main thread in
// microseconds, per attempt, call or task; bytes are all that is allocated for an attempt, or what a waiting task keeps.

import { backoff, constant, proportional } from "@steadfast/backoff";
import { allOf, giveUp, inTurn, type RestartPolicy, restartOn } from "@steadfast/policy";
import { retry } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { cpuMicroseconds } from "./rounds.ts";

type Task = () => Promise<number>;
type Retry = (task: Task, failures: number) => Promise<number>;

const boom = new Error("boom");
const turn = () => new Promise<void>((resolve) => setImmediate(() => resolve()));

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

async function peer(name: string) {
  const folder = new URL("../../../bench/node_modules/", import.meta.url);
  return import(new URL(name, folder).href);
}

const candidates: Readonly<Record<string, () => Retry | Promise<Retry>>> = {
  yielding: () => yielding,
  capped: () => (task, failures) => retry(task, { attempts: failures + 1 }),
  counted: () => (task) => retry(task, { policy: counted }),
  "p-retry": async () => {
    const { default: pRetry } = await peer("p-retry/index.js");
    return (task, retries) => pRetry(task, { retries, minTimeout: 0, maxTimeout: 0, factor: 1 });
  },
};

/** Microseconds and bytes per attempt. */
async function attempts(run: Retry, failures: number, total: number) {
  const once = async (times: number) => {
    for (let i = 0; i < times; i++) await run(failing(failures), failures);
  };
  await once(total / 2 / (failures + 1));
  globalThis.gc?.();
  const from = cpuMicroseconds();
  await once(total / (failures + 1));
  const micros = (cpuMicroseconds() - from) / total;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await once(2_000 / (failures + 1));
  return { micros, bytes: (process.memoryUsage().heapUsed - before) / 2_000 };
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

async function heldBytes(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc?.();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

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

/** Restarts per second of one task under a full window. */
async function restarts(fill: number) {
  const policy = giveUp(slidingWindow({ limit: fill, windowMs: 3_600_000, counts: "restarts" }));
  const rounds = Math.max(1, Math.ceil(200_000 / fill));
  const many = async (times: number) => {
    for (let i = 0; i < times; i++) {
      await retry(() => Promise.reject(boom), { policy }).catch(() => {});
    }
  };
  await many(Math.ceil(rounds / 4));
  const from = process.hrtime.bigint();
  await many(rounds);
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  return { perSecond: (rounds * fill) / seconds };
}

const [kind = "", name = ""] = process.argv.slice(2);

async function measured(): Promise<object> {
  if (kind === "counted") return restarts(Number(name));
  const make = waits[name];
  if (kind === "waiting" && make) return waiting(make());
  const run = await candidates[name]?.();
  if (!run) throw new Error(`no candidate ${name}`);
  return kind === "failing" ? attempts(run, 9, 200_000) : attempts(run, 0, 200_000);
}

console.log(JSON.stringify(await measured()));
