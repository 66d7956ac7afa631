// What threads say of themselves, and what is said to them: messages and heartbeats.

import { restartOn } from "@steadfast/policy";
import { manualSystem } from "@steadfast/supervisor/testing";
import { workerLauncher } from "@steadfast/worker-threads";
import { describe, expect, it } from "vitest";
import { moduleOf, workerModule } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { stage } from "../adapters/stage.js";

keepsHostQuiet();

const permanent = restartOn("permanent");

/** Makes an interval hang after its first round. */
const HANGS = `
  const original = setInterval;
  globalThis.setInterval = (run, ms) => original(() => { run(); for (;;); }, ms);`;

describe("a message", () => {
  it("to a thread that is gone is impossible: nobody takes it, and nobody waits", async () => {
    const launcher = workerLauncher(workerModule("role.mjs"));
    const on = stage(launcher, { policy: permanent, readiness: "explicit" });
    await on.event("ready");
    expect(on.handle.send("one")).toBe(true);
    expect(await on.message(1)).toBe("one");

    on.handle.pause();
    expect(on.handle.send("while it ends")).toBe(false);
    await on.event("exited");
    expect(on.handle.send("to nobody")).toBe(false);

    on.handle.resume();
    await on.event("ready", 2);
    expect(on.handle.send("two")).toBe(true);
    expect(await on.message(2)).toBe("two");
    await on.handle.stop();
    expect(on.handle.send("after the end")).toBe(false);
  });

  it("that cannot be cloned is the sender's error, and harms nobody", async () => {
    const launcher = workerLauncher(workerModule("role.mjs"));
    const { handle, event, message } = stage(launcher, {
      policy: permanent,
      readiness: "explicit",
    });
    await event("ready");
    expect(() => handle.send(() => 1)).toThrow(expect.objectContaining({ name: "DataCloneError" }));
    handle.send("fine");
    expect(await message(1)).toBe("fine");
    await handle.stop();
  });
});

describe("heartbeats", () => {
  it("that wait for a blocked host are not missed", async () => {
    const launcher = workerLauncher(workerModule("beats.mjs"));
    const on = stage(launcher, { policy: permanent, heartbeatTimeoutMs: 1_000 });
    const before = Number(await on.message(1));
    // From there the event loop comes by its timers first, and only then by its messages.
    await new Promise(setImmediate);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    await on.message(before + 10);
    expect(on.story()).toStrictEqual(["launched"]);
    await on.handle.stop();
  });

  it("that stay away end the thread, which is replaced", async () => {
    const system = manualSystem();
    const on = stage(
      workerLauncher(workerModule("beats.mjs"), ({ attempt }) => ({
        // The first one hangs after its first beat.
        execArgv: attempt === 1 ? ["--import", moduleOf(HANGS).href] : [],
      })),
      { policy: permanent, heartbeatTimeoutMs: 1_000, gracePeriodMs: 1_000 },
      system,
    );
    await on.message(1);
    await system.advance(1_000);
    expect(await on.event("stopping")).toMatchObject({ reason: "heartbeat-stale" });
    await system.advance(1_000);
    expect((await on.event("exited")).exit).toStrictEqual({
      kind: "unhealthy",
      reason: "heartbeat-stale",
      ended: { kind: "cancelled" },
    });
    await system.settle();
    expect(await on.event("launched", 2)).toMatchObject({ cause: "restart" });
    await on.message(2);
    await on.handle.stop();
  });
});
