// A deliberately dumb twin of `slidingWindow`, written from the rules and not from the code: it keeps
// every stamp forever in a plain array, counts by looking at all of them, and finds the hint by trying.
// That stamps are forgotten matters only where the options change or the clock goes back in the middle
// of a run: there the forgetful twin is compared.

import type { Millis, RestartDecision, RestartEvent } from "@steadfast/policy";
import type { SlidingWindowOptions } from "../src/index.js";

export type TwinState = readonly Millis[];

export interface Twin {
  step(stamps: TwinState, event: RestartEvent, now: Millis): readonly [TwinState, RestartDecision];
  /** How many stamps count at `now`. */
  used(stamps: TwinState, now: Millis): number;
}

const NOTED: RestartDecision = { type: "noted" };
const GO: RestartDecision = { type: "launch", delayMs: 0 };

export function twin(options: Required<SlidingWindowOptions>): Twin {
  const { limit, windowMs, edge, counts, tripAt, recordRefused, limitZero } = options;

  function used(stamps: TwinState, now: Millis): number {
    const at = Math.max(now, ...stamps);
    const counted = (age: number) => (edge === "closed" ? age <= windowMs : age < windowMs);
    return stamps.filter((stamp) => counted(at - stamp)).length;
  }

  const tooMany = (taken: number) => (tripAt === "limit" ? taken >= limit : taken > limit);

  /** Tries every instant at which a stamp may have become old enough. */
  function firstWilling(stamps: TwinState, now: Millis): Millis | null {
    const instants = stamps
      .flatMap((stamp) => [stamp + windowMs, stamp + windowMs + 1])
      .filter((instant) => instant > now && instant <= Number.MAX_SAFE_INTEGER)
      .sort((one, other) => one - other);
    return instants.find((instant) => !tooMany(used(stamps, instant))) ?? null;
  }

  function ask(
    stamps: TwinState,
    cause: string,
    now: Millis,
  ): readonly [TwinState, RestartDecision] {
    const at = Math.max(now, ...stamps);
    if (cause === "start" && counts !== "launches") return [stamps, GO];
    if (cause === "operator" && counts === "failures") return [stamps, GO];
    if (limit === 0) {
      if (limitZero === "unlimited") return [stamps, GO];
      const first = counts === "launches" && stamps.length === 0;
      if (limitZero === "run-once" && first) return [[at], GO];
      return [stamps, { type: "refuse", reason: "window-full", retryAfterMs: null }];
    }
    const refused = tooMany(used(stamps, at));
    const taken = counts === "failures" || (refused && !recordRefused) ? stamps : [...stamps, at];
    if (!refused) return [taken, GO];
    const willing = firstWilling(taken, at);
    const retryAfterMs = willing === null ? null : willing - at;
    return [taken, { type: "refuse", reason: "window-full", retryAfterMs }];
  }

  return {
    used,
    step(stamps, event, now) {
      if (event.type === "launch") return ask(stamps, event.cause, now);
      if (event.type === "reset") return [[], NOTED];
      if (event.type === "exited" && event.failed && counts === "failures" && limit > 0) {
        return [[...stamps, Math.max(now, ...stamps)], NOTED];
      }
      return [stamps, NOTED];
    },
  };
}

/**
 * The same twin, forgetting as documented: whoever looks drops what has expired, and when a slot is
 * taken only as many stamps stay as there are slots.
 */
export function forgetfulTwin(options: Required<SlidingWindowOptions>): Twin {
  const { limit, counts, tripAt, recordRefused, limitZero } = options;
  const { step, used } = twin(options);
  const runsOnce = limit === 0 && limitZero === "run-once" && counts === "launches";
  const slots = runsOnce ? 1 : limit === 0 || tripAt === "limit" ? limit : limit + 1;
  const newest = (stamps: TwinState, most: number) =>
    stamps.slice(Math.max(0, stamps.length - most));

  function looks(event: RestartEvent): boolean {
    if (event.type === "exited") return counts === "failures" && event.failed;
    if (event.type !== "launch" || (limit === 0 && limitZero === "unlimited")) return false;
    if (event.cause === "operator") return counts !== "failures";
    return event.cause === "restart" || counts === "launches";
  }

  return {
    used,
    step(stamps, event, now) {
      const [next, decision] = step(stamps, event, now);
      if (!looks(event)) return [next, decision];
      const kept = runsOnce ? stamps : newest(stamps, used(stamps, now));
      const takes =
        event.type === "exited" ||
        (counts !== "failures" && (decision.type === "launch" || recordRefused));
      return [takes ? newest([...kept, Math.max(now, ...stamps)], slots) : kept, decision];
    },
  };
}
