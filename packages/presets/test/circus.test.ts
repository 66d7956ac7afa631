// Cases from the rules of circus 0.19.0 (commit ce7bab244cda): circus/plugins/flapping.py (check), circus/watcher.py
// (spawn_processes), circus/config.py (check_delay).

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type CircusOptions, circus } from "../src/index.js";
import { after, ask, atOnce, COMPLETED, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const FLAPPING = never("flapping");

test("by default: two at once, seven seconds, five times, and the end", async () => {
  const { at, ended } = await supervised(circus(), crashesAfter(100), 3_600_000);
  const pairs = [0, 1, 2, 3, 4, 5].flatMap((n) => [n * 7_200, n * 7_200 + 100]);
  expect(at).toEqual(pairs);
  expect(ended).toMatchObject({ type: "refused", reason: "flapping", retryAfterMs: null });
});

describe("a group", () => {
  test.each([
    [6_000, after(7_000)],
    [6_001, atOnce],
  ])("of two, %i ms apart: the check delay is allowed for", (apart, answer) => {
    const child = hand(circus());
    expect([child.end(0), child.end(apart)]).toEqual([atOnce, answer]);
  });

  test("does not overlap the next: two at once may be of two groups", () => {
    const child = hand(circus());
    const answers = [0, 10_000, 10_001, 30_000].map((now) => child.end(now));
    expect(answers).toEqual([atOnce, atOnce, atOnce, atOnce]);
  });

  test("that is not flapping ends the row", () => {
    const child = hand(circus({ maxRetry: 1 }));
    expect([child.end(0), child.end(1)]).toEqual([atOnce, after(7_000)]);
    expect([child.end(20_000), child.end(40_000)]).toEqual([atOnce, atOnce]);
    expect([child.end(50_000), child.end(50_001)]).toEqual([atOnce, after(7_000)]);
    expect([child.end(60_000), child.end(60_001)]).toEqual([atOnce, FLAPPING]);
  });

  test("of one is always flapping, of none never", () => {
    expect(hand(circus({ attempts: 1 })).end(0)).toEqual(after(7_000));
    const child = hand(circus({ attempts: 0 }));
    for (let i = 0; i < 20; i++) expect(child.end(0)).toEqual(atOnce);
  });
});

test("the pause runs from the exit, and may be longer than its window", () => {
  const child = hand(circus({ windowMs: 120_000, attempts: 3, retryInMs: 300_000 }));
  for (const now of [0, 60_000]) expect(child.end(now)).toEqual(atOnce);
  expect(child.end(119_000)).toEqual(after(300_000));
  expect(child.send(ask(), 418_999)).toEqual(after(1));
});

test("maxRetry 0 has no pause, -1 no end", () => {
  const none = hand(circus({ maxRetry: 0 }));
  expect([none.end(0), none.end(0)]).toEqual([atOnce, FLAPPING]);
  const endless = hand(circus({ maxRetry: -1 }));
  for (let i = 0; i < 50; i++) {
    expect([endless.end(0), endless.end(0)]).toEqual([atOnce, after(7_000)]);
  }
});

test("an operator begins after the end with no pauses behind it", () => {
  const child = hand(circus({ maxRetry: 1 }));
  const answers = [0, 0, 0, 0].map((now) => child.end(now));
  expect(answers).toEqual([atOnce, after(7_000), atOnce, FLAPPING]);
  expect(child.send(ask("operator"), 9)).toEqual(atOnce);
  expect([child.end(9), child.end(9)]).toEqual([atOnce, after(7_000)]);
});

test("a clean exit counts; a failed spawn stays down, and is in no group", () => {
  const child = hand(circus());
  expect([child.end(0, 0, COMPLETED), child.end(0, 0, COMPLETED)]).toEqual([atOnce, after(7_000)]);
  const other = hand(circus());
  expect(other.end(0, 0, NOT_STARTED)).toEqual(never("given-up"));
  expect(other.end(1)).toEqual(atOnce);
});

test.each<[string, object]>([
  ["attempts", { attempts: -1 }],
  ["windowMs", { windowMs: 0.5 }],
  ["retryInMs", { retryInMs: "7s" }],
  ["maxRetry", { maxRetry: -2 }],
  ["checkDelayMs", { checkDelayMs: null }],
  ["retry_in", { retry_in: 7 }],
])("%s of %j is not allowed", (option, options) => {
  expect(() => circus(options)).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});

type Settings = Required<CircusOptions>;

/** check(), with its time line and its tries. */
class Plugin implements Rewrite {
  private timeline: number[] = [];
  private tries = 0;
  private startsAt: number | null = null;
  private stopped: string | null = null;

  constructor(private readonly conf: Settings) {}

  exited(exit: Exit, _: number, now: number) {
    this.startsAt = null;
    this.stopped = this.stopped === "flapping" ? "flapping" : null;
    if (exit.kind === "spawn-failed") this.stopped = "given-up";
    if (exit.kind === "spawn-failed" || exit.kind === "lost") return;
    this.stopped = null;
    this.timeline.push(now);
    if (this.timeline.length !== this.conf.attempts) return;
    const duration = now - (this.timeline[0] ?? 0) - this.conf.checkDelayMs;
    this.timeline = [];
    if (duration > this.conf.windowMs) {
      this.tries = 0;
    } else if (this.conf.maxRetry === -1 || this.tries < this.conf.maxRetry) {
      this.tries++;
      this.startsAt = now + this.conf.retryInMs;
    } else {
      this.tries = 0;
      this.stopped = "flapping";
    }
  }

  ask(cause: string, _: number, now: number) {
    if (cause !== "restart") {
      this.startsAt = null;
      this.stopped = null;
      return 0;
    }
    if (this.stopped !== null) return no(this.stopped);
    return this.startsAt === null ? 0 : Math.max(0, this.startsAt - now);
  }

  reset() {
    this.timeline = [];
    this.tries = 0;
    this.startsAt = null;
    this.stopped = null;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(drawn.circus.map((options) => [circus(options), () => new Plugin(options)] as const));
});
