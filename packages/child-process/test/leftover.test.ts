import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { processLauncher } from "../src/process-launcher.js";
import { fakeChild, NOBODY } from "./fake-child.js";

/** The group's member, stuck in the kernel or not, and the signals that the group was sent. */
const member = vi.hoisted(() => ({ stuck: true, signals: 0 }));

vi.mock("../src/process-group.js", () => ({
  isNobody: () => false,
  leadsGroup: () => true,
  processGroup: () => ({
    reach() {
      member.signals += 1;
      return true;
    },
    alive: () => member.stuck,
  }),
}));

beforeEach(() => {
  member.stuck = true;
  member.signals = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

function watched(child: ChildProcess) {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const launcher = processLauncher(() => child, { onFault, killScope: "group" });
  const live = launcher.launch({ id: "a", attempt: 1, generation: 1, cause: "start", failures: 0 });
  return { live, faults };
}

describe("a group that cannot be ended", () => {
  it("holds the exit back for 5 s, which is then abandoned, with the tail, and reported", async () => {
    const { child, stderr } = fakeChild({ pid: NOBODY });
    const { live, faults } = watched(child);
    stderr.write("last words\n");
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(5_012);
    expect({ faults, timers: vi.getTimerCount() }).toStrictEqual({ faults: [], timers: 1 });
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({ kind: "abandoned", stderrTail: ["last words"] });
    expect(faults).toStrictEqual([
      new Error(`process group ${NOBODY} cannot be ended`, { cause: { kind: "failed", code: 3 } }),
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("that ends in time leaves the leader's exit as it was", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live, faults } = watched(child);
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(1_000);
    member.stuck = false;
    await vi.advanceTimersByTimeAsync(50);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3 });
    expect({ faults, timers: vi.getTimerCount() }).toStrictEqual({ faults: [], timers: 0 });
  });

  it("is swept once, however often the exit is told", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child);
    child.emit("exit", 3, null);
    child.emit("exit", 4, null);
    expect({ signals: member.signals, timers: vi.getTimerCount() }).toStrictEqual({
      signals: 1,
      timers: 1,
    });
    member.stuck = false;
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3 });
  });

  it("is left alone where the child had ended before: its number may be taken", async () => {
    const { child } = fakeChild({ pid: NOBODY, exitCode: 3 });
    const { live } = watched(child);
    live.kill();
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3 });
    expect(member.signals).toBe(0);
  });

  it.each(["before", "during"])(
    "does not keep the host alive when the child was abandoned %s the sweep, and still ends",
    async (when) => {
      const timers = vi.spyOn(globalThis, "setTimeout");
      const { child } = fakeChild({ pid: NOBODY });
      const { live } = watched(child);
      if (when === "before") live.abandon?.();
      child.emit("exit", 3, null);
      if (when === "during") live.abandon?.();
      await vi.advanceTimersByTimeAsync(3);
      const made = timers.mock.results.map(({ value }) => value.hasRef());
      expect(made).toStrictEqual([false, false, false]);
      member.stuck = false;
      await vi.advanceTimersByTimeAsync(4);
      expect(await live.exited).toStrictEqual({ kind: "failed", code: 3 });
      timers.mockRestore();
    },
  );

  it("keeps the host alive otherwise", () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { child } = fakeChild({ pid: NOBODY });
    watched(child);
    child.emit("exit", 3, null);
    expect(timers.mock.results.map(({ value }) => value.hasRef())).toStrictEqual([true]);
    timers.mockRestore();
  });
});
