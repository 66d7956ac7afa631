import { type SlidingWindowState, windowView } from "@steadfast/sliding-window";
import { describe, expect, test } from "vitest";
import { golden } from "../../../config/testing/vectors.ts";
import { otpIntensity } from "../src/index.js";
import { after, COMPLETED, CRASH, hand, NOT_STARTED, never } from "./asking.js";
import { crashesAfter, supervised } from "./supervised.js";

interface OtpIntensity {
  readonly cases: readonly {
    readonly id: string;
    readonly intensity: number;
    readonly period: number;
    readonly crashAtSec: readonly number[];
    readonly result: readonly ("restart" | "giveUp")[];
    readonly inPeriodSec: readonly (readonly number[] | null)[];
  }[];
}

const FULL = never("window-full");
const { cases } = golden<OtpIntensity>(new URL("./vectors/otp_intensity.json", import.meta.url));

// A second is a second from its first to its last millisecond.
describe.each([0, 999])("OTP: otp_intensity, %i ms into each second", (intoMs) => {
  test.each(cases)("$id", ({ intensity, period, crashAtSec, result, inPeriodSec }) => {
    const periodMs = period * 1_000;
    const child = hand(otpIntensity({ intensity, periodMs }));
    crashAtSec.forEach((second, i) => {
      const now = second * 1_000 + intoMs;
      expect(child.end(now)).toEqual(result[i] === "restart" ? after(0) : FULL);
      const [, window] = child.state as [unknown, SlidingWindowState];
      const view = { limit: intensity, windowMs: periodMs, edge: "closed" } as const;
      const held = inPeriodSec[i];
      if (held) expect(windowView(window, view, second * 1_000).used).toBe(held.length);
    });
  });
});

describe("the whole seconds", () => {
  test.each([
    ["exactly the period, in seconds, is inside", 0, 5_000, FULL],
    ["and with almost a second more", 0, 5_999, FULL],
    ["the next second is not", 0, 6_000, after(0)],
    ["nor if just over the period has passed", 999, 6_000, after(0)],
  ])("%s: %i and %i", (_, first, second, answer) => {
    const child = hand(otpIntensity());
    expect(child.end(first)).toEqual(after(0));
    expect(child.end(second)).toEqual(answer);
  });
});

describe("the restart types", () => {
  test("permanent: a clean exit is restarted, and counts", () => {
    const child = hand(otpIntensity());
    expect(child.end(0, 0, COMPLETED)).toEqual(after(0));
    expect(child.end(0, 0, COMPLETED)).toEqual(FULL);
  });

  test("transient: a clean exit ends it, and is no restart", () => {
    const child = hand(otpIntensity({ restart: "transient" }));
    expect(child.end(0, 0, COMPLETED)).toEqual(never("not-wanted"));
    expect(child.end(0)).toEqual(after(0));
    expect(child.end(0)).toEqual(FULL);
  });

  test("transient: a child that cannot be started again is retried, and counts", () => {
    const child = hand(otpIntensity({ restart: "transient" }));
    expect(child.end(0, 0, NOT_STARTED)).toEqual(after(0));
    expect(child.end(0, 0, NOT_STARTED)).toEqual(FULL);
  });

  test("temporary: never", () => {
    expect(hand(otpIntensity({ restart: "temporary" })).end(0)).toEqual(never("not-wanted"));
  });
});

test("supervised: intensity 3 is four runs, and then it is given up with its cause", async () => {
  const { at, ended } = await supervised(
    otpIntensity({ intensity: 3 }),
    crashesAfter(100),
    3_600_000,
  );
  expect(at).toEqual([0, 100, 200, 300]);
  expect(ended).toMatchObject({
    type: "refused",
    reason: "window-full",
    retryAfterMs: null,
    lastExit: CRASH,
  });
});

test("supervised: slow enough goes on forever", async () => {
  const { at, ended } = await supervised(otpIntensity(), crashesAfter(6_000), 60_000);
  expect([at.length, ended]).toEqual([11, null]);
});

test.each([0, 999, 1_500, 1.5, -1_000, Number.NaN])(
  "periodMs %s is no whole seconds",
  (periodMs) => {
    expect(() => otpIntensity({ periodMs })).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_OPTIONS", option: "periodMs" }),
    );
  },
);
