// How long the attempts of one child live, and how they end.

import { type Exit, PolicyOptionsError } from "@steadfast/policy";

/**
 * Draws what an attempt, counted from 1, gets: how long it lives, or how it ends. `random` answers a uniform number in [0, 1), another one each
 * time; the same attempt of the same seed gets the same numbers, whatever the policy.
 * @since 0.1.0
 */
export type Sampler<Value> = (attempt: number, random: () => number) => Value;

/** The life of one child, attempt by attempt. */
export interface Life {
  /** How long an attempt lives, whole or Infinity. */
  uptimeOf(attempt: number): number;
  exitOf(attempt: number): Exit;
}

/** What a life is described by; checked when an attempt needs it. */
export interface LifeGiven {
  readonly uptimeMs: number | readonly number[] | Sampler<number>;
  readonly exit?: Exit | readonly [Exit, ...Exit[]] | Sampler<Exit> | undefined;
}

const CRASH: Exit = { kind: "failed", code: 1 };

/** `stream`: the random numbers of a name. Throws `PolicyOptionsError` when a value is out of range. */
export function lifeOf(
  owner: string,
  { uptimeMs: uptime, exit = CRASH }: LifeGiven,
  stream: (name: string) => () => number,
): Life {
  return {
    uptimeOf(attempt) {
      let ms: unknown = uptime;
      if (typeof uptime === "function") ms = uptime(attempt, stream(`life ${attempt}`));
      if (Array.isArray(uptime)) ms = attempt > uptime.length ? Infinity : uptime[attempt - 1];
      if (typeof ms === "number" && ms >= 0) return Math.ceil(ms) + 0;
      throw new PolicyOptionsError(owner, "uptimeMs", "a number of at least 0, each time", ms);
    },
    exitOf(attempt) {
      let one: unknown = exit;
      if (typeof exit === "function") one = exit(attempt, stream(`exit ${attempt}`));
      if (Array.isArray(exit)) one = exit[Math.min(attempt, exit.length) - 1];
      if (typeof (one as Exit | undefined)?.kind === "string") return one as Exit;
      throw new PolicyOptionsError(owner, "exit", "an exit, each time", one);
    },
  };
}
