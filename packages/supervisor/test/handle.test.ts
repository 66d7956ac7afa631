// What is new at the handle: methods that can be taken out, and the orders kill, recycle, unhealthy, signal.

import { describe, expect, it } from "vitest";
import { type Launcher, supervise } from "../src/index.js";
import { manualSystem, scriptedLauncher } from "../src/testing.js";
import { untilReset } from "./policies.js";
import { crashes, stage } from "./stage.js";

it("its methods can be taken out of it, each is the same every time, and none knows another handle", async () => {
  const one = stage();
  const other = stage();
  const { status, stop, restart, on, snapshot } = one.handle;
  expect(one.handle.stop).toBe(stop);
  expect(other.handle.stop).not.toBe(stop);
  const types: string[] = [];
  on(({ type }) => void types.push(type));
  expect(restart()).toBe("queued-after-stop");
  await one.system.settle();
  expect(status().attempts).toBe(2);
  expect(other.handle.status().attempts).toBe(1);
  expect(snapshot().version).toBe(2);
  expect((await stop()).type).toBe("stopped");
  expect(types.at(-1)).toBe("ended");
});

describe("kill()", () => {
  it("ends it for good without asking for patience", async () => {
    const set = stage({ script: [{ stopMs: Number.POSITIVE_INFINITY }] });
    const outcome = await set.handle.kill();
    expect(set.system.now).toBe(0);
    expect(outcome).toMatchObject({ type: "stopped", by: "stop", lastExit: { kind: "signalled" } });
  });
});

describe("recycle()", () => {
  it("replaces the child: no failure, free of the policy, and told as such", async () => {
    const set = stage({ policy: untilReset(1_000) });
    expect(set.handle.recycle("memory")).toBe(true);
    expect(set.handle.recycle()).toBe(false);
    await set.system.settle();
    expect(set.launcher.launchedAt).toEqual([0, 0]);
    expect(set.events.find(({ type }) => type === "recycled")).toMatchObject({ reason: "memory" });
    expect(set.journal.at(-1)).toMatchObject({ by: "operator" });
    expect(() => set.handle.recycle(" ")).toThrow(
      /recycle: reason must be a text that is not blank/,
    );
  });

  it("by age and by uses, as the options say", async () => {
    const set = stage({ recycle: { ageMs: 100, uses: 2 } });
    await set.system.advance(100);
    expect(set.launcher.launchedAt).toEqual([0, 100]);
    set.launcher.say({ type: "used" });
    set.launcher.say({ type: "used" });
    await set.system.settle();
    expect(set.launcher.launchedAt).toEqual([0, 100, 100]);
  });
});

describe("unhealthy()", () => {
  it("ends the child as a failure, which the policy judges", async () => {
    const set = stage({ policy: untilReset(50) });
    expect(set.handle.unhealthy("stuck")).toBe(true);
    await set.system.settle();
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({
      exit: { kind: "unhealthy", reason: "stuck" },
      failed: true,
    });
    expect(set.handle.status().waiting).toMatchObject({ for: "not-yet", until: 50 });
    expect(set.handle.unhealthy("stuck")).toBe(false);
  });
});

describe("signal()", () => {
  it("reaches a child that can have one, and no other", async () => {
    const system = manualSystem();
    const got: string[] = [];
    const scripted = scriptedLauncher(system, []);
    const launcher: Launcher = {
      launch: (info) => ({ ...scripted.launch(info), signal: (name) => void got.push(name) }),
    };
    const { policy } = { policy: untilReset(50) };
    const handle = supervise(launcher, { policy }, system);
    expect(handle.signal("SIGUSR2")).toBe(true);
    expect(got).toEqual(["SIGUSR2"]);
    await handle.stop();
    expect(handle.signal("SIGUSR2")).toBe(false);
    expect(stage().handle.signal("SIGUSR2")).toBe(false);
  });
});

describe("status()", () => {
  it("says the pid, why it waits, and how many failures there were in a row", async () => {
    const set = stage({
      script: [{ pid: 42, runMs: 5, exit: { kind: "failed" } }],
      policy: untilReset(50),
    });
    expect(set.handle.status()).toMatchObject({ pid: 42, threadId: null, failures: 0, held: null });
    await set.system.advance(5);
    expect(set.handle.status()).toMatchObject({
      pid: null,
      failures: 1,
      waiting: { reason: expect.any(String) },
    });
  });

  it("says that it is held, and a restart brings it back", async () => {
    const set = stage({
      script: crashes(1),
      policy: untilReset(50),
      onRefused: "hold",
      onNotYet: "end",
    });
    await set.system.advance(10);
    expect(set.handle.status()).toMatchObject({ held: expect.any(String), outcome: null });
    expect(set.types()).toContain("held");
    expect(set.system.pendingTimers).toBe(0);
    expect(set.handle.restart()).toBe("started-immediately");
    expect(set.handle.status().held).toBeNull();
  });
});
