// Runs of a policy: any events at all, at gaps that are the policy's own times, one less and one more.

import type { Exit, Millis, RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import { run, type TimedEvent } from "../../../config/testing/runs.ts";

export { run, type TimedEvent };

const EXITS: readonly (readonly [Exit, boolean])[] = [
  [{ kind: "failed", code: 1 }, true],
  [{ kind: "failed", code: 1 }, true],
  [{ kind: "completed", code: 0 }, false],
  [{ kind: "completed", code: 0 }, true],
  [{ kind: "spawn-failed", error: "ENOENT" }, true],
  [{ kind: "cancelled" }, true],
  [{ kind: "lost" }, false],
];

/** A restart as a supervisor puts it, mostly: an exit, and at the same instant the request. */
function anyMoment(gaps: fc.Arbitrary<Millis>): fc.Arbitrary<readonly RestartEvent[]> {
  const ask = (cause: "start" | "restart" | "operator") =>
    fc
      .double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
      .map((draw): RestartEvent => ({ type: "launch", cause, draw, wall: 0 }));
  const exit = fc
    .tuple(fc.constantFrom(...EXITS), gaps)
    .map(([[ended, failed], uptimeMs]): RestartEvent => {
      const ran = ended.kind === "spawn-failed" ? 0 : uptimeMs;
      return { type: "exited", exit: ended, failed, uptimeMs: ran };
    });
  return fc.oneof(
    { weight: 12, arbitrary: fc.tuple(exit, ask("restart")) },
    { weight: 4, arbitrary: fc.tuple(ask("restart")) },
    { weight: 1, arbitrary: fc.tuple(exit) },
    { weight: 1, arbitrary: fc.tuple(ask("start")) },
    { weight: 1, arbitrary: fc.tuple(ask("operator")) },
    { weight: 1, arbitrary: fc.constant<RestartEvent[]>([{ type: "healthy" }]) },
    { weight: 1, arbitrary: fc.constant<RestartEvent[]>([{ type: "reset" }]) },
  );
}

/** A run of up to so many moments, for policies with these times. */
export function anyRun(
  timesMs: readonly Millis[],
  moments = 12,
): fc.Arbitrary<readonly TimedEvent[]> {
  const around = [...new Set([0, 1, 1_000, ...timesMs])]
    .filter((ms) => ms <= 10_000_000)
    .flatMap((ms) => [ms - 1, ms, ms + 1])
    .filter((ms) => ms >= 0);
  const gaps = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.constantFrom(...around) },
    { weight: 1, arbitrary: fc.nat({ max: 2_000_000 }) },
  );
  return fc
    .array(fc.tuple(gaps, anyMoment(gaps)), { minLength: 1, maxLength: moments })
    .map((steps) => {
      let now = 10_000_000;
      return steps.flatMap(([gap, events]) => {
        now += gap;
        return events.map((event) => ({ at: now, event }));
      });
    });
}
