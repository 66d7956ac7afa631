// A pool of threads that are none, in the hands of a test, on manual time.

import { type Exit, restartOn } from "@steadfast/policy";
import type { ChildRequest, ChildSignal, Launcher, SupervisorEvent } from "@steadfast/supervisor";
import { manualSystem } from "@steadfast/supervisor/testing";
import type { LiveWorker } from "../../src/live-worker.js";
import type { WorkerPoolOptions } from "../../src/pool/options.js";
import { poolOf } from "../../src/pool/pool-of.js";
import { poolSettings } from "../../src/pool/settings.js";

/** One attempt. */
export interface Attempt {
  readonly id: string;
  readonly generation: number;
  readonly asked: ChildRequest[];
  /** What was done to it, in words. */
  readonly done: string[];
  say(signal: ChildSignal): void;
  answer(value?: unknown): void;
  exit(exit: Exit<undefined>): void;
  measured(bytes: number): void;
}

/** `refuses`: throws for what cannot be sent. */
export function scripted(
  options: Partial<WorkerPoolOptions> = {},
  refuses: (request: ChildRequest) => void = () => {},
) {
  const attempts: Attempt[] = [];
  const system = manualSystem();
  const launcher: Launcher<undefined> = {
    launch({ id, generation }) {
      let settle: (exit: Exit<undefined>) => void = () => {};
      let listener: (signal: ChildSignal) => void = () => {};
      let measured: (bytes: number) => void = () => {};
      const attempt: Attempt = {
        id,
        generation,
        asked: [],
        done: [],
        say: (signal) => listener(signal),
        answer(value) {
          const { id: request } = attempt.asked.shift() as ChildRequest;
          listener({ type: "answer", id: request, value });
        },
        exit: (exit) => settle(exit),
        measured: (bytes) => measured(bytes),
      };
      attempts.push(attempt);
      const live: LiveWorker = {
        exited: new Promise((resolve) => {
          settle = resolve;
        }),
        onSignal: (given) => {
          listener = given;
        },
        begin: () => {},
        requestStop: (reason) => void attempt.done.push(`stop: ${reason}`),
        kill() {
          attempt.done.push("kill");
          settle({ kind: "cancelled" });
        },
        ask(request) {
          refuses(request);
          attempt.asked.push(request);
        },
        unask: (request) => void attempt.done.push(`unask ${request}`),
        measure(given) {
          attempt.done.push("measure");
          measured = given;
        },
      };
      return live;
    },
  };
  const events: SupervisorEvent[] = [];
  const settings = poolSettings({
    threads: 1,
    policy: restartOn("permanent"),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const pool = poolOf(launcher, settings, system);
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    pool,
    system,
    attempts,
    events,
    turn,
    get now(): Attempt {
      return attempts.at(-1) as Attempt;
    },
    ready: () => attempts.at(-1)?.say({ type: "ready" }),
  };
}

/** What a promise has settled with by now, as a word: never rejects. */
export function fate(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
