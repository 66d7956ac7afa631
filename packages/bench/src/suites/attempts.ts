// What an attempt costs in `supervise`, beside the shortest loop that somebody would write. A task fails nine
// times, is tried again without delay, and succeeds. The handle that is made for each run is in it.

import { backoff, constant } from "@steadfast/backoff";
import { allOf, inTurn, restartOn } from "@steadfast/policy";
import { taskLauncher } from "@steadfast/promise-tasks";
import { slidingWindow } from "@steadfast/sliding-window";
import { type SuperviseOptions, supervise } from "@steadfast/supervisor";
import { attemptsOf, turn } from "../measure.ts";
import { type Figures, QUIET_HEAP, type Suite } from "../suite.ts";

const FAILURES = 9;
const ATTEMPTS = FAILURES + 1;
const TOTAL = 40_000;
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
      await turn();
    }
  }
}

async function supervised(options: SuperviseOptions): Promise<Figures> {
  return attemptsOf(
    async () => {
      const { type, attempts } = await supervise(taskLauncher(failing()), options).outcome;
      if (type !== "completed" || attempts !== ATTEMPTS) throw new Error(`${type}, ${attempts}`);
    },
    ATTEMPTS,
    TOTAL,
  );
}

const counted = allOf(
  restartOn("transient"),
  inTurn(
    backoff({ curve: constant({ delayMs: 0 }), jitter: "none" }),
    slidingWindow({ limit: 1_000, windowMs: 10_000 }),
  ),
);

async function heard(): Promise<Figures> {
  let events = 0;
  const figures = await supervised({ policy: counted, onEvent: () => events++ });
  if (events === 0) throw new Error("nobody heard anything");
  return figures;
}

export const suite: Suite = {
  name: "attempts",
  flags: QUIET_HEAP,
  tables: [
    {
      name: "attempt",
      title: "nine failures without delay, then success, under `supervise`: an attempt",
      figures: { micros: { unit: "us CPU" }, bytes: { unit: "B", digits: 0 } },
      candidates: {
        "yielding loop": () => attemptsOf(byHand, ATTEMPTS, TOTAL),
        restartOn: () => supervised({ policy: restartOn("transient") }),
        "counted, a listener": heard,
      },
      reaches: [
        { candidate: "restartOn", figure: "micros", than: "yielding loop", atMost: 3 },
        { candidate: "counted, a listener", figure: "micros", than: "yielding loop", atMost: 4 },
        { candidate: "restartOn", figure: "bytes", atMost: 11_000 },
        { candidate: "counted, a listener", figure: "bytes", atMost: 11_000 },
      ],
    },
  ],
};
