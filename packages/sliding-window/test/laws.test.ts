import { isDeepStrictEqual } from "node:util";
import { decisionFault, type RestartDecision } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { type SlidingWindowOptions, slidingWindow } from "../src/index.js";
import { cleanExit, crash, operator, restart, run, start, type TimedEvent } from "./events.js";
import { heldStamps } from "./held-stamps.js";
import { anyOptions, anyRun, type Filled, gap, optionsAndRun } from "./runs.js";

function deepFreeze<Part>(part: Part): Part {
  if (typeof part === "object" && part !== null && !Object.isFrozen(part)) {
    Object.freeze(part);
    Object.values(part).forEach(deepFreeze);
  }
  return part;
}

const shifted = (events: readonly TimedEvent[], by: number) =>
  events.map(({ at, event }) => ({ at: at + by, event }));

const refusals = (decisions: readonly RestartDecision[]) =>
  decisions.filter((decision) => decision.type === "refuse").length;

const bounded: Partial<Filled> = { limitZero: "refuse" };

describe("the contract", () => {
  test("a step is a pure function of frozen plain JSON and keeps the rules for decisions", () => {
    law(optionsAndRun(), ([options, events], reached) => {
      const policy = slidingWindow(options);
      let state = deepFreeze(policy.initial());
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, deepFreeze(event), at);
        expect(policy.step(state, event, at)).toEqual([next, decision]);
        expect(isDeepStrictEqual(JSON.parse(JSON.stringify(next)), next)).toBe(true);
        expect(decisionFault(event, decision)).toBeNull();
        if (next.count > 1) reached();
        state = deepFreeze(next);
      }
    });
  });

  test("the same reference comes back when nothing changed", () => {
    law(optionsAndRun(), ([options, events], reached) => {
      const policy = slidingWindow(options);
      let state = policy.initial();
      for (const { at, event } of events) {
        const [next] = policy.step(state, event, at);
        if (isDeepStrictEqual(next, state)) {
          expect(next).toBe(state);
          if (state.count > 0 && event.type === "launch") reached();
        }
        state = next;
      }
    });
  });

  test("a snapshot taken in the middle of a run decides on as if nothing had been", () => {
    const runs = optionsAndRun().chain(([options, events]) =>
      fc.tuple(fc.constant(options), fc.constant(events), fc.nat({ max: events.length - 1 })),
    );
    law(runs, ([options, events, cut], reached) => {
      const policy = slidingWindow(options);
      const before = run(policy, events.slice(0, cut)).state;
      const rest = events.slice(cut);
      const saved: unknown = JSON.parse(JSON.stringify(before));
      const parsed = slidingWindow(options).parse(saved, rest[0]?.at ?? 0);
      expect(parsed).toEqual(before);
      const { decisions } = run(policy, rest, parsed);
      expect(decisions).toEqual(run(policy, rest, before).decisions);
      if (before.count > 0 && refusals(decisions) > 0) reached();
    });
  });

  test("a state of any options is read and stepped under any other", () => {
    const runs = fc
      .tuple(optionsAndRun(), anyOptions())
      .chain(([one, other]) =>
        fc.tuple(fc.constant(one), fc.constant(other), anyRun(other, { from: 10 })),
      );
    law(runs, ([[one, before], other, after], reached) => {
      const { state } = run(slidingWindow(one), before);
      const policy = slidingWindow(other);
      const now = before.at(-1)?.at ?? 0;
      const parsed = policy.parse(JSON.parse(JSON.stringify(state)), now);
      expect(parsed).toEqual(state);
      for (const { decision, event } of decided(policy, shifted(after, now), parsed)) {
        expect(decisionFault(event, decision)).toBeNull();
      }
      if (state.count > other.limit) reached();
    });
  });

  test("the clock's origin does not matter", () => {
    const runs = fc.tuple(optionsAndRun(), fc.integer({ min: -1e14, max: 1e14 }));
    law(runs, ([[options, events], by], reached) => {
      const policy = slidingWindow(options);
      const { decisions } = run(policy, events);
      expect(run(policy, shifted(events, by)).decisions).toEqual(decisions);
      if (refusals(decisions) > 0) reached();
    });
  });

  test("a clock that went back stands still at the newest stamp", () => {
    const runs = optionsAndRun().chain(([options, events]) =>
      fc.tuple(fc.constant(options), fc.constant(events), gap(options), gap(options)),
    );
    const asked = [start, restart, operator, crash, cleanExit];
    law(runs, ([options, events, back, further], reached) => {
      const policy = slidingWindow(options);
      const { state } = run(policy, events);
      const newest = heldStamps(state).at(-1);
      if (newest === undefined) return;
      for (const event of asked) {
        const still = policy.step(state, event, newest);
        expect(policy.step(state, event, newest - 1 - back)).toEqual(still);
        expect(policy.step(state, event, newest - 1 - back - further)).toEqual(still);
        if (still[1].type === "refuse") reached();
      }
      expect(policy.idle?.(state, newest - 1 - back)).toBe(policy.idle?.(state, newest));
    });
  });

  test("an idle state decides everything as a fresh one would", () => {
    const runs = optionsAndRun().chain(([options, events]) => {
      const now = (events.at(-1)?.at ?? 0) + 0;
      return fc.tuple(
        fc.constant(options),
        fc.constant(events),
        gap(options).chain((silence) =>
          fc.tuple(fc.constant(now + silence), anyRun(options, { from: now + silence })),
        ),
      );
    });
    law(runs, ([options, events, [now, after]], reached) => {
      const policy = slidingWindow(options);
      const { state } = run(policy, events);
      if (!policy.idle?.(state, now)) return;
      const { decisions } = run(policy, after, state);
      expect(decisions).toEqual(run(policy, after).decisions);
      if (state.count > 0 && refusals(decisions) > 0) reached();
    });
  });
});

/** The decisions of a run together with their events. */
function decided(
  policy: ReturnType<typeof slidingWindow>,
  events: readonly TimedEvent[],
  from = policy.initial(),
) {
  let state = from;
  return events.map(({ at, event }) => {
    const [next, decision] = policy.step(state, event, at);
    state = next;
    return { at, event, decision };
  });
}

describe("the limit", () => {
  const launches: Partial<Filled> = { ...bounded, counts: "launches" };

  test("no window of that length holds more admissions, and none is refused that would fit", () => {
    law(optionsAndRun(launches, { resets: false }), ([options, events], reached) => {
      const { windowMs, edge } = options;
      const policy = slidingWindow({ ...options, recordRefused: false });
      const most = policy.describe.limit ?? Number.NaN;
      const asked = decided(policy, events).filter(({ event }) => event.type === "launch");
      const admitted = asked.filter(({ decision }) => decision.type === "launch");
      const within = (from: number, to: number) =>
        edge === "closed" ? to - from <= windowMs : to - from < windowMs;
      for (const [i, first] of admitted.entries()) {
        const after = admitted.slice(i).filter(({ at }) => within(first.at, at));
        expect(after.length).toBeLessThanOrEqual(most);
      }
      for (const [i, { at, decision }] of asked.entries()) {
        if (decision.type !== "refuse") continue;
        const before = asked
          .slice(0, i)
          .filter((one) => one.decision.type === "launch" && within(one.at, at));
        expect(before).toHaveLength(most);
        if (most > 0) reached();
      }
    });
  });

  test("where restarts are counted a window holds one admission more: the start is free", () => {
    law(optionsAndRun({ ...bounded, counts: "restarts" }, { resets: false }), (input, reached) => {
      const [options, events] = input;
      const policy = slidingWindow(options);
      const once = events.filter(({ event }, i) => i === 0 || event !== start);
      const admitted = decided(policy, once).filter(({ decision }) => decision.type === "launch");
      for (const [i, first] of admitted.entries()) {
        const inWindow = admitted.slice(i).filter(({ at }) => at - first.at < options.windowMs);
        expect(inWindow.length).toBeLessThanOrEqual(policy.describe.limit ?? 0);
        if (inWindow.length === policy.describe.limit) reached();
      }
    });
  });

  test("the hint is exact: refused one millisecond sooner, admitted then and ever after", () => {
    law(optionsAndRun(bounded), ([options, events], reached) => {
      const policy = slidingWindow(options);
      let state = policy.initial();
      for (const { at, event } of events) {
        const [next, decision] = policy.step(state, event, at);
        state = next;
        if (decision.type !== "refuse") continue;
        const wait = decision.retryAfterMs;
        if (wait === null) {
          expect(options.limit).toBe(0);
          expect(policy.step(next, event, Number.MAX_SAFE_INTEGER)[1]).toEqual(decision);
          continue;
        }
        reached();
        expect(policy.step(next, event, at + wait)[1]).toEqual({ type: "launch", delayMs: 0 });
        expect(policy.step(next, event, at + wait + 1 + options.windowMs)[1].type).toBe("launch");
        expect(policy.step(next, event, at + wait - 1)[1].type).toBe("refuse");
        if (!options.recordRefused || options.counts === "failures") {
          expect(policy.step(next, event, at + wait - 1)[1]).toEqual({
            ...decision,
            retryAfterMs: 1,
          });
        }
      }
    });
  });

  test("a refusal costs nothing: without the refused requests all else is decided the same", () => {
    law(optionsAndRun({ recordRefused: false }), ([options, events], reached) => {
      const policy = slidingWindow(options);
      const all = decided(policy, events);
      const kept = all.filter(({ decision }) => decision.type !== "refuse");
      expect(run(policy, kept).decisions).toEqual(kept.map(({ decision }) => decision));
      const lastRefused = all.findLastIndex(({ decision }) => decision.type === "refuse");
      if (all.slice(lastRefused).some(({ decision }) => decision.type === "launch")) {
        if (lastRefused >= 0) reached();
      }
    });
  });

  test("what is older than the window changes no decision", () => {
    const runs = optionsAndRun({}, { resets: false }).chain(([options, events]) =>
      fc.tuple(fc.constant(options), fc.constant(events), anyRun(options), fc.boolean()),
    );
    law(runs, ([options, old, events, longAgo], reached) => {
      if (options.limit === 0 && options.limitZero === "run-once") return;
      const policy = slidingWindow(options);
      const silence = options.windowMs + (options.edge === "closed" ? 1 : 0);
      const from = (old.at(-1)?.at ?? 0) + silence + (longAgo ? 3_600_000 : 0);
      const { decisions } = run(policy, shifted(events, from), run(policy, old).state);
      expect(decisions).toEqual(run(policy, shifted(events, from)).decisions);
      if (refusals(decisions) > 0 && refusals(decisions) < decisions.length) reached();
    });
  });

  test("the state holds no more stamps than there are slots, and nothing that is gone", () => {
    law(optionsAndRun(), ([options, events], reached) => {
      const policy = slidingWindow(options);
      let state = policy.initial();
      for (const { at, event } of events) {
        state = policy.step(state, event, at)[0];
        expect(state.count).toBeLessThanOrEqual(Math.max(1, options.limit + 1));
        expect(heldStamps(state)).toHaveLength(state.count);
        if (state.count > 0 && state.count >= options.limit) reached();
      }
    });
  });
});

describe("every option matters", () => {
  const base: Filled = {
    limit: 2,
    windowMs: 10,
    edge: "half-open",
    counts: "launches",
    tripAt: "limit",
    recordRefused: false,
    limitZero: "refuse",
  };
  const zero = { ...base, limit: 0 };
  const at = (...instants: readonly number[]): readonly TimedEvent[] =>
    instants.map((instant, i) => ({ at: instant, event: i === 0 ? start : restart }));
  const failing: readonly TimedEvent[] = [
    { at: 0, event: start },
    { at: 1, event: cleanExit },
    { at: 1, event: restart },
    { at: 2, event: crash },
    { at: 2, event: restart },
  ];

  test.each<[string, SlidingWindowOptions, SlidingWindowOptions, readonly TimedEvent[]]>([
    ["limit", base, { ...base, limit: 3 }, at(0, 0, 0)],
    ["windowMs", base, { ...base, windowMs: 11 }, at(0, 0, 10)],
    ["edge", base, { ...base, edge: "closed" }, at(0, 0, 10)],
    ["counts: restarts", base, { ...base, counts: "restarts" }, at(0, 0, 0)],
    ["counts: failures", base, { ...base, counts: "failures" }, failing],
    ["tripAt", base, { ...base, tripAt: "over-limit" }, at(0, 0, 0)],
    ["recordRefused", base, { ...base, recordRefused: true }, at(0, 0, 9, 9, 10)],
    ["limitZero: run-once", zero, { ...zero, limitZero: "run-once" }, at(0)],
    ["limitZero: unlimited", zero, { ...zero, limitZero: "unlimited" }, at(0)],
  ])("%s", (_, one, other, events) => {
    const differs = run(slidingWindow(one), events).decisions;
    expect(run(slidingWindow(other), events).decisions).not.toEqual(differs);
  });
});
