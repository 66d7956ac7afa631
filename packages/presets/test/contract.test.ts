// What every policy must keep, whatever it decides: the policies of the five sources' presets.

import { isDeepStrictEqual } from "node:util";
import { decisionFault, type RestartEvent } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { anyRun, run, type TimedEvent } from "./runs.js";
import { SETTINGS, type Setting } from "./source-presets.js";

function deepFreeze<Part>(part: Part): Part {
  if (typeof part === "object" && part !== null && !Object.isFrozen(part)) {
    Object.freeze(part);
    Object.values(part).forEach(deepFreeze);
  }
  return part;
}

const saved = (state: unknown): unknown => JSON.parse(JSON.stringify(state));

/** Whether a state holds an instant that is still to come; `parse` pulls it back. */
function isAhead(state: unknown, now: number): boolean {
  if (typeof state !== "object" || state === null) return false;
  return Object.entries(state).some(([key, value]) =>
    typeof value === "number" ? key.endsWith("At") && value > now : isAhead(value, now),
  );
}

/** Those that say "not yet", and those that say "later". */
const WITHOUT_HINTS = ["processmanager", "processkit07", "processkit3", "runpm"];
const WITHOUT_DELAYS = ["asynSupervise", "runningProcessSpawn"];

describe.each(Object.entries(SETTINGS))("%s", (name, settings) => {
  const timesMs = settings.flatMap(({ policy }) => policy.describe.timesMs);
  const anySetting = fc.constantFrom(...settings);
  const plan = fc.tuple(anySetting, anyRun(timesMs));

  test("a step is pure on frozen plain JSON, quiet where nothing changed, and keeps the rules", () => {
    law(plan, ([{ policy }, events], reached) => {
      let state = deepFreeze(policy.initial());
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, deepFreeze(event), at);
        expect(policy.step(state, event, at)).toEqual([next, decision]);
        expect(isDeepStrictEqual(saved(next), next)).toBe(true);
        expect(decisionFault(event, decision)).toBeNull();
        if (isDeepStrictEqual(next, state)) expect(next).toBe(state);
        else if (event.type === "exited") reached();
        state = deepFreeze(next);
      }
    });
  });

  test("the description is plain JSON", () => {
    for (const { policy } of settings) expect(saved(policy.describe)).toEqual(policy.describe);
  });

  test("a snapshot in the middle decides on as if nothing had been", () => {
    law(fc.tuple(plan, fc.nat()), ([[{ policy }, events], cut], reached) => {
      const middle = cut % events.length;
      const before = run(policy, events.slice(0, middle)).state;
      const rest = events.slice(middle);
      const now = rest[0]?.at ?? 0;
      if (isAhead(before, now)) return;
      const parsed = policy.parse(saved(before), now);
      expect(parsed).toEqual(before);
      expect(run(policy, rest, parsed).decisions).toEqual(run(policy, rest, before).decisions);
      if (!isDeepStrictEqual(before, policy.initial())) reached();
    });
  });

  test("a state of any options is read and stepped under any other", () => {
    law(fc.tuple(plan, anySetting, anyRun(timesMs)), ([[one, before], other, after], reached) => {
      const { state } = run(one.policy, before);
      const from = before.at(-1)?.at ?? 0;
      let stepped = other.policy.parse(saved(state), from);
      if (!isAhead(state, from)) expect(stepped).toEqual(state);
      for (const { at, event } of after) {
        const [next, decision] = other.policy.step(stepped, event, at + from);
        expect(decisionFault(event, decision)).toBeNull();
        stepped = next;
      }
      if (one !== other && !isDeepStrictEqual(state, other.policy.initial())) reached();
    });
  });

  test("a hint is exact: refused one millisecond sooner, launched at it", () => {
    let hints = 0;
    fc.assert(
      fc.property(plan, ([{ policy }, events]) => {
        let state = policy.initial();
        for (const { at, event } of events) {
          const [next, decision] = policy.step(state, event, at);
          state = next;
          if (decision.type !== "refuse" || decision.retryAfterMs === null) continue;
          const then = at + decision.retryAfterMs;
          if (then > Number.MAX_SAFE_INTEGER) continue;
          hints++;
          expect(policy.step(next, event, then)[1].type).toBe("launch");
          const sooner = policy.step(next, event, then - 1)[1];
          if (decision.retryAfterMs > 1)
            expect(sooner).toMatchObject({ type: "refuse", retryAfterMs: 1 });
        }
      }),
    );
    expect(hints > 0).toBe(!WITHOUT_HINTS.includes(name));
  });

  test("a delay is an instant in disguise: asked later, as much shorter", () => {
    let delays = 0;
    fc.assert(
      fc.property(plan, fc.nat({ max: 5_000 }), ([{ policy }, events], later) => {
        let state = policy.initial();
        for (const { at, event } of events) {
          const [next, decision] = policy.step(state, event, at);
          state = next;
          if (decision.type !== "launch" || decision.delayMs === 0 || event.type !== "launch")
            continue;
          delays++;
          const again = policy.step(next, event, at + later)[1];
          if (again.type !== "launch") continue; // a slot of its own: counted again
          const expected = Math.max(0, decision.delayMs - later);
          expect(Math.abs(again.delayMs - expected)).toBeLessThan(1e-6);
        }
      }),
    );
    expect(delays > 0).toBe(!WITHOUT_DELAYS.includes(name));
  });

  test("an idle state decides as a fresh one, and none is idle between an exit and its launch", () => {
    // Some policies forget only when they are told to: half the runs do.
    const runs = fc.tuple(plan, fc.boolean(), anyRun(timesMs));
    law(runs, ([[{ policy }, before], forgets, after], reached) => {
      let state = policy.initial();
      let last: RestartEvent["type"] | null = null;
      for (const { at, event } of before) {
        [state] = policy.step(state, event, at);
        last = event.type;
        if (last === "exited") expect(policy.idle?.(state, at)).toBe(false);
      }
      const from = before.at(-1)?.at ?? 0;
      if (forgets) [state] = policy.step(state, { type: "reset" }, from);
      const later = after.map(({ at, event }) => ({ at: at + from, event }));
      if (!policy.idle?.(state, later[0]?.at ?? from)) return;
      reached();
      expect(run(policy, later, state).decisions).toEqual(run(policy, later).decisions);
    });
  });

  const shiftable = settings.filter(({ shiftUnitMs }) => shiftUnitMs !== null);

  test("the clock's origin does not matter", () => {
    const shifts = fc.tuple(
      fc.constantFrom(...shiftable),
      anyRun(timesMs),
      fc.nat({ max: 1_000_000_000 }),
    );
    law(shifts, ([setting, events, units], reached) => {
      const { policy, shiftUnitMs } = setting as Setting & { shiftUnitMs: number };
      const shifted = (by: number): TimedEvent[] =>
        events.map(({ at, event }) => ({ at: at + by, event }));
      const { decisions } = run(policy, events);
      expect(run(policy, shifted(units * shiftUnitMs)).decisions).toEqual(decisions);
      if (
        decisions.some((one) => one.type === "refuse" || (one.type === "launch" && one.delayMs > 0))
      )
        reached();
    });
  });
});
