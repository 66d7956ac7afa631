import { afterEach, describe, expect, it, vi } from "vitest";
import { type ManualSystem, manualSystem } from "../../src/testing.js";

function ringing(system: ReturnType<typeof manualSystem>) {
  const rang: string[] = [];
  const set = (name: string, ms: number) =>
    system.timers.set(() => rang.push(`${name}@${system.now}`), ms);
  return { rang, set };
}

describe("time moves only when it is told to", () => {
  it("rings every timer on the way at its own instant, those of one instant in order", async () => {
    const system = manualSystem({ now: 1_000 });
    const { rang, set } = ringing(system);
    set("late", 20);
    set("a", 10);
    set("b", 10);
    set("after", 31);

    await system.advance(30);

    expect(rang).toEqual(["a@1010", "b@1010", "late@1020"]);
    expect([system.now, system.clock(), system.pendingTimers]).toEqual([1_030, 1_030, 1]);
  });

  it("rings at exactly the instant, not one millisecond before", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    set("x", 10);
    await system.advance(9);
    expect(rang).toEqual([]);
    await system.advance(1);
    expect(rang).toEqual(["x@10"]);
  });

  it("rings what is due when no time passes", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    set("x", 0);
    await system.advance(0);
    expect(rang).toEqual(["x@0"]);
  });

  it("rings what a timer sets on its way", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    system.timers.set(() => set("child", 5), 5);
    await system.advance(10);
    expect(rang).toEqual(["child@10"]);
  });

  it("lets promises settle before, between and after", async () => {
    const system = manualSystem();
    const seen: string[] = [];
    void Promise.resolve().then(() => seen.push("before"));
    system.timers.set(() => {
      seen.push("first");
      void Promise.resolve()
        .then(() => {})
        .then(() => seen.push("between"));
    }, 1);
    system.timers.set(() => seen.push("second"), 1);
    await system.advance(1);
    expect(seen).toEqual(["before", "first", "between", "second"]);
  });

  it("a cleared timer does not ring, and clearing it again is harmless", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    const timer = set("x", 1);
    system.timers.clear(timer);
    system.timers.clear(timer);
    expect(system.pendingTimers).toBe(0);
    await system.advance(5);
    expect(rang).toEqual([]);
  });

  it("next() goes to the next timer, and says whether there was one", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    set("x", 2 ** 31 - 1);
    expect(await system.next()).toBe(true);
    expect(rang).toEqual([`x@${2 ** 31 - 1}`]);
    expect(await system.next()).toBe(false);
  });
});

describe("the clock jumps", () => {
  it("forwards: the host slept, and what became due rings late, at the next look", async () => {
    const system = manualSystem();
    const { rang, set } = ringing(system);
    set("x", 10);
    system.jump(1_000);
    expect(rang).toEqual([]);
    await system.settle();
    expect(rang).toEqual(["x@1000"]);
  });

  it("backwards: timers go on and ring when they would have", async () => {
    const system = manualSystem({ now: 1_000 });
    const { rang, set } = ringing(system);
    set("x", 10);
    system.jump(500);
    await system.advance(9);
    expect(rang).toEqual([]);
    await system.advance(1);
    expect(rang).toEqual(["x@510"]);
  });
});

describe("chance", () => {
  const draws = (seed?: number) => {
    const { random } = manualSystem(seed === undefined ? {} : { seed });
    return Array.from({ length: 1_000 }, random);
  };

  it("is the same for the same seed, and another for another", () => {
    expect(draws()).toEqual(draws(1));
    expect(draws(2)).not.toEqual(draws(1));
  });

  it("is spread over [0, 1)", () => {
    const all = draws(7);
    expect(all.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = all.filter((draw) => Math.floor(draw * 10) === tenth).length;
      expect(share).toBeGreaterThan(60);
      expect(share).toBeLessThan(140);
    }
  });
});

describe("what real timers would not keep is refused", () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("a delay of %s", (ms) => {
    expect(() => manualSystem().timers.set(() => {}, ms)).toThrow(
      new RangeError(`a timer needs a whole delay from 0 to 2^31-1, got ${ms}`),
    );
  });

  const noStep = (name: string, ms: number) =>
    new RangeError(`manualSystem: ${name} must be a finite time step forwards, got ${ms}`);

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("advance(%s)", async (ms) => {
    await expect(manualSystem().advance(ms)).rejects.toThrow(noStep("ms", ms));
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])("jump(%s) and now: %s", (to) => {
    expect(() => manualSystem().jump(to)).toThrow(noStep("to", to));
    expect(() => manualSystem({ now: to })).toThrow(noStep("now", to));
  });

  it("what a callback throws is thrown by the call that rang it", async () => {
    const system = manualSystem();
    system.timers.set(() => {
      throw new Error("boom");
    }, 1);
    await expect(system.advance(1)).rejects.toThrow("boom");
  });
});

describe("timers that ring for ever without any time passing", () => {
  /** Channels that need no turn of the event loop, of which 100 000 take seconds. */
  class QuickChannel {
    readonly port1 = { onmessage: () => {}, close() {} };
    readonly port2 = { postMessage: () => queueMicrotask(this.port1.onmessage) };
  }

  afterEach(() => vi.unstubAllGlobals());

  /** So many timers at one instant, each set by the one before. */
  function setInTurn(system: ManualSystem, count: number): void {
    if (count > 0) system.timers.set(() => setInTurn(system, count - 1), 0);
  }

  it("are an error instead of a hang", async () => {
    vi.stubGlobal("MessageChannel", QuickChannel);
    const system = manualSystem({ now: 5 });
    setInTurn(system, Number.POSITIVE_INFINITY);
    await expect(system.advance(1)).rejects.toThrow(
      new RangeError("100000 timers rang at 5 ms: something restarts forever"),
    );
  });

  it("are counted for each instant anew: 100 000 may ring at one", async () => {
    vi.stubGlobal("MessageChannel", QuickChannel);
    const system = manualSystem();
    setInTurn(system, 100_000);
    await system.advance(1);
    setInTurn(system, 100_000);
    await system.advance(1);
    expect(system.pendingTimers).toBe(0);
    setInTurn(system, 100_001);
    await expect(system.advance(1)).rejects.toThrow("100000 timers rang at 2 ms");
  });
});
