import type { Exit } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { ChildSignal, LaunchInfo, LiveChild } from "../../src/index.js";
import { manualSystem, type ScriptedAttempt, scriptedLauncher } from "../../src/testing.js";

const info: LaunchInfo = { id: "x", attempt: 1, generation: 0, cause: "start", failures: 0 };
const NEVER = Number.POSITIVE_INFINITY;

const heartbeatAfter = (afterMs: number) => ({ afterMs, signal: { type: "heartbeat" } }) as const;

function launched(plan: ScriptedAttempt) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, [plan]);
  const child = launcher.launch(info);
  const exits: { at: number; exit: Exit }[] = [];
  void child.exited.then((exit) => exits.push({ at: system.now, exit }));
  const said: [number, ChildSignal["type"]][] = [];
  child.onSignal(({ type }) => said.push([system.now, type]));
  return { system, launcher, child, exits, said };
}

interface Row {
  readonly why: string;
  readonly plan: ScriptedAttempt;
  readonly act?: (child: LiveChild) => void;
  /** When and how it exits within a minute; null: not. */
  readonly exits: readonly [number, Exit["kind"]] | null;
}

const rows: readonly Row[] = [
  { why: "nothing said: it runs for ever", plan: {}, exits: null },
  { why: "runs for so long", plan: { runMs: 50 }, exits: [50, "completed"] },
  { why: "ends within the launch", plan: { runMs: 0 }, exits: [0, "completed"] },
  { why: "ends badly", plan: { runMs: 9, exit: { kind: "failed" } }, exits: [9, "failed"] },
  { why: "cannot start", plan: { cannotStart: new Error("ENOENT") }, exits: [0, "spawn-failed"] },
  {
    why: "obeys at once",
    plan: {},
    act: (child) => child.requestStop("stop"),
    exits: [0, "cancelled"],
  },
  {
    why: "takes its time to obey, once, however often it is asked",
    plan: { stopMs: 70, stopExit: { kind: "completed" } },
    act: (child) => {
      child.requestStop("stop");
      child.requestStop("stop");
    },
    exits: [70, "completed"],
  },
  {
    why: "ignores the request",
    plan: { stopMs: NEVER },
    act: (child) => child.requestStop("stop"),
    exits: null,
  },
  { why: "dies of a kill", plan: {}, act: (child) => child.kill(), exits: [0, "signalled"] },
  {
    why: "dies late",
    plan: { killMs: 400, killExit: { kind: "failed" } },
    act: (child) => child.kill(),
    exits: [400, "failed"],
  },
  { why: "cannot be killed", plan: { killMs: NEVER }, act: (child) => child.kill(), exits: null },
  {
    why: "ends by itself before it obeys",
    plan: { runMs: 5, stopMs: 10 },
    act: (child) => child.requestStop("stop"),
    exits: [5, "completed"],
  },
];

describe("an attempt does what its entry says", () => {
  it.each(rows)("$why", async ({ plan, act, exits }) => {
    const { system, child, ...seen } = launched(plan);
    act?.(child);
    await system.advance(60_000);
    const [first, ...others] = seen.exits;
    expect(first ? [first.at, first.exit.kind] : null).toEqual(exits);
    expect(others).toEqual([]);
    expect(system.pendingTimers).toBe(0);
  });

  it("runs for years by a chain of timers, whatever the clock does", async () => {
    const { system, exits } = launched({ runMs: 400 * 86_400_000 });
    await system.advance(200 * 86_400_000);
    system.jump(0);
    await system.advance(200 * 86_400_000 - 1);
    expect(exits).toEqual([]);
    await system.advance(1);
    expect(exits).toHaveLength(1);
  });

  it("says what it says in order, also what it said before anybody listened", async () => {
    const { system, said } = launched({
      runMs: 30,
      says: [
        { afterMs: 0, signal: { type: "ready" } },
        { afterMs: 0, signal: { type: "heartbeat" } },
        { afterMs: 20, signal: { type: "not-ready" } },
        { afterMs: 40, signal: { type: "heartbeat" } },
      ],
    });
    await system.advance(100);
    expect(said).toEqual([
      [0, "ready"],
      [0, "heartbeat"],
      [20, "not-ready"],
    ]);
  });
});

describe("what is asked again, or too late", () => {
  it("sets no second timer", () => {
    const { system, child } = launched({ stopMs: 70, killMs: 90 });
    for (const act of [() => child.requestStop("stop"), () => child.kill()]) {
      const { pendingTimers } = system;
      act();
      act();
      expect(system.pendingTimers).toBe(pendingTimers + 1);
    }
  });

  it("is in the record, but sets no timer after the exit", () => {
    const { system, launcher, child } = launched({ runMs: 0, stopMs: 70, killMs: 90 });
    child.requestStop("stop");
    child.kill();
    expect(launcher.attempts).toMatchObject([{ stops: [{ at: 0, reason: "stop" }], kills: [0] }]);
    expect(system.pendingTimers).toBe(0);
  });
});

describe("on top of the script", () => {
  it("the last attempt says something, and ends well if not told how", async () => {
    const { system, launcher, said, exits } = launched({ says: [heartbeatAfter(20)] });
    await system.advance(10);
    launcher.say({ type: "ready" });
    await system.advance(20);
    launcher.exit();
    await system.settle();
    expect(said).toEqual([
      [10, "ready"],
      [20, "heartbeat"],
    ]);
    expect(exits).toEqual([{ at: 30, exit: { kind: "completed" } }]);
  });

  it("it ends as told, once, and says nothing after", async () => {
    const { system, launcher, said, exits } = launched({ says: [heartbeatAfter(20)] });
    launcher.exit({ kind: "failed" });
    expect(system.pendingTimers).toBe(0);
    await system.advance(30);
    launcher.exit();
    launcher.say({ type: "ready" });
    await system.settle();
    expect(said).toEqual([]);
    expect(exits).toEqual([{ at: 0, exit: { kind: "failed" } }]);
    expect(launcher.attempts).toMatchObject([{ exitedAt: 0, exit: { kind: "failed" } }]);
  });

  it("nothing happens where there is no attempt, or one that threw", () => {
    const launcher = scriptedLauncher(manualSystem(), [{ throws: "boom" }]);
    const act = () => {
      launcher.say({ type: "ready" });
      launcher.exit({ kind: "failed" });
    };
    act();
    expect(() => launcher.launch(info)).toThrow("boom");
    act();
    expect(launcher.attempts).toMatchObject([{ exitedAt: 0, exit: null }]);
  });
});

describe("the record", () => {
  it("holds launches, requests, kills, messages and the exit", async () => {
    const { system, launcher, child } = launched({ stopMs: NEVER, killMs: 5, pid: 7 });
    expect(child.pid).toBe(7);
    await system.advance(10);
    child.send?.("hello");
    child.requestStop("pause");
    await system.advance(10);
    child.kill();
    await system.advance(10);
    expect(launcher.attempts).toEqual([
      {
        info,
        at: 0,
        stops: [{ at: 10, reason: "pause" }],
        kills: [20],
        heard: ["hello"],
        abandonedAt: null,
        exitedAt: 25,
        exit: { kind: "signalled", signal: "SIGKILL" },
      },
    ]);
    expect([launcher.launchedAt, launcher.alive]).toEqual([[0], 0]);
  });

  it("is of a child without a process id, unless the script gives it one", () => {
    expect(launched({}).child).not.toHaveProperty("pid");
  });

  it("counts an abandoned child as gone", () => {
    const { launcher, child } = launched({ killMs: NEVER });
    expect(launcher.alive).toBe(1);
    child.abandon?.();
    expect(launcher.alive).toBe(0);
    expect(() => launcher.launch(info)).not.toThrow();
  });
});

describe("a launch", () => {
  it("throws what the script throws, and counts as an attempt that is over", () => {
    const launcher = scriptedLauncher(manualSystem(), [{ throws: "boom" }, {}]);
    expect(() => launcher.launch(info)).toThrow("boom");
    launcher.launch(info);
    expect(launcher.attempts.map(({ exitedAt }) => exitedAt)).toEqual([0, null]);
  });

  it("while an attempt is alive is refused: two would be alive", () => {
    const launcher = scriptedLauncher(manualSystem(), []);
    launcher.launch(info);
    expect(() => launcher.launch(info)).toThrow(new RangeError("attempt 1 is alive: two would be"));
  });

  it("after the last entry runs until it is asked to stop; a function is asked each time", async () => {
    const system = manualSystem();
    const list = scriptedLauncher(system, []);
    list.launch(info);
    await system.advance(1e9);
    expect(list.alive).toBe(1);

    const numbers: number[] = [];
    const asked = scriptedLauncher(system, (attempt) => {
      numbers.push(attempt);
      return { runMs: 0 };
    });
    asked.launch(info);
    asked.launch(info);
    expect(numbers).toEqual([1, 2]);
  });
});
