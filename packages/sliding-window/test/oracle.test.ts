import type { RestartDecision } from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { slidingWindow, windowView } from "../src/index.js";
import { cleanExit, crash, operator, restart, start, type TimedEvent } from "./events.js";
import { heldStamps } from "./held-stamps.js";
import { anyOptions, anyRun, type Filled, optionsAndRun } from "./runs.js";
import { forgetfulTwin, type Twin, type TwinState, twin } from "./twin.js";

/** Steps policy and twin side by side; answers the decisions. */
function compare(
  options: Filled,
  events: readonly TimedEvent[],
  dumb: Twin = twin(options),
): readonly RestartDecision[] {
  const policy = slidingWindow(options);
  let state = policy.initial();
  let stamps: TwinState = [];
  const slots = options.tripAt === "limit" ? options.limit : options.limit + 1;
  return events.map(({ at, event }) => {
    const [nextState, decision] = policy.step(state, event, at);
    const [nextStamps, expected] = dumb.step(stamps, event, at);
    expect(decision).toEqual(expected);
    if (options.limit > 0) {
      const used = Math.min(slots, dumb.used(nextStamps, at));
      expect(windowView(nextState, options, at)).toEqual({
        limit: options.limit,
        windowMs: options.windowMs,
        used,
        remaining: Math.max(0, options.limit - used),
        exhausted: used >= options.limit,
      });
    }
    [state, stamps] = [nextState, nextStamps];
    return decision;
  });
}

const has = (decisions: readonly RestartDecision[], type: string) =>
  decisions.some((decision) => decision.type === type);

describe("a deliberately dumb twin decides the same", () => {
  test("under any options", () => {
    law(optionsAndRun(), ([options, events], reached) => {
      const decisions = compare(options, events);
      if (has(decisions, "refuse") && has(decisions, "launch")) reached();
    });
  });

  test("where the clock goes back", () => {
    const runs = anyOptions().chain((options) =>
      fc.tuple(
        fc.constant(options),
        anyRun(options),
        fc.array(fc.constantFrom(0, 0, 0, 1, options.windowMs, options.windowMs + 1), {
          minLength: 8,
          maxLength: 100,
          size: "max",
        }),
      ),
    );
    law(runs, ([options, events, back], reached) => {
      const shaken = events.map(({ at, event }, i) => ({ at: at - (back[i] ?? 0), event }));
      if (has(compare(options, shaken, forgetfulTwin(options)), "refuse")) reached();
    });
  });

  const edges = ["half-open", "closed"] as const;
  const counted = ["launches", "restarts", "failures"] as const;
  const trips = ["limit", "over-limit"] as const;
  const zeros = ["refuse", "run-once", "unlimited"] as const;
  const combinations = edges.flatMap((edge) =>
    counted.flatMap((counts) =>
      trips.flatMap((tripAt) =>
        [false, true].flatMap((recordRefused) =>
          zeros.map((limitZero) => ({ edge, counts, tripAt, recordRefused, limitZero })),
        ),
      ),
    ),
  );

  /** A story that visits every edge of a window: bursts, one before, exactly at, one after, silence. */
  function story(windowMs: number): readonly TimedEvent[] {
    const w = windowMs;
    const gaps = [
      0,
      0,
      1,
      w - 2,
      1,
      1,
      1,
      0,
      w,
      0,
      1,
      w + 1,
      0,
      0,
      w - 1,
      1,
      5 * w,
      0,
      0,
      0,
      w,
      w + 1,
    ];
    const turns = [
      [crash, restart],
      [cleanExit, restart],
      [restart],
      [operator],
      [crash, operator],
    ];
    let at = 0;
    return [
      { at, event: start },
      ...gaps.flatMap((wait, i) => {
        at += Math.max(0, wait);
        return (turns[i % turns.length] ?? []).map((event) => ({ at, event }));
      }),
    ];
  }

  test("under each of the 72 combinations of words, limits 0 to 4, windows 0, 1, 2 and 1 000", () => {
    expect(combinations).toHaveLength(72);
    for (const words of combinations) {
      for (const limit of [0, 1, 2, 3, 4]) {
        for (const windowMs of [0, 1, 2, 1000])
          compare({ limit, windowMs, ...words }, story(windowMs));
      }
    }
  });
});

test("a twin that forgets as documented decides the same when the options change in between", () => {
  const runs = fc
    .tuple(anyOptions(), anyOptions())
    .chain(([one, other]) =>
      fc.tuple(fc.constant([one, other] as const), anyRun(one), anyRun(other)),
    );
  law(runs, ([[one, other], before, after], reached) => {
    let state = slidingWindow(one).initial();
    let stamps: TwinState = [];
    let now = 0;
    for (const [options, events] of [
      [one, before],
      [other, after],
      [one, before],
    ] as const) {
      const policy = slidingWindow(options);
      const from = now;
      for (const { at, event } of events) {
        now = from + at;
        const [next, decision] = policy.step(state, event, now);
        const [nextStamps, expected] = forgetfulTwin(options).step(stamps, event, now);
        expect(decision).toEqual(expected);
        expect(heldStamps(next)).toEqual(nextStamps);
        if (decision.type === "refuse" && stamps.length > options.limit) reached();
        [state, stamps] = [next, nextStamps];
      }
    }
  });
});
