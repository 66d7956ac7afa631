// Many children: one timer, one listener per signal, nobody starved, nothing kept.

import { getEventListeners } from "node:events";
import { restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervise } from "../src/index.js";
import { drained, manualSystem, scriptedLauncher } from "../src/testing.js";
import { delay } from "./policies.js";
import { crashes, crashLoop, stage } from "./stage.js";

const MANY = 10_000;
const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("10 000 supervisions that share a system and a signal", () => {
  function begin() {
    const system = manualSystem();
    const controller = new AbortController();
    const { signal } = controller;
    const launched: number[] = [];
    const launcher = scriptedLauncher(system, []);
    const handles = Array.from({ length: MANY }, (_, i) => {
      const launch: typeof launcher.launch = (info) => {
        launched.push(i);
        return scriptedLauncher(system, []).launch(info);
      };
      return supervise({ launch }, { policy: delay(0), signal, healthyAfterMs: 1_000 + i }, system);
    });
    return { system, controller, signal, handles, launched };
  }

  it("hold one timer and one listener, and end with none", async () => {
    const { system, controller, signal, handles } = begin();
    expect([system.pendingTimers, listenersOf(signal)]).toEqual([1, 1]);
    await system.advance(1_500);
    expect([system.pendingTimers, listenersOf(signal)]).toEqual([1, 1]);
    controller.abort();
    const outcomes = await Promise.all(handles.map(({ outcome }) => outcome));
    expect(outcomes.every(({ type }) => type === "stopped")).toBe(true);
    expect([system.pendingTimers, listenersOf(signal)]).toEqual([0, 0]);
  });

  it("that all fall due at one instant are served in the order in which they began", async () => {
    const system = manualSystem();
    const order: number[] = [];
    Array.from({ length: 1_000 }, (_, i) => {
      const { launch } = scriptedLauncher(system, crashes(0));
      let attempts = 0;
      return supervise(
        {
          launch(info) {
            attempts++;
            if (attempts === 2) order.push(i);
            return launch(info);
          },
        },
        { policy: delay(50) },
        system,
      );
    });
    await system.advance(50);
    expect(order).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  });

  it("whose children all end at one instant all restart at their own", async () => {
    const system = manualSystem();
    const launchers = Array.from({ length: 1_000 }, (_, i) => {
      const launcher = scriptedLauncher(system, crashes(100));
      supervise(launcher, { policy: delay(i) }, system);
      return launcher;
    });
    await system.advance(2_000);
    expect(launchers.map(({ launchedAt }) => launchedAt)).toEqual(
      launchers.map((_, i) => [0, 100 + i]),
    );
  });
});

describe("1 000 runs, one after the other, on one signal", () => {
  it.each([
    ["that complete", { runMs: 1 }, "completed"],
    ["that are refused", { runMs: 1, exit: { kind: "failed" } }, "refused"],
    ["that cannot start", { cannotStart: "no" }, "refused"],
  ] as const)("%s leave no listener and no timer", async (_, attempt, type) => {
    const system = manualSystem();
    const { signal } = new AbortController();
    let most = 0;
    for (let run = 0; run < 1_000; run++) {
      const policy = restartOn(type === "completed" ? "transient" : "temporary");
      const launcher = scriptedLauncher(system, [attempt]);
      const handle = supervise(launcher, { policy, signal }, system);
      most = Math.max(most, listenersOf(signal));
      await system.advance(1);
      expect((await handle.outcome).type).toBe(type);
    }
    expect([most, listenersOf(signal), system.pendingTimers]).toEqual([1, 0, 0]);
  });

  it("that throw from supervise leave none either", () => {
    const { signal } = new AbortController();
    const system = manualSystem();
    for (let run = 0; run < 1_000; run++) {
      const launcher = scriptedLauncher(system, [{ throws: new TypeError("bug") }]);
      expect(() => supervise(launcher, { policy: delay(0), signal }, system)).toThrow("bug");
    }
    expect([listenersOf(signal), system.pendingTimers]).toEqual([0, 0]);
  });

  it("the listener is there as long as anybody waits for it", async () => {
    const { signal } = new AbortController();
    const sets = [1, 2, 3].map(() => stage());
    expect(sets.map(({ listeners }) => listeners())).toEqual([1, 1, 1]);
    const system = manualSystem();
    const begin = () =>
      supervise(scriptedLauncher(system, []), { policy: delay(0), signal }, system);
    const [one, two] = [begin(), begin()];
    await one.stop();
    expect(listenersOf(signal)).toBe(1);
    await two.stop();
    expect(listenersOf(signal)).toBe(0);
    const three = begin();
    expect(listenersOf(signal)).toBe(1);
    await three.stop();
    expect(listenersOf(signal)).toBe(0);
  });
});

describe("the event loop breathes", () => {
  it("a launcher that always throws does not spin", async () => {
    const set = stage({ script: () => ({ throws: "no" }), policy: delay(0) });
    expect(set.launcher.launchedAt).toHaveLength(1);
    await drained();
    await drained();
    expect(set.launcher.launchedAt).toHaveLength(1);
    await set.system.next();
    expect(set.launcher.launchedAt).toHaveLength(2);
    await set.handle.stop();
  });
});

describe("nothing is kept", () => {
  it("of 10 000 attempts the supervision itself remembers the last", async () => {
    const set = stage({ script: crashLoop(1), policy: delay(1), onEvent: () => {} });
    for (let round = 0; round < 4_000; round++) await set.system.next();
    const size = JSON.stringify(set.handle.status()).length;
    expect(set.handle.status().attempts).toBeGreaterThan(1_000);
    expect(size).toBeLessThan(1_000);
    expect(set.system.pendingTimers).toBeLessThanOrEqual(2);
  });
});
