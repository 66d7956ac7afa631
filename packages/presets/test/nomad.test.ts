// Cases from the rules of Nomad (commit 0f3f79f19e17): client/allocrunner/taskrunner/restarts/restarts.go
// (GetState, getDelay, jitter), nomad/structs/structs.go (the defaults, and what a job may say).

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type NomadOptions, nomad } from "../src/index.js";
import { after, ask, atOnce, COMPLETED, CRASH, hand, NOT_STARTED, never } from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const MINUTE = 60_000;
const SPENT = never("budget-spent");

/** A task that was started at 0. */
function task(options: NomadOptions) {
  const child = hand(nomad(options));
  expect(child.send(ask("start"), 0)).toEqual(atOnce);
  return child;
}

describe("fail", () => {
  test("by default two restarts in half an hour, 15 s later, and the end", async () => {
    const { at, ended } = await supervised(nomad(), crashesAfter(1_000), 2 * MINUTE, {});
    expect(at.length).toBe(3);
    for (const gap of [at[1], (at[2] ?? 0) - (at[1] ?? 0)]) {
      expect(gap).toBeGreaterThanOrEqual(16_000);
      expect(gap).toBeLessThanOrEqual(19_750);
    }
    expect(ended).toMatchObject({ type: "refused", reason: "budget-spent", retryAfterMs: null });
  });

  test("a batch job: three in a day, and none after a clean exit", () => {
    const child = task({ jobType: "batch" });
    expect([1, 2, 3].map((now) => child.end(now).type)).toEqual(["launch", "launch", "launch"]);
    expect(child.end(4)).toEqual(SPENT);
    expect(task({ jobType: "sysbatch" }).end(1, 1, COMPLETED)).toEqual(never("not-wanted"));
    expect(task({ jobType: "system" }).end(1, 1, COMPLETED)).toEqual(after(15_000));
  });

  test("a clean exit of a service counts like a crash", () => {
    const child = task({ attempts: 1, delayMs: 0 });
    expect([child.end(1, 1, COMPLETED), child.end(2, 1, COMPLETED)]).toEqual([atOnce, SPENT]);
  });

  test.each([
    [30_000, SPENT],
    [30_001, atOnce],
  ])("the interval runs from the start: an exit at %i", (now, answer) => {
    const child = task({ attempts: 1, intervalMs: 30_000, delayMs: 0 });
    expect(child.end(29_000)).toEqual(atOnce);
    expect(child.end(now)).toEqual(answer);
  });

  test("attempts 0 restarts nothing", () => {
    expect(task({ attempts: 0 }).end(1)).toEqual(SPENT);
    expect(task({ attempts: 0, jobType: "batch" }).end(1, 1, COMPLETED)).toEqual(
      never("not-wanted"),
    );
  });

  test("what cannot be started is not restarted, nor what was cancelled", () => {
    expect(task({}).end(0, 0, NOT_STARTED)).toEqual(never("given-up"));
    expect(task({}).end(5, 5, { kind: "cancelled" })).toEqual(never("not-wanted"));
  });
});

describe("delay", () => {
  const options = { attempts: 2, intervalMs: 60_000, delayMs: 1_000, mode: "delay" } as const;

  test("one exit more waits for the end of the interval, exactly", () => {
    const child = task(options);
    expect([child.end(100), child.end(2_000)]).toEqual([after(1_000), after(1_000)]);
    expect(child.end(10_000)).toEqual(after(50_000));
    expect(child.send(ask(), 59_999)).toEqual(after(1));
    expect(child.send(ask(), 60_000)).toEqual(atOnce);
  });

  test("what was restarted then ends in a new interval, even at once", () => {
    const child = task(options);
    for (const now of [100, 2_000, 10_000]) child.end(now);
    expect(child.end(60_000, 0)).toEqual(after(1_000));
    expect(child.end(119_999)).toEqual(after(1_000));
    expect(child.end(120_000)).toEqual(atOnce);
  });

  test("supervised: it goes on forever, two restarts an interval", async () => {
    const { at, ended } = await supervised(
      nomad({ ...options, delayMs: 0 }),
      crashesAfter(0),
      180_000,
    );
    expect(at).toEqual([
      0, 0, 0, 60_000, 60_000, 60_000, 120_000, 120_000, 120_000, 180_000, 180_000, 180_000,
    ]);
    expect(ended).toBeNull();
  });
});

test("the jitter adds up to a quarter, and the delay runs from the exit", () => {
  const child = task({ delayMs: 1_000 });
  expect(child.end(5_000, 5_000, CRASH, 0.5)).toEqual(after(1_125));
  expect(child.send(ask("restart", 0.5), 5_125)).toEqual(after(1_000));
});

test("an operator's launch counts nothing", () => {
  const child = task({ attempts: 1, delayMs: 0 });
  child.end(1);
  expect(child.send(ask("operator"), 2)).toEqual(atOnce);
  expect(child.end(3)).toEqual(SPENT);
});

test("an exit that nobody saw does not count", () => {
  const child = task({ attempts: 1, delayMs: 0 });
  expect(child.end(1, 1, { kind: "lost" })).toEqual(atOnce);
  expect([child.end(2), child.end(3)]).toEqual([atOnce, SPENT]);
});

test.each<[option: string, options: object, message: string]>([
  ["jobType", { jobType: "cron" }, "one of service, system, batch, sysbatch"],
  ["attempts", { attempts: -1 }, "a whole number from 0 to"],
  ["attempts", { attempts: 0, mode: "delay" }, 'at least 1 with mode "delay"'],
  ["intervalMs", { intervalMs: 4_999 }, "from 5000 to"],
  ["intervalMs", { intervalMs: 29_999 }, "at least attempts times delayMs, 30000"],
  ["delayMs", { delayMs: Number.POSITIVE_INFINITY }, "a finite number from 0 to"],
  ["mode", { mode: "wait" }, "one of fail, delay"],
  ["interval", { interval: "30m" }, ""],
])("%s of %j is not allowed", (option, options, message) => {
  expect(() => nomad(options)).toThrow(
    expect.objectContaining({
      code: "ERR_POLICY_OPTIONS",
      option,
      message: expect.stringContaining(message),
    }),
  );
});

type Settings = Required<NomadOptions>;

/** GetState, with a clock that is an argument. */
class Tracker implements Rewrite {
  private start: number | null = null;
  private count = 0;
  private next: { state: string; due: (draw: number) => number } | null = null;
  private waits = false;

  constructor(private readonly policy: Settings) {}

  exited(exit: Exit, up: number, now: number) {
    const { attempts, intervalMs, delayMs, mode, jobType } = this.policy;
    if (this.start === null) this.start = now - up;
    const end = this.start + intervalMs;
    if (now > end || (this.waits && now === end)) {
      this.count = 0;
      this.start = now;
    }
    this.waits = false;
    const stop = (state: string) => {
      this.next = { state, due: () => 0 };
    };
    const restart = () => {
      this.next = { state: "restarting", due: (draw) => now + delayMs + delayMs * draw * 0.25 };
    };
    if (exit.kind === "lost") return attempts === 0 ? stop("budget-spent") : restart();
    this.count += 1;
    if (exit.kind === "cancelled") return stop("not-wanted");
    if (exit.kind === "completed" && jobType === "batch") return stop("not-wanted");
    if (attempts === 0) return stop("budget-spent");
    if (exit.kind === "spawn-failed") return stop("given-up");
    if (this.count <= attempts) return restart();
    if (mode === "fail") return stop("budget-spent");
    this.waits = true;
    const opensAt = this.start + intervalMs;
    this.next = { state: "restarting", due: () => opensAt };
  }

  ask(cause: string, draw: number, now: number) {
    if (cause === "operator") {
      this.next = null;
      this.waits = false;
      return 0;
    }
    if (this.start === null) this.start = now;
    if (cause === "start" || this.next === null) return 0;
    if (this.next.state !== "restarting") return no(this.next.state);
    return Math.max(0, this.next.due(draw) - now);
  }

  reset() {
    this.start = null;
    this.count = 0;
    this.next = null;
    this.waits = false;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(drawn.nomad.map((options) => [nomad(options), () => new Tracker(options)] as const));
});
