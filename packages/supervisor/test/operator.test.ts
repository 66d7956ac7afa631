// An operator's launches are not asked of the policy, and the exits they cause are no failures.

import { allOf, type LaunchEvent, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { asking, delay } from "./policies.js";
import { FAILED, stage } from "./stage.js";

describe("restart()", () => {
  it("is not asked, is journalled as the operator's, and its exit is told with failed: false", async () => {
    const asked: LaunchEvent[] = [];
    const set = stage({
      policy: asking(asked),
      script: [{ stopExit: { kind: "signalled", signal: "SIGTERM" } }],
    });
    await set.system.advance(100);
    expect(set.handle.restart({ requester: "ops", reason: "new version" })).toBe(
      "queued-after-stop",
    );
    await set.system.settle();
    expect(asked.map(({ cause }) => cause)).toEqual(["start"]);
    expect(set.launcher.attempts.map(({ info }) => info.cause)).toEqual(["start", "operator"]);
    expect(set.journal.slice(1)).toEqual([
      {
        at: 100,
        wall: 100,
        event: {
          type: "exited",
          exit: { kind: "signalled", signal: "SIGTERM" },
          failed: false,
          uptimeMs: 100,
        },
        decision: { type: "noted" },
      },
      {
        at: 100,
        wall: 100,
        event: { type: "launch", cause: "operator", draw: 0, wall: 100 },
        decision: { type: "launch", delayMs: 0 },
        by: "operator",
      },
    ]);
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({ ordered: true });
  });

  it("says who wants it and why, until the old one is gone", async () => {
    const set = stage({ script: [{ stopMs: 50 }] });
    await set.system.advance(10);
    set.handle.restart({ requester: "ops", reason: "new version" });
    set.handle.restart();
    expect(set.handle.status().pendingRestart).toMatchObject({
      oldGeneration: 0,
      targetGeneration: 1,
      requester: "ops",
      reason: "new version",
      requestedAt: 10,
      duplicates: 1,
    });
    await set.system.advance(50);
    expect(set.handle.status().pendingRestart).toBeNull();
  });

  it("cuts a wait; the wait is gone, and does not launch a second time", async () => {
    const set = stage({ script: [{ runMs: 5, exit: FAILED }], policy: delay(1_000) });
    await set.system.advance(100);
    expect(set.handle.restart()).toBe("started-immediately");
    expect(set.launcher.launchedAt).toEqual([0, 100]);
    await set.system.advance(10_000);
    expect(set.launcher.launchedAt).toEqual([0, 100]);
  });

  it("of a child that ends by itself meanwhile: still ordered, still one launch", async () => {
    const set = stage({ script: [{ runMs: 20, stopMs: 50, exit: FAILED }] });
    set.handle.restart();
    await set.system.advance(100);
    expect(set.launcher.launchedAt).toEqual([0, 20]);
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({
      ordered: true,
      failed: false,
    });
  });

  it("of a child that is being ended for its own fault: judged, and then the operator's launch", async () => {
    const set = stage({
      heartbeatTimeoutMs: 100,
      script: [{ says: [{ afterMs: 0, signal: { type: "heartbeat" } }], stopMs: 50 }],
      policy: allOf(restartOn("temporary")),
    });
    await set.system.advance(120);
    set.handle.restart();
    await set.system.advance(50);
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({
      failed: true,
      ordered: false,
    });
    expect(set.launcher.launchedAt).toEqual([0, 150]);
  });

  it("after it the policy judges again", async () => {
    const set = stage({
      script: [{}, { runMs: 5, exit: FAILED }],
      policy: allOf(restartOn("transient"), delay(70)),
    });
    set.handle.restart();
    await set.system.advance(100);
    expect(set.launcher.launchedAt).toEqual([0, 0, 75]);
    expect(set.launcher.attempts.map(({ info }) => info.cause)).toEqual([
      "start",
      "operator",
      "restart",
    ]);
  });
});

describe("pause and resume", () => {
  it("the exit of a pause is no failure, and asks for nothing", async () => {
    const set = stage({ policy: restartOn("temporary") });
    set.handle.pause();
    await set.system.advance(1_000);
    expect(set.journal.at(-1)?.event).toMatchObject({ type: "exited", failed: false });
    expect(set.types()).not.toContain("refused");
    set.handle.resume();
    expect(set.launcher.attempts.at(-1)?.info.cause).toBe("operator");
    expect(set.journal.at(-1)).toMatchObject({ by: "operator" });
  });

  it("taken back before the child is gone: launched when it is, once", async () => {
    const set = stage({ script: [{ stopMs: 50 }] });
    set.handle.pause();
    await set.system.advance(10);
    set.handle.resume();
    set.handle.resume();
    expect(set.launcher.launchedAt).toEqual([0]);
    await set.system.advance(1_000);
    expect(set.launcher.launchedAt).toEqual([0, 50]);
  });

  it("a pause drops a restart that is queued; the operator is told", async () => {
    const set = stage({ script: [{ stopMs: 50 }] });
    set.handle.restart();
    set.handle.pause();
    await set.system.advance(1_000);
    expect(set.launcher.launchedAt).toEqual([0]);
    const fences = set.events.flatMap((event) => (event.type === "fence" ? [event.decision] : []));
    expect(fences).toEqual(["queued-after-stop", "rejected"]);
    expect(set.handle.status()).toMatchObject({ intent: "paused", status: "stopped" });
  });
});
