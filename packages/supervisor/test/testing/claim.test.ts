import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claim, within } from "../../src/testing/claim.js";

describe("within", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => vi.useRealTimers());

  it("is what the promise settles with, and leaves no timer", async () => {
    expect(await within(Promise.resolve(7), 10, "seven")).toBe(7);
    await expect(within(Promise.reject(new Error("boom")), 10, "none")).rejects.toThrow("boom");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says what was waited for when the time is over, and not before", async () => {
    const ends: unknown[] = [];
    within(new Promise(() => {}), 10, "the exit").catch((error: unknown) => ends.push(error));
    await vi.advanceTimersByTimeAsync(9);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toEqual([new Error("the exit: nothing happened within 10 ms")]);
  });
});

describe("claim", () => {
  it("throws what is said of it if it does not hold, else nothing", () => {
    expect(() => claim(true, "it is not so")).not.toThrow();
    expect(() => claim(false, "it is not so")).toThrow(new Error("it is not so"));
  });
});
