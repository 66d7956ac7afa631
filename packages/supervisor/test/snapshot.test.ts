// A supervision handed over: no budget is forgotten, no deadline moved.

import { isPolicyStateError, type LaunchEvent, launch, refuse, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { SupervisorSnapshot } from "../src/index.js";
import { manualSystem } from "../src/testing.js";
import { answers, asking, delay, untilReset } from "./policies.js";
import firstVersion from "./snapshots/version-1.json" with { type: "json" };
import { crashes, type StageOptions, stage } from "./stage.js";

/** The first supervisor dies after so long, and the next one takes over as much later. */
async function handOver(
  given: StageOptions,
  diesAt: number,
  pauseMs: number,
  next: StageOptions = {},
) {
  const first = stage(given);
  await first.system.advance(diesAt);
  const saved = JSON.parse(JSON.stringify(first.handle.snapshot())) as SupervisorSnapshot;
  const system = manualSystem({ now: diesAt + pauseMs });
  return { saved, second: stage({ ...given, script: [], system, snapshot: saved, ...next }) };
}

const spoiled = (saved: SupervisorSnapshot, parts: object) => ({
  ...saved,
  supervision: { ...saved.supervision, ...parts },
});

describe("a snapshot", () => {
  it("is version, instant, states and what is pending, as plain JSON", async () => {
    const { saved } = await handOver({ script: crashes(10), policy: delay(100) }, 50, 0);
    expect(saved).toEqual({
      version: 2,
      at: 50,
      supervision: {
        slot: expect.objectContaining({ attempt: 1, open: true }),
        policy: null,
        wait: { for: "delay", cause: "restart", since: 10, until: 110, reason: null },
        seat: null,
        failed: true,
        failures: 1,
        abandoned: 0,
        reload: false,
        held: null,
        ending: null,
        over: false,
        unlimited: false,
        remote: null,
        standby: null,
      },
    });
  });

  it.each([
    [0, "at once"],
    [59, "one before its instant"],
    [60, "at its instant"],
    [5_000, "long after it: then at once"],
  ])("goes on with a pending delay, taken over %i ms later (%s)", async (pauseMs) => {
    const { second } = await handOver({ script: crashes(10), policy: delay(100) }, 50, pauseMs);
    const due = Math.max(110, 50 + pauseMs);
    await second.system.advance(due - (50 + pauseMs));
    expect(second.launcher.launchedAt).toEqual([due]);
    expect(second.launcher.attempts[0]?.info).toMatchObject({ attempt: 2, cause: "restart" });
    expect(second.journal).toEqual([]);
  });

  it("asks again at the instant of a `not yet`", async () => {
    const given = { script: crashes(10), policy: answers(launch(), refuse("full", 500)) };
    const { second } = await handOver(given, 50, 100, {
      policy: answers(launch(), launch(), launch()),
    });
    await second.system.advance(359);
    expect(second.launcher.launchedAt).toEqual([]);
    await second.system.advance(1);
    expect(second.launcher.launchedAt).toEqual([510]);
  });

  it("tells an attempt that was alive as lost, and asks for its restart", async () => {
    const asked: LaunchEvent[] = [];
    const { second } = await handOver({ policy: asking(asked) }, 50, 100);
    await second.system.settle();
    expect(asked.map(({ cause }) => cause)).toEqual(["start", "restart"]);
    expect(second.journal[0]).toEqual({
      at: 150,
      wall: 150,
      event: { type: "exited", exit: { kind: "lost" }, failed: false, uptimeMs: 150 },
      decision: { type: "noted" },
    });
    expect(second.launcher.attempts[0]?.info).toMatchObject({ attempt: 2, generation: 1 });
  });

  it("restarts a lost child also where only failures are restarted", async () => {
    const { second } = await handOver({ policy: restartOn("transient") }, 50, 100);
    await second.system.settle();
    expect(second.launcher.launchedAt).toEqual([150]);
  });

  it("counts a lost child as a failure if isFailure says so", async () => {
    const { second } = await handOver({ policy: untilReset(100) }, 50, 100, {
      isFailure: ({ kind }) => kind === "lost",
    });
    expect(second.events[0]).toMatchObject({ type: "exited", failed: true });
    expect(second.handle.snapshot().supervision.policy).toBe(1);
  });

  it("does not forget the policy's state", async () => {
    const given = { script: crashes(10), policy: untilReset(1_000) };
    const { second } = await handOver(given, 50, 100);
    expect(second.handle.snapshot().supervision.policy).toBe(1);
    expect(second.handle.status()).toMatchObject({
      attempts: 1,
      lastExit: { kind: "failed" },
      waiting: { for: "not-yet", until: 1_010 },
    });
  });

  it("stays paused, and resumes", async () => {
    const first = stage();
    first.handle.pause();
    await first.system.advance(10);
    const system = manualSystem({ now: 10 });
    const second = stage({ system, snapshot: first.handle.snapshot() });
    await system.advance(60_000);
    expect(second.launcher.launchedAt).toEqual([]);
    second.handle.resume();
    expect(second.launcher.launchedAt).toEqual([60_010]);
  });

  it("keeps the order of a restart that waited for the old generation", async () => {
    const first = stage({ script: [{ stopMs: 500 }] });
    first.handle.restart();
    const system = manualSystem({ now: 100 });
    const second = stage({ system, snapshot: first.handle.snapshot() });
    await system.settle();
    expect(second.launcher.attempts[0]?.info).toMatchObject({ cause: "operator", generation: 1 });
  });

  it("loads what version 1 wrote", async () => {
    const system = manualSystem({ now: 2_000 });
    const second = stage({ system, policy: untilReset(1_000), snapshot: firstVersion });
    expect(second.handle.status()).toMatchObject({ attempts: 4, restarts: 3 });
    await system.advance(499);
    expect(second.handle.status().waiting).toEqual({
      for: "not-yet",
      until: 2_500,
      cause: "restart",
    });
    expect(second.handle.snapshot().supervision.policy).toBe(4);
  });

  it.each<[string, (saved: SupervisorSnapshot) => unknown, string]>([
    ["nothing", () => null, ""],
    ["another version", (saved) => ({ ...saved, version: 3 }), "version"],
    ["no supervision", (saved) => ({ ...saved, supervision: [] }), "supervision"],
    ["no slot", (saved) => spoiled(saved, { slot: null }), "supervision.slot"],
    [
      "a bad slot",
      (saved) => spoiled(saved, { slot: { ...saved.supervision.slot, attempt: -1 } }),
      "supervision.slot.attempt",
    ],
    [
      "a policy's state of another kind",
      (saved) => spoiled(saved, { policy: { a: 1 } }),
      "supervision.policy",
    ],
    [
      "a bad wait",
      (saved) =>
        spoiled(saved, { policy: null, wait: { for: "delay", until: 0.5, cause: "start" } }),
      "supervision.wait.until",
    ],
  ])("refuses %s by name, and launches nothing", (_, spoil, path) => {
    const saved = stage().handle.snapshot();
    const caught = { error: null as unknown };
    try {
      stage({ policy: delay(0), snapshot: spoil(saved) });
    } catch (error) {
      caught.error = error;
    }
    expect(caught.error).toSatisfy(isPolicyStateError);
    expect((caught.error as { path: string }).path).toBe(path);
  });

  it("does at once what has become due meanwhile, before `supervise` returns", async () => {
    const { second } = await handOver({ script: crashes(10), policy: delay(100) }, 50, 60);
    expect(second.launcher.launchedAt).toEqual([110]);
  });

  it.each([
    ["before the first launch", [refuse("closed", 500)], [], 0, "start"],
    ["after one", [launch(), refuse("closed", 500)], crashes(10), 1, "restart"],
  ] as const)(
    "asks anew where nothing was waited for, %s",
    async (_, said, script, attempt, cause) => {
      const first = stage({ policy: answers(...said), script });
      await first.system.advance(20);
      const saved = first.handle.snapshot();
      const snapshot = spoiled(saved, { policy: null, wait: null });
      expect(saved.supervision.slot).toMatchObject({ attempt });
      const asked: LaunchEvent[] = [];
      const second = stage({ snapshot, policy: asking(asked), system: manualSystem({ now: 20 }) });
      await second.system.settle();
      expect(asked.map((one) => one.cause)).toEqual([cause]);
      expect(second.launcher.attempts[0]?.info).toMatchObject({ attempt: attempt + 1, cause });
    },
  );

  it("remembers how the last attempt ended, for an outcome without another", async () => {
    const first = stage({ script: [{ runMs: 5, exit: { kind: "completed" } }] });
    first.handle.pause();
    await first.system.settle();
    const second = stage({ snapshot: first.handle.snapshot() });
    expect(await second.handle.stop()).toMatchObject({
      type: "stopped",
      lastExit: { kind: "cancelled" },
      attempts: 1,
    });
  });

  it("is not taken up after a refusal that ended it", async () => {
    const first = stage({ policy: answers(refuse("closed", null)) });
    expect((await first.handle.outcome).type).toBe("refused");
    const snapshot = first.handle.snapshot();
    const over = /this supervision is over, got refused \(closed\)/;
    expect(() => stage({ policy: answers(), snapshot })).toThrow(over);
  });

  it("of version 1 is not taken up if the supervision had been stopped", () => {
    const slot = { ...firstVersion.states.slot, open: false };
    const snapshot = { ...firstVersion, states: { ...firstVersion.states, slot } };
    const stopped = /this supervision was stopped for good/;
    expect(() => stage({ policy: untilReset(1_000), snapshot })).toThrow(stopped);
  });

  it("is not taken up if the supervision had been stopped", async () => {
    const first = stage();
    await first.handle.stop();
    const snapshot = first.handle.snapshot();
    expect(() => stage({ snapshot })).toThrow(/this supervision is over, got stopped/);
  });
});
