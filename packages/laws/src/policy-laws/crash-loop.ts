// A child that always dies, and a supervisor that does as the policy says: it waits for the delay, asks
// again when a wait is over, and ends at a never.

import {
  isFailure,
  type LaunchAnswer,
  type LaunchEvent,
  type Millis,
  type RestartEvent,
  type RestartPolicy,
} from "@steadfast/policy";
import { CRASH } from "./exits.js";
import { WALL } from "./tell.js";

export interface CrashLoop {
  /** How many attempts there are at most. */
  readonly lives: number;
  /** How long each of them lives. */
  readonly lifeMs: Millis;
  /** When it is healthy; null for never. */
  readonly healthyAfterMs: Millis | null;
  /** The attempts before this one, counted from 0, are never healthy. */
  readonly healthyFrom: number;
  readonly draw: number;
}

export interface Attempt {
  /** When it was admitted. */
  readonly admittedAt: Millis;
  /** What the first request for it was answered: a wait may have come before the launch. */
  readonly first: LaunchAnswer;
  readonly answer: LaunchAnswer;
  /** The state before the first request for it, and when that was. */
  readonly askedAt: Millis;
  readonly before: unknown;
}

/** No more time passes at once, so that instants stay exact however long a delay is. */
const LONGEST_MS = 2 ** 40;
/** Waits in a row, without a launch, after which it is left alone. */
const PATIENCE = 70;

export function crashLoop(policy: RestartPolicy, loop: CrashLoop): readonly Attempt[] {
  const { lives, lifeMs, healthyAfterMs, healthyFrom, draw } = loop;
  const attempts: Attempt[] = [];
  let state = policy.initial();
  let now = 0;
  const step = (event: RestartEvent) => {
    const [next, decision] = policy.step(state, event, now);
    state = next;
    return decision;
  };

  for (let life = 0; life < lives; life++) {
    const cause = life === 0 ? "start" : "restart";
    const askedAt = now;
    const before = state;
    const request = (): LaunchEvent => ({ type: "launch", cause, draw, wall: WALL + now });
    let answer = step(request()) as LaunchAnswer;
    const first = answer;
    for (let waits = 0; answer.type === "refuse" && waits < PATIENCE; waits++) {
      if (answer.retryAfterMs === null) break;
      now += Math.min(answer.retryAfterMs, LONGEST_MS);
      answer = step(request()) as LaunchAnswer;
    }
    attempts.push({ admittedAt: now, first, answer, askedAt, before });
    if (answer.type !== "launch") break;
    now += Number.isNaN(answer.delayMs) ? 0 : Math.min(Math.ceil(answer.delayMs), LONGEST_MS);
    if (healthyAfterMs !== null && healthyAfterMs <= lifeMs && life >= healthyFrom) {
      now += healthyAfterMs;
      step({ type: "healthy" });
      now += lifeMs - healthyAfterMs;
    } else now += lifeMs;
    step({ type: "exited", exit: CRASH, failed: isFailure(CRASH), uptimeMs: lifeMs });
  }
  return attempts;
}
