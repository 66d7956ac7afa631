// What a window that pauses decides, by cases; then the same by a twin that keeps every failure and searches.

import {
  allOf,
  giveUp,
  type Millis,
  type RestartDecision,
  type RestartEvent,
} from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { law } from "../../../config/testing/law.ts";
import { type PausingWindowOptions, pausingWindow, slidingWindow } from "../src/index.js";
import { cleanExit, crash, operator, restart, start } from "./events.js";

const MINUTE = 60_000;
const GO = { type: "launch", delayMs: 0 } as const;
const not = (retryAfterMs: number) => ({ type: "refuse", reason: "crash-storm", retryAfterMs });
const END = { type: "refuse", reason: "budget-spent", retryAfterMs: null };
/** "Three in two minutes, then five minutes of pause." */
const three = { limit: 3, windowMs: 2 * MINUTE, pauseMs: 5 * MINUTE } as const;

/** What a restart after a failure at each of these instants is told. */
function failingAt(options: PausingWindowOptions, ...instants: readonly Millis[]) {
  const policy = pausingWindow(options);
  let state = policy.initial();
  return instants.map((now) => {
    [state] = policy.step(state, crash, now);
    return policy.step(state, restart, now)[1];
  });
}

/** The state after failures at these instants. */
function after(options: PausingWindowOptions, ...instants: readonly Millis[]) {
  const policy = pausingWindow(options);
  return instants.reduce((state, now) => policy.step(state, crash, now)[0], policy.initial());
}

describe("a pause", () => {
  test("begins with the failure that fills the window, and may be longer than it", () => {
    expect(failingAt(three, 0, MINUTE, 2 * MINUTE - 1)).toEqual([GO, GO, not(5 * MINUTE)]);
  });

  test.each([
    ["half-open", 2 * MINUTE - 1, not(5 * MINUTE)],
    ["half-open", 2 * MINUTE, GO],
    ["closed", 2 * MINUTE, not(5 * MINUTE)],
    ["closed", 2 * MINUTE + 1, GO],
  ] as const)("%s, the third %i ms after the first", (edge, third, answer) => {
    expect(failingAt({ ...three, edge }, 0, 1, third).at(-1)).toEqual(answer);
  });

  test("has an exact end: refused one millisecond sooner, launched at it", () => {
    const policy = pausingWindow(three);
    const state = after(three, 0, 0, 7);
    const end = 7 + 5 * MINUTE;
    expect(policy.step(state, restart, 7)[1]).toEqual(not(5 * MINUTE));
    expect(policy.step(state, restart, end - 1)[1]).toEqual(not(1));
    expect(policy.step(state, restart, end)[1]).toEqual(GO);
  });

  test("is not asked for by a start, nor by an operator", () => {
    const state = after(three, 0, 0, 0);
    const policy = pausingWindow(three);
    for (const event of [start, operator])
      expect(policy.step(state, event, 1)).toEqual([state, GO]);
  });

  test("is not moved by what fails in it, which counts for nothing afterwards", () => {
    const instants = [0, 0, 0, MINUTE, MINUTE, 5 * MINUTE, 5 * MINUTE + 1];
    const answers = failingAt(three, ...instants);
    expect(answers.slice(2)).toEqual([not(5 * MINUTE), not(4 * MINUTE), not(4 * MINUTE), GO, GO]);
  });

  test("begins after a window that is empty again", () => {
    const state = after(three, 0, 0, 0);
    const window = { count: 0, stamps: [] };
    expect(state).toEqual({ window, pausedAt: 0, endedAt: null, pauses: 1 });
  });

  test("is not begun by exits that did not fail, and not ended by health", () => {
    const policy = pausingWindow(three);
    let state = after(three, 0, 0);
    [state] = policy.step(state, cleanExit, 0);
    expect(policy.step(state, restart, 0)[1]).toEqual(GO);
    [state] = policy.step(state, crash, 0);
    expect(policy.step(state, { type: "healthy" }, 5)[0]).toBe(state);
  });

  test("after every failure with a limit of 1, never with a window of 0 that is half-open", () => {
    expect(failingAt({ limit: 1, windowMs: 5, pauseMs: 9 }, 0, 9)).toEqual([not(9), not(9)]);
    expect(failingAt({ limit: 1, windowMs: 0, pauseMs: 9 }, 0, 0)).toEqual([GO, GO]);
    const closed = { limit: 2, windowMs: 0, pauseMs: 9, edge: "closed" } as const;
    expect(failingAt(closed, 0, 0, 9, 10)).toEqual([GO, not(9), GO, GO]);
  });

  test("of 0 is none", () => {
    expect(failingAt({ ...three, pauseMs: 0 }, 0, 0, 0, 0)).toEqual([GO, GO, GO, GO]);
  });
});

describe("pauses in a row", () => {
  const twice = { ...three, maxPauses: 2 } as const;
  /** Three failures at once, at the end of each pause. */
  const endOf = (n: number) => [0, 0, 0].map(() => n * 5 * MINUTE);

  test("one more than maxPauses is the end, for good", () => {
    const answers = failingAt(twice, ...endOf(0), ...endOf(1), ...endOf(2), 1e12);
    expect(answers.filter((_, i) => i % 3 === 2)).toEqual([not(5 * MINUTE), not(5 * MINUTE), END]);
    expect(answers.at(-1)).toEqual(END);
    expect(
      pausingWindow(twice).idle?.(after(twice, ...endOf(0), ...endOf(1), ...endOf(2)), 1e15),
    ).toBe(false);
  });

  test("maxPauses 0: the first is the end; null: there is none", () => {
    expect(failingAt({ ...three, maxPauses: 0 }, 0, 0, 0).at(-1)).toEqual(END);
    const many = Array.from({ length: 100 }, (_, n) => endOf(n)).flat();
    expect(failingAt({ ...three, maxPauses: null }, ...many).at(-1)).toEqual(not(5 * MINUTE));
  });

  test("until a reset", () => {
    const policy = pausingWindow({ ...three, maxPauses: 0 });
    const state = after({ ...three, maxPauses: 0 }, 0, 0, 0);
    const [forgiven] = policy.step(state, { type: "reset" }, 1);
    expect(forgiven).toEqual(policy.initial());
    expect(policy.step(forgiven, restart, 1)[1]).toEqual(GO);
  });

  test.each([
    ["half-open", 2 * MINUTE - 1, END],
    ["half-open", 2 * MINUTE, not(5 * MINUTE)],
    ["closed", 2 * MINUTE, END],
    ["closed", 2 * MINUTE + 1, not(5 * MINUTE)],
  ] as const)("%s: a first failure %i ms after the end of the pause", (edge, calm, answer) => {
    const again = 5 * MINUTE + calm;
    const options = { ...three, edge, maxPauses: 1 };
    expect(failingAt(options, 0, 0, 0, again, again, again).at(-1)).toEqual(answer);
  });

  test("what counts is the first of those that fill the window, not one that has expired", () => {
    const resumed = 5 * MINUTE;
    const options = { ...three, maxPauses: 1 };
    const later = [10_000, 130_000, 150_000, 170_000].map((ms) => resumed + ms);
    expect(failingAt(options, 0, 0, 0, ...later).at(-1)).toEqual(not(5 * MINUTE));
  });

  test.each([1, 10_000, 50_000, 59_999])(
    "a child that dies every %i ms gets to the end",
    (runMs) => {
      const policy = pausingWindow({ ...three, maxPauses: 3 });
      let state = policy.initial();
      let failures = 0;
      for (let now = 0; failures < 100; failures++) {
        [state] = policy.step(state, crash, now);
        const answer = policy.step(state, restart, now)[1] as { retryAfterMs?: number | null };
        if (answer.retryAfterMs === null) break;
        now += (answer.retryAfterMs ?? 0) + runMs;
      }
      expect(failures + 1).toBe(12);
    },
  );

  test("one that lives as long as half its window never gets to a pause", () => {
    const forAnHour = Array.from({ length: 60 }, (_, n) => n * MINUTE);
    expect(failingAt(three, ...forAnHour).every(({ type }) => type === "launch")).toBe(true);
  });
});

test("maxPauses 0 is giveUp of a sliding window of failures", () => {
  const pausing = pausingWindow({ ...three, maxPauses: 0 });
  const plain = giveUp(slidingWindow({ limit: 3, windowMs: 2 * MINUTE, counts: "failures" }));
  let [one, other] = [pausing.initial(), plain.initial()] as const;
  for (const now of [0, 2 * MINUTE, 3 * MINUTE, 4 * MINUTE - 1]) {
    [one, other] = [pausing.step(one, crash, now)[0], plain.step(other, crash, now)[0]];
    const answers = [pausing.step(one, restart, now)[1], plain.step(other, restart, now)[1]];
    expect(answers[0]?.type).toBe(answers[1]?.type);
  }
});

test("tiers: several windows in allOf, with rising consequences", () => {
  const tiers = allOf(
    pausingWindow(three),
    pausingWindow({ limit: 6, windowMs: 60 * MINUTE, pauseMs: 30 * MINUTE }),
    giveUp(slidingWindow({ limit: 10, windowMs: 1_440 * MINUTE, counts: "failures" })),
  );
  let state = tiers.initial();
  let now = 0;
  const waits: (number | null)[] = [];
  for (let failures = 0; failures < 20; failures++) {
    [state] = tiers.step(state, crash, now);
    const [next, answer] = tiers.step(state, restart, now);
    state = next;
    if (answer.type !== "refuse") continue;
    waits.push(answer.retryAfterMs);
    if (answer.retryAfterMs === null) break;
    now += answer.retryAfterMs;
  }
  expect(waits).toEqual([5 * MINUTE, 30 * MINUTE, 5 * MINUTE, null]);
});

describe("what is forgotten", () => {
  const idleAt = (options: PausingWindowOptions, now: Millis) =>
    pausingWindow(options).idle?.(after(options, 0, 0, 0), now);

  test.each<[reason: string, options: object, at: Millis]>([
    ["without an end, a pause when it is over", {}, 5 * MINUTE],
    ["with one, when no failure can be in a row with it", { maxPauses: 2 }, 7 * MINUTE],
    ["closed, a millisecond later", { maxPauses: 2, edge: "closed" }, 7 * MINUTE + 1],
  ])("%s", (_, options, at) => {
    expect([
      idleAt({ ...three, ...options }, at - 1),
      idleAt({ ...three, ...options }, at),
    ]).toEqual([false, true]);
  });

  test("failures, when they have expired", () => {
    const policy = pausingWindow(three);
    const state = after(three, 0, 7);
    expect(policy.idle?.(state, 2 * MINUTE + 6)).toBe(false);
    expect(policy.idle?.(state, 2 * MINUTE + 7)).toBe(true);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
  });

  test("at the beginning there is nothing to forget, with an end, too", () => {
    const policy = pausingWindow({ ...three, maxPauses: 1 });
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
  });

  test("at once, what counts for nothing in a window of 0: the state stays as it is", () => {
    const policy = pausingWindow({ ...three, windowMs: 0 });
    const [state] = policy.step(policy.initial(), crash, 7);
    expect(policy.step(state, crash, 7)[0]).toBe(state);
  });
});

describe("a clock that goes back stands still", () => {
  const policy = pausingWindow(three);

  test("in a pause", () => {
    const state = after(three, 100, 100, 100);
    expect(policy.step(state, restart, 40)[1]).toEqual(not(5 * MINUTE));
    expect(policy.step(state, crash, 40)[0]).toBe(state);
  });

  test("after it: a failure since then says that it is over", () => {
    const resumed = 5 * MINUTE + 9;
    let state = after(three, 9, 9, 9, resumed, resumed);
    expect(policy.step(state, restart, MINUTE)[1]).toEqual(GO);
    [state] = policy.step(state, crash, MINUTE);
    const window = { count: 0, stamps: [] };
    expect(state).toEqual({ window, pausedAt: resumed, endedAt: null, pauses: 2 });
  });

  test("behind the end of it: what fails then is counted as of the end", () => {
    let [state] = policy.step(after(three, 9, 9, 9), restart, 5 * MINUTE + 9);
    [state] = policy.step(state, crash, MINUTE);
    expect(state.window).toEqual({ count: 1, stamps: [5 * MINUTE + 9] });
  });

  test.each<[event: RestartEvent]>([
    [restart],
    [start],
    [operator],
    [cleanExit],
    [{ type: "healthy" }],
  ])("after it: %j says so, too, however far back it goes", (event) => {
    let state = after(three, 100, 100, 100);
    [state] = policy.step(state, event, 2_592_000_000);
    for (const now of [5 * MINUTE, 150, 100, 0]) {
      expect(policy.step(state, restart, now)).toEqual([state, GO]);
    }
  });
});

test("a window that never ends: all pauses are in a row", () => {
  const endless = { limit: 2, windowMs: Number.MAX_SAFE_INTEGER - 1, pauseMs: 10, maxPauses: 1 };
  const answers = failingAt(endless, 5, 5, 1e15, 2e15);
  expect(answers).toEqual([GO, not(10), GO, END]);
  expect(pausingWindow(endless).describe.timesMs).toEqual([Number.MAX_SAFE_INTEGER - 1, 10]);
});

test("a year later a failure is in no row, also where the end of its window is beyond 2^53-1", () => {
  const options = { limit: 1, windowMs: 100, pauseMs: 10 };
  const policy = pausingWindow(options);
  const late = Number.MAX_SAFE_INTEGER - 5;
  expect(policy.step(after(options, 0), crash, late)[0].pauses).toBe(1);
});

test("the count of pauses stays at 2^53-1", () => {
  const policy = pausingWindow({ ...three, limit: 1 });
  const pauses = Number.MAX_SAFE_INTEGER;
  const state = { ...after({ ...three, limit: 1 }, 0), pauses };
  expect(policy.step(state, crash, 5 * MINUTE)[0].pauses).toBe(pauses);
});

test("the name, and the times that matter in the description", () => {
  expect(pausingWindow(three).name).toBe("pausingWindow");
  expect(pausingWindow(three).describe.timesMs).toEqual([2 * MINUTE, 5 * MINUTE]);
  expect(pausingWindow({ ...three, pauseMs: 0 }).describe.timesMs).toEqual([2 * MINUTE]);
});

describe("the state", () => {
  test("is read back, by any options; later instants are pulled back", () => {
    const state = after(three, 0, 5, 9, 5 * MINUTE + 9);
    const saved: unknown = JSON.parse(JSON.stringify(state));
    const other = pausingWindow({
      limit: 1,
      windowMs: 7,
      pauseMs: 0,
      edge: "closed",
      maxPauses: 1,
    });
    expect(other.parse(saved, 1e9)).toEqual(state);
    expect(other.parse(saved, 3)).toEqual({
      window: { count: 1, stamps: [3] },
      pausedAt: null,
      endedAt: 3,
      pauses: 1,
    });
  });

  test.each<[path: string, raw: unknown]>([
    ["window.stamps", { window: {}, pausedAt: null, endedAt: null, pauses: 0 }],
    ["pausedAt", { window: { count: 0, stamps: [] }, pausedAt: "now", endedAt: null, pauses: 0 }],
    ["pauses", { window: { count: 0, stamps: [] }, pausedAt: null, endedAt: null, pauses: -1 }],
  ])("a bad %s is named", (path, raw) => {
    expect(() => pausingWindow(three).parse(raw, 0)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_STATE", message: expect.stringContaining(path) }),
    );
  });
});

test.each<[option: string, options: object]>([
  ["limit", {}],
  ["limit", { ...three, limit: 0 }],
  ["windowMs", { ...three, windowMs: Number.MAX_SAFE_INTEGER }],
  ["pauseMs", { limit: 1, windowMs: 1 }],
  ["pauseMs", { ...three, pauseMs: 0.5 }],
  ["maxPauses", { ...three, maxPauses: -1 }],
  ["maxPauses", { ...three, maxPauses: Number.POSITIVE_INFINITY }],
  ["edge", { ...three, edge: "open" }],
  ["counts", { ...three, counts: "launches" }],
])("%s of %j is not allowed", (option, options) => {
  expect(() => pausingWindow(options as PausingWindowOptions)).toThrow(
    expect.objectContaining({
      code: "ERR_POLICY_OPTIONS",
      option,
      message: expect.stringContaining("pausingWindow: "),
    }),
  );
});

test("a description makes the policy again", () => {
  for (const options of [three, { ...three, maxPauses: 2, edge: "closed" as const }]) {
    const { describe: about } = pausingWindow(options);
    expect(JSON.parse(JSON.stringify(about))).toEqual(about);
    expect(pausingWindow(about.options as never).describe).toEqual(about);
  }
});

type Filled = Required<PausingWindowOptions>;

/** Keeps all that failed, forever, and looks for the pauses anew at each question. */
class Twin {
  private readonly failures: Millis[] = [];

  constructor(private readonly options: Filled) {}

  /** Walks through all failures; answers the last pause, and how many there were in a row. */
  private pauses(): readonly [beganAt: Millis | null, inRow: number] {
    const { limit, windowMs, pauseMs, maxPauses, edge } = this.options;
    const counts = (age: number) => (edge === "closed" ? age <= windowMs : age < windowMs);
    let beganAt: Millis | null = null;
    let inRow = 0;
    let open: Millis[] = [];
    for (const at of this.failures) {
      if (maxPauses !== null && inRow > maxPauses) break;
      if (beganAt !== null && at < beganAt + pauseMs) continue;
      open = [...open, at].filter((one) => counts(at - one));
      const first = open[0];
      if (open.length < limit || first === undefined) continue;
      inRow = beganAt !== null && counts(first - (beganAt + pauseMs)) ? inRow + 1 : 1;
      beganAt = at;
      open = [];
    }
    return [beganAt, inRow];
  }

  step(event: RestartEvent, now: Millis): RestartDecision {
    if (event.type === "reset") this.failures.length = 0;
    if (event.type === "exited" && event.failed) this.failures.push(now);
    if (event.type !== "launch") return { type: "noted" };
    const [beganAt, inRow] = this.pauses();
    const { maxPauses, pauseMs } = this.options;
    if (event.cause !== "restart") return GO;
    if (maxPauses !== null && inRow > maxPauses) return END as RestartDecision;
    const leftMs = beganAt === null ? 0 : beganAt + pauseMs - now;
    return leftMs > 0 ? (not(leftMs) as RestartDecision) : GO;
  }
}

describe("a twin decides the same", () => {
  const anyOptions: fc.Arbitrary<Filled> = fc.record({
    limit: fc.integer({ min: 1, max: 4 }),
    windowMs: fc.constantFrom(0, 1, 100, 1_000),
    pauseMs: fc.constantFrom(0, 1, 99, 500, 5_000),
    maxPauses: fc.option(fc.integer({ min: 0, max: 3 })),
    edge: fc.constantFrom("half-open", "closed"),
  });
  const anyRun = ({ windowMs, pauseMs }: Filled) => {
    const near = [windowMs, pauseMs].flatMap((ms) => [Math.max(0, ms - 1), ms, ms + 1]);
    const gap = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(0, 0, 1) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(...near, windowMs + pauseMs, Math.ceil(windowMs / 3)),
      },
      { weight: 1, arbitrary: fc.constantFrom(1e6, 1e10) },
    );
    const event = fc.oneof(
      { weight: 9, arbitrary: fc.constant<RestartEvent>(crash) },
      { weight: 2, arbitrary: fc.constantFrom<RestartEvent>(cleanExit, { type: "healthy" }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<RestartEvent>({ type: "reset" }, restart, start, operator),
      },
    );
    return fc.array(fc.tuple(gap, event), { minLength: 1, maxLength: 60, size: "max" });
  };
  const plan = anyOptions.chain((options) => fc.tuple(fc.constant(options), anyRun(options)));

  test("whatever happens", () => {
    law(plan, ([options, run], reached) => {
      const policy = pausingWindow(options);
      const twin = new Twin(options);
      let state = policy.initial();
      let now = 0;
      const seen = new Set<string>();
      const both = (event: RestartEvent) => {
        const [next, decision] = policy.step(state, event, now);
        expect(decision).toEqual(twin.step(event, now));
        if (decision.type === "refuse") seen.add(decision.reason);
        return next;
      };
      for (const [gap, event] of run) {
        now += gap;
        state = both(event);
        // A request notes at most that a pause is over, so that one may be asked after each event.
        const asked = both(restart);
        expect(policy.step(asked, restart, now)[0]).toBe(asked);
        if (asked.pausedAt !== null) expect(asked).toBe(state);
        if (run.length % 2 === 0) state = asked;
      }
      if (seen.has("crash-storm") && (options.maxPauses === null || seen.has("budget-spent")))
        reached();
    });
  });
});
