// Cases from the rules of launchd: core.c (job_keepalive, job_start, job_reap), launchd.plist(5).

import type { Exit } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { type LaunchdOptions, launchd } from "../src/index.js";
import {
  after,
  ask,
  atOnce,
  COMPLETED,
  CRASH,
  delaysOf,
  hand,
  NOT_STARTED,
  never,
} from "./asking.js";
import { no, type Rewrite, sameLives } from "./rewrite.js";
import { crashesAfter, gaps, supervised } from "./supervised.js";
import { drawn } from "./system-runs.js";

const signalled = (signal: string): Exit => ({ kind: "signalled", signal });
const segv = signalled("SIGSEGV");
const kill = signalled("SIGKILL");

describe("KeepAlive", () => {
  const all = [COMPLETED, CRASH, segv, kill];
  test.each<[NonNullable<LaunchdOptions["keepAlive"]>, readonly boolean[]]>([
    [true, [true, true, true, true]],
    [false, [false, false, false, false]],
    [{}, [false, false, false, false]],
    [{ successfulExit: true }, [true, false, false, false]],
    [{ successfulExit: false }, [false, true, true, true]],
    [{ crashed: true }, [false, false, true, false]],
    [{ crashed: false }, [true, true, false, true]],
    [{ successfulExit: true, crashed: true }, [true, false, true, false]],
    [{ successfulExit: false, crashed: false }, [true, true, true, true]],
  ])("%j: exit 0, exit 1, SIGSEGV, SIGKILL", (keepAlive, restarted) => {
    const answers = all.map((exit) => hand(launchd({ keepAlive })).end(0, 0, exit));
    expect(answers).toEqual(restarted.map((yes) => (yes ? after(10_000) : never("not-wanted"))));
  });

  test("what nobody saw is restarted, unless nothing is", () => {
    const lost: Exit = { kind: "lost" };
    for (const keepAlive of [true, { crashed: true }]) {
      expect(hand(launchd({ keepAlive })).end(0, 0, lost).type).toBe("launch");
    }
    for (const keepAlive of [false, {}]) {
      expect(hand(launchd({ keepAlive })).end(0, 0, lost)).toEqual(never("not-wanted"));
    }
  });
});

describe("the throttle", () => {
  test.each([
    [0, 10_000],
    [999, 10_000],
    [1_000, 9_000],
    [9_999, 1_000],
    [10_000, 0],
    [86_400_000, 0],
  ])("a run of %i ms waits %i: whole seconds", (runMs, delay) => {
    expect(delaysOf(launchd({ keepAlive: true }), [runMs])).toEqual([delay]);
  });

  test("of 0 is none; what could not be started waits all of it", () => {
    expect(delaysOf(launchd({ keepAlive: true, throttleIntervalMs: 0 }), [0, 5])).toEqual([0, 0]);
    expect(hand(launchd({ keepAlive: true })).end(0, 0, NOT_STARTED)).toEqual(after(10_000));
  });

  test("runs from the exit, and an operator does not wait for it", () => {
    const child = hand(launchd({ keepAlive: true }));
    child.end(0);
    expect(child.send(ask(), 4_000)).toEqual(after(6_000));
    expect(child.send(ask("operator"), 4_000)).toEqual(atOnce);
  });

  test("supervised: forever, every ten seconds", async () => {
    const { at, ended } = await supervised(launchd({ keepAlive: true }), crashesAfter(50), 60_000);
    expect(gaps(at)).toEqual([10_050, 10_050, 10_050, 10_050, 10_050]);
    expect(ended).toBeNull();
  });
});

test.each<[string, object]>([
  ["keepAlive", { keepAlive: "yes" }],
  ["keepAlive", { keepAlive: { successfulExit: 1 } }],
  ["keepAlive", { keepAlive: { SuccessfulExit: true } }],
  ["keepAlive", { keepAlive: [] }],
  ["throttleIntervalMs", { throttleIntervalMs: 500 }],
  ["throttleIntervalMs", { throttleIntervalMs: -1_000 }],
  ["throttleInterval", { throttleInterval: 10 }],
])("%s of %j is not allowed", (option, options) => {
  expect(() => launchd(options)).toThrow(
    expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option }),
  );
});

/** job_keepalive and job_start. */
class Job implements Rewrite {
  private last: { good: boolean; crashed: boolean; lost: boolean; at: number; ran: number } | null =
    null;
  private askable = false;

  constructor(private readonly plist: Required<LaunchdOptions>) {}

  exited(exit: Exit, up: number, now: number) {
    const good = exit.kind === "completed" || exit.kind === "cancelled";
    this.last = { good, crashed: false, lost: exit.kind === "lost", at: now, ran: up };
    this.askable = true;
  }

  private keepalive(): boolean {
    const { keepAlive } = this.plist;
    if (this.last === null || !this.askable) return true;
    if (keepAlive === true || keepAlive === false) return keepAlive;
    const { successfulExit, crashed } = keepAlive;
    if (this.last.lost) return Object.keys(keepAlive).length > 0;
    if (successfulExit === true && this.last.good) return true;
    if (successfulExit === false && !this.last.good) return true;
    return crashed === false && !this.last.crashed;
  }

  ask(cause: string, _: number, now: number) {
    if (cause !== "restart") {
      this.askable = false;
      return 0;
    }
    if (!this.keepalive()) return no("not-wanted");
    if (this.last === null) return 0;
    const seconds = Math.floor(this.last.ran / 1_000);
    const throttle = this.plist.throttleIntervalMs / 1_000;
    if (seconds >= throttle) return 0;
    return Math.max(0, this.last.at + (throttle - seconds) * 1_000 - now);
  }

  reset() {
    this.last = null;
    this.askable = false;
  }
}

test("a rewrite answers a thousand lives alike", () => {
  sameLives(drawn.launchd.map((options) => [launchd(options), () => new Job(options)] as const));
});
