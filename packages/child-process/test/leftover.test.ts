import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProcessOptions } from "../src/launcher-options.js";
import { processLauncher } from "../src/process-launcher.js";
import { fakeChild, NOBODY } from "./fake-child.js";

/** The group's member, stuck in the kernel or not, and the signals that the group was sent. */
const member = vi.hoisted(() => ({ sight: "alive", signals: [] as unknown[] }));

vi.mock("../src/process-group.js", () => ({
  isNobody: () => false,
  leadsGroup: () => true,
  processGroup: () => ({
    reach(signal: unknown) {
      member.signals.push(signal);
      return true;
    },
    look: async () => member.sight,
  }),
}));

beforeEach(() => {
  member.sight = "alive";
  member.signals = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

function watched(child: ChildProcess, options: ProcessOptions = { sweepGraceMs: 0 }) {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const launcher = processLauncher(() => child, { onFault, killScope: "group", ...options });
  const live = launcher.launch({ id: "a", attempt: 1, generation: 1, cause: "start", failures: 0 });
  return { live, faults };
}

const kills = () => member.signals.filter((signal) => signal === "SIGKILL").length;

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

  it("that ends in time leaves the leader's exit as it was, but that it was killed", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live, faults } = watched(child);
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(1_000);
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(50);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3, rest: "killed" });
    expect({ faults, timers: vi.getTimerCount() }).toStrictEqual({ faults: [], timers: 0 });
  });

  it("that cannot be seen leaves the leader's exit as it was, unverified", async () => {
    member.sight = "unseen";
    const { child } = fakeChild({ pid: NOBODY });
    const { live, faults } = watched(child);
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(5_013);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3, rest: "unverified" });
    expect(faults).toStrictEqual([]);
  });

  it("is swept once, however often the exit is told", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child);
    child.emit("exit", 3, null);
    child.emit("exit", 4, null);
    await vi.advanceTimersByTimeAsync(0);
    expect({ kills: kills(), timers: vi.getTimerCount() }).toStrictEqual({ kills: 1, timers: 1 });
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3, rest: "killed" });
  });

  it("is left alone where the child had ended before: its number may be taken", async () => {
    const { child } = fakeChild({ pid: NOBODY, exitCode: 3 });
    const { live } = watched(child);
    live.kill();
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3 });
    expect(member.signals).toStrictEqual([]);
  });

  it.each(["before", "during"])(
    "does not keep the host alive when the child was abandoned %s the sweep, and still ends",
    async (when) => {
      const timers = vi.spyOn(globalThis, "setTimeout");
      const { child } = fakeChild({ pid: NOBODY });
      const { live } = watched(child);
      if (when === "before") live.abandon?.();
      child.emit("exit", 3, null);
      await vi.advanceTimersByTimeAsync(0);
      if (when === "during") live.abandon?.();
      await vi.advanceTimersByTimeAsync(3);
      const made = timers.mock.results.map(({ value }) => value.hasRef());
      expect(made).toStrictEqual([false, false, false]);
      member.sight = "empty";
      await vi.advanceTimersByTimeAsync(4);
      expect(await live.exited).toMatchObject({ kind: "failed", code: 3 });
      timers.mockRestore();
    },
  );

  it("keeps the host alive otherwise", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { child } = fakeChild({ pid: NOBODY });
    watched(child);
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(0);
    expect(timers.mock.results.map(({ value }) => value.hasRef())).toStrictEqual([true]);
    timers.mockRestore();
  });
});

describe("what a crash leaves behind", () => {
  it("is asked once, and killed after half a second", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child, { stopSignal: "SIGQUIT" });
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(499);
    expect(member.signals).toStrictEqual(["SIGQUIT", "SIGCONT"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(member.signals).toStrictEqual(["SIGQUIT", "SIGCONT", "SIGKILL"]);
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({ kind: "failed", code: 3, rest: "killed" });
  });

  it("has the whole grace period once a stop is requested, and is not asked again", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child, {});
    child.emit("exit", 3, null);
    await vi.advanceTimersByTimeAsync(100);
    live.requestStop("stop");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(member.signals).toStrictEqual(["SIGTERM", "SIGCONT"]);
    live.kill();
    await vi.advanceTimersByTimeAsync(0);
    expect(kills()).toBe(1);
  });
});

describe("the grace period after a requested stop", () => {
  it.each([
    ["group", []],
    ["mixed", ["SIGTERM", "SIGCONT"]],
  ] as const)("is the whole group's: %s", async (killScope, owed) => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child, { killScope });
    const sent = vi.spyOn(process, "kill").mockReturnValue(true);
    live.requestStop("stop");
    child.emit("exit", 0, null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(member.signals).toStrictEqual(owed);
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(50);
    expect(await live.exited).toStrictEqual({ kind: "completed", code: 0 });
    sent.mockRestore();
  });

  it("is over with a kill, at once, and the exit says so", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child);
    const sent = vi.spyOn(process, "kill").mockReturnValue(true);
    live.requestStop("stop");
    child.emit("exit", null, "SIGTERM");
    await vi.advanceTimersByTimeAsync(10_010); // in the middle of a wait
    live.kill();
    live.kill();
    await vi.advanceTimersByTimeAsync(0);
    expect(kills()).toBe(1);
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGTERM",
      rest: "killed",
    });
    sent.mockRestore();
  });

  it("has no rest where all were killed together", async () => {
    const { child } = fakeChild({ pid: NOBODY });
    const { live } = watched(child);
    const sent = vi.spyOn(process, "kill").mockReturnValue(true);
    live.requestStop("stop");
    live.kill();
    child.emit("exit", null, "SIGKILL");
    await vi.advanceTimersByTimeAsync(0);
    member.sight = "empty";
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.exited).toStrictEqual({
      kind: "signalled",
      signal: "SIGKILL",
      steps: ["SIGTERM", "SIGKILL"],
    });
    sent.mockRestore();
  });
});
