// What processes say of themselves, and what becomes of those that stop saying it: readiness,
// heartbeats, messages. The processes are real; time passes when the test says so.

import { forkLauncher, spawnLauncher } from "@steadfast/child-process";
import { restartOn } from "@steadfast/policy";
import { type ManualSystem, manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { program } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { type StageOptions, stage } from "../adapters/stage.js";

keepsHostQuiet();

const SPEAKER = program("children/speaker.mjs");
const policy = restartOn("permanent");

function speaker(options: Partial<StageOptions>, system: ManualSystem) {
  return stage(forkLauncher(SPEAKER), { policy, ...options }, system);
}

describe("a heartbeat", () => {
  const HOUR = 3_600_000;

  it("that stays away ends the child: asked, then forced, and restarted", async () => {
    const system = manualSystem();
    const on = speaker({ heartbeatTimeoutMs: HOUR, gracePeriodMs: 1_000 }, system);
    await on.message(1);
    on.handle.send({ act: "deaf" });
    on.handle.send({ act: "beat" });
    expect(await on.message(3)).toBe("beat");

    await system.advance(HOUR - 1);
    on.handle.send({ act: "beat" });
    expect(await on.message(4)).toBe("beat");
    await system.advance(HOUR - 1);
    expect(on.story()).toStrictEqual(["launched"]);

    await system.advance(1);
    expect(await on.event("stopping")).toMatchObject({ reason: "heartbeat-stale" });
    expect(await on.message(5)).toBe("SIGTERM ignored");
    await system.advance(1_000);
    const stale = {
      kind: "unhealthy",
      reason: "heartbeat-stale",
      ended: { kind: "signalled", signal: "SIGKILL", steps: ["SIGTERM", "SIGKILL"] },
    };
    expect((await on.event("exited")).exit).toStrictEqual(stale);
    expect(await on.event("exited")).toMatchObject({ failed: true, ordered: false });

    await system.settle();
    expect(await on.event("launched", 2)).toMatchObject({ cause: "restart", attempt: 2 });
    await on.handle.stop();
  });

  it("that never came is not missed", async () => {
    const system = manualSystem();
    const on = speaker({ heartbeatTimeoutMs: HOUR }, system);
    await on.message(1);
    await system.advance(100 * HOUR);
    expect(on.story()).toStrictEqual(["launched"]);
    expect(on.handle.status()).toMatchObject({ lastHeartbeatAt: null, heartbeatStale: false });
    await on.handle.stop();
  });

  it("is not missed by a host that was away itself: the child gets the time once more", async () => {
    const system = manualSystem();
    const on = speaker({ heartbeatTimeoutMs: HOUR }, system);
    await on.message(1);
    on.handle.send({ act: "beat" });
    await on.message(2);

    system.jump(48 * HOUR);
    await system.settle();
    expect(on.story()).toStrictEqual(["launched"]);

    await system.advance(HOUR - 1);
    expect(on.story()).toStrictEqual(["launched"]);
    await system.advance(1);
    expect(await on.event("stopping")).toMatchObject({ reason: "heartbeat-stale" });
    await system.settle();
    await on.handle.stop();
  });
});

describe("readiness", () => {
  it("that does not come in time ends the child, and says so", async () => {
    const system = manualSystem();
    const on = speaker({ readiness: "explicit", readyTimeoutMs: 60_000 }, system);
    await on.message(1);
    await system.advance(59_999);
    expect(on.story()).toStrictEqual(["launched"]);
    await system.advance(1);
    expect(await on.event("stopping")).toMatchObject({ reason: "not-ready-in-time" });
    expect((await on.event("exited")).exit).toStrictEqual({
      kind: "timed-out",
      afterMs: 60_000,
      ended: { kind: "signalled", signal: "SIGTERM" },
    });
    await on.handle.stop();
  });

  it("may be taken back and given again, and `healthy` is told once, in time", async () => {
    const system = manualSystem();
    const on = speaker({ readiness: "explicit", healthyAfterMs: 10_000 }, system);
    await on.message(1);
    on.handle.send({ act: "ready" });
    await on.event("ready");
    on.handle.send({ act: "not-ready" });
    await on.event("not-ready");
    await system.advance(10_000);
    expect(on.events.map(({ type }) => type)).not.toContain("healthy");
    on.handle.send({ act: "ready" });
    await on.event("ready", 2);
    await system.settle();
    await system.advance(100_000);
    expect(on.events.filter(({ type }) => type === "healthy")).toMatchObject([{ attempt: 1 }]);
    expect(on.journal.map(({ event }) => event.type)).toStrictEqual(["launch", "healthy"]);
    await on.handle.stop();
  });
});

describe("a message", () => {
  it("reaches the child that is there now, and no other", async () => {
    const system = manualSystem();
    const on = speaker({}, system);
    expect(await on.message(1)).toMatchObject({ pid: (await on.event("launched")).pid });
    expect(on.handle.send({ act: "echo", with: "one" })).toBe(true);
    expect(await on.message(2)).toBe("one");

    on.handle.send({ act: "exit", with: 3 });
    await on.event("exited");
    expect(on.handle.send({ act: "echo", with: "to nobody" })).toBe(false);

    await system.settle();
    expect(on.handle.send({ act: "echo", with: "two" })).toBe(true);
    expect(await on.message(3)).toMatchObject({ pid: (await on.event("launched", 2)).pid });
    expect(await on.message(4)).toBe("two");

    const outcome = on.handle.stop();
    expect(on.handle.send({ act: "echo", with: "while it ends" })).toBe(false);
    await outcome;
    expect(on.handle.send({ act: "echo", with: "after the end" })).toBe(false);
  });

  it("to a process without a channel is taken by nobody, and that is said", async () => {
    const launcher = spawnLauncher("sh", ["-c", "exec sleep 120"]);
    const { handle } = stage(launcher, { policy });
    expect(handle.send("hello")).toBe(false);
    await handle.stop();
  });
});
