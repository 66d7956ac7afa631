import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveProcess } from "../src/live-process.js";
import { PROCESS_KEYS, readProcessOptions } from "../src/read-launcher-options.js";
import { fakeChild, NOBODY } from "./fake-child.js";

/** The group's member, stuck in the kernel or not, and the signals that the group was sent. */
const member = vi.hoisted(() => ({ stuck: true, signals: 0 }));

vi.mock("../src/process-group.js", () => ({
  leadsGroup: () => true,
  processGroup: () => ({
    signal() {
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
  const options = { onFault, killScope: "group" } as const;
  const settings = readProcessOptions("test", options, PROCESS_KEYS, "process");
  return { live: liveProcess(child, settings, false), faults };
}

describe("a group that cannot be ended", () => {
  it("holds the exit back for 5 s, which is then abandoned, with the tail, and reported", async () => {
    const { child, stderr } = fakeChild({ pid: NOBODY });
    const { live, faults } = watched(child);
    stderr.write("last words\n");
    child.emit("exit", 3, null);
    vi.advanceTimersByTime(5_012);
    expect({ faults, timers: vi.getTimerCount() }).toStrictEqual({ faults: [], timers: 1 });
    vi.advanceTimersByTime(1);
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
    vi.advanceTimersByTime(1_000);
    member.stuck = false;
    vi.advanceTimersByTime(50);
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
    vi.advanceTimersByTime(1);
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
      vi.advanceTimersByTime(3);
      const made = timers.mock.results.map(({ value }) => value.hasRef());
      expect(made).toStrictEqual([false, false, false]);
      member.stuck = false;
      vi.advanceTimersByTime(4);
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
