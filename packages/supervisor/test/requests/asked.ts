// A launcher whose children are asked: every request is noted, and a test answers it.

import type { Exit } from "@steadfast/policy";
import { restartOn } from "@steadfast/policy";
import {
  type ChildRequest,
  type ChildSignal,
  type Launcher,
  type SuperviseOptions,
  type SupervisorEvent,
  supervise,
} from "../../src/index.js";
import { requestLayer } from "../../src/requests.js";
import { manualSystem } from "../../src/testing.js";

/** One attempt, in the hands of a test. */
export interface Attempt {
  readonly generation: number;
  readonly asked: ChildRequest[];
  readonly unasked: number[];
  readonly sent: unknown[];
  say(signal: ChildSignal): void;
  answer(id: number, value: unknown): void;
  exit(exit: Exit<undefined>): void;
}

export interface Asked {
  readonly attempts: Attempt[];
  /** The present attempt. */
  readonly now: Attempt;
  readonly events: SupervisorEvent[];
  readonly system: ReturnType<typeof manualSystem>;
  readonly handle: ReturnType<typeof supervise>;
}

export function asked(
  options: Partial<SuperviseOptions> = {},
  refuses: (request: ChildRequest) => unknown = () => {},
): Asked {
  const attempts: Attempt[] = [];
  const events: SupervisorEvent[] = [];
  const system = manualSystem();
  const launcher: Launcher<undefined> = {
    requests: requestLayer,
    launch({ generation }) {
      let settle: (exit: Exit<undefined>) => void = () => {};
      let listener: (signal: ChildSignal) => void = () => {};
      const attempt: Attempt = {
        generation,
        asked: [],
        unasked: [],
        sent: [],
        say: (signal) => listener(signal),
        answer: (id, value) => listener({ type: "answer", id, value }),
        exit: (exit) => settle(exit),
      };
      attempts.push(attempt);
      return {
        exited: new Promise((resolve) => {
          settle = resolve;
        }),
        onSignal: (given) => {
          listener = given;
        },
        requestStop: () => {},
        kill: () => settle({ kind: "cancelled" }),
        send: (message, list) => (attempt.sent.push([message, list]) < 3 ? undefined : "backlog"),
        ask(request) {
          if (refuses(request) === false) return false;
          return attempt.asked.push(request);
        },
        unask: (id) => void attempt.unasked.push(id),
      };
    },
  };
  const policy = restartOn("permanent");
  const onEvent = (event: SupervisorEvent) => void events.push(event);
  const handle = supervise(launcher, { policy, onEvent, ...options }, system);
  return {
    attempts,
    events,
    system,
    handle,
    get now() {
      return attempts.at(-1) as Attempt;
    },
  };
}

/** What a promise settles with, as a word: never rejects. */
export function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}
