// Nothing of a process outlives its attempt: grandchildren that hold ports are gone when a stop is over,
// and before the next attempt begins. The processes are real; the grace period passes when the test
// says so.

import { type ChildProcess, spawn } from "node:child_process";
import {
  forkLauncher,
  type KillScope,
  processLauncher,
  spawnLauncher,
} from "@steadfast/child-process";
import { giveUp, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import type { Launcher, System } from "@steadfast/supervisor";
import { manualSystem } from "@steadfast/supervisor/testing";
import { afterEach, describe, expect, it } from "vitest";
import { lives, takePort } from "../adapters/observe.js";
import { program } from "../adapters/paths.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { type StageOptions, stage } from "../adapters/stage.js";

keepsHostQuiet();

const quiet = { stdout: "ignore", stderr: "ignore" } as const;
const FAMILY = program("children/family.mjs");
const permanent = restartOn("permanent");

/** Who holds a port. */
interface Holder {
  readonly pid: number;
  readonly port: number;
}

const seen = new Set<number>();
afterEach(() => {
  for (const pid of seen) if (lives(pid)) process.kill(pid, "SIGKILL");
  seen.clear();
});

/** A supervised family, and its first holder. */
async function family(launcher: Launcher, options: StageOptions, system?: System) {
  const on = stage(launcher, options, system);
  const holder = (await on.message(1)) as Holder;
  seen.add(holder.pid);
  return { ...on, holder };
}

describe("a child and a grandchild that ignore SIGTERM", () => {
  it("are gone when stop() is over, and the port is free", async () => {
    const system = manualSystem();
    const { handle, holder, message, event, story } = await family(
      forkLauncher(FAMILY, ["0", "deaf"], quiet),
      { policy: permanent, gracePeriodMs: 5_000 },
      system,
    );
    const pid = Number((await event("launched")).pid);
    await expect(takePort(holder.port)).rejects.toMatchObject({ code: "EADDRINUSE" });

    const outcome = handle.stop();
    expect(await message(2)).toBe("SIGTERM ignored");
    await system.advance(4_999);
    expect(story()).toStrictEqual(["launched", "stopping"]);
    expect([pid, holder.pid].map(lives)).toStrictEqual([true, true]);

    await system.advance(1);
    expect(await outcome).toStrictEqual({
      type: "stopped",
      by: "stop",
      lastExit: { kind: "signalled", signal: "SIGKILL", steps: ["SIGTERM", "SIGKILL"] },
      attempts: 1,
    });
    expect([pid, holder.pid].map(lives)).toStrictEqual([false, false]);
    await takePort(holder.port);
    expect(story()).toStrictEqual(["launched", "stopping", "killing", "exited", "ended"]);
    expect(system.pendingTimers).toBe(0);
  });

  it("are killed at once without a grace period", async () => {
    const launcher = forkLauncher(FAMILY, ["0", "deaf"], quiet);
    const { handle, holder, story } = await family(launcher, {
      policy: permanent,
      gracePeriodMs: 0,
    });
    const { lastExit } = await handle.stop();
    const steps = ["SIGTERM", "SIGKILL"];
    expect(lastExit).toStrictEqual({ kind: "signalled", signal: "SIGKILL", steps });
    expect(lives(holder.pid)).toBe(false);
    await takePort(holder.port);
    expect(story()).toStrictEqual(["launched", "stopping", "killing", "exited", "ended"]);
  });
});

describe("what a crash leaves behind is gone before the next launch", () => {
  it.each<readonly [string, KillScope, object, object]>([
    ["exit 7", "group", { act: "crash", with: 7 }, { kind: "failed", code: 7 }],
    ["exit 7", "mixed", { act: "crash", with: 7 }, { kind: "failed", code: 7 }],
    ["SIGKILL", "group", { act: "kill yourself" }, { kind: "signalled", signal: "SIGKILL" }],
  ])("%s (%s): each attempt binds the same port at once", async (_, killScope, act, exit) => {
    const rounds = 3;
    const holders: Holder[] = [];
    const left: boolean[][] = [];
    const launcher = forkLauncher(
      FAMILY,
      () => {
        left.push(holders.map(({ pid }) => lives(pid)));
        return [String(holders[0]?.port ?? 0), "deaf"];
      },
      { ...quiet, killScope },
    );
    const policy = giveUp(
      slidingWindow({ limit: rounds - 1, windowMs: 3_600_000, counts: "restarts" }),
    );
    const { handle, message, exits } = stage(launcher, { policy });
    for (let round = 1; round <= rounds; round++) {
      const holder = (await message(round)) as Holder;
      expect(holder).toStrictEqual({ pid: expect.any(Number), port: expect.any(Number) });
      holders.push(holder);
      seen.add(holder.pid);
      handle.send(act);
    }
    expect(await handle.outcome).toMatchObject({ type: "refused", attempts: rounds });
    expect(exits()).toMatchObject([exit, exit, exit]);
    expect(new Set(holders.map(({ port }) => port)).size).toBe(1);
    expect(left).toStrictEqual([[], [false], [false, false]]);
    expect(holders.map(({ pid }) => lives(pid))).toStrictEqual([false, false, false]);
  });
});

describe("restart()", () => {
  it("is fenced: the old generation is gone before the new one is launched", async () => {
    const system = manualSystem();
    const pids: number[] = [];
    const left: boolean[][] = [];
    const told: unknown[][] = [];
    const launcher = forkLauncher(
      FAMILY,
      ({ attempt, generation, cause }) => {
        left.push(pids.map(lives));
        told.push([attempt, generation, cause]);
        return ["0", "deaf"];
      },
      quiet,
    );
    const { handle, holder, message, event, story } = await family(
      launcher,
      { policy: permanent, gracePeriodMs: 1_000 },
      system,
    );
    pids.push(Number((await event("launched")).pid), holder.pid);

    const order = { requester: "test", reason: "new settings" };
    expect(handle.restart(order)).toBe("queued-after-stop");
    expect(handle.restart(order)).toBe("already-pending");
    expect(await message(2)).toBe("SIGTERM ignored");
    expect(left).toHaveLength(1);
    await system.advance(1_000);
    const next = (await message(3)) as Holder;
    seen.add(next.pid);

    expect(left).toStrictEqual([[], [false, false]]);
    expect(told).toStrictEqual([
      [1, 0, "start"],
      [2, 1, "operator"],
    ]);
    expect(story()).toStrictEqual(["launched", "stopping", "killing", "exited", "launched"]);
    expect(await event("exited")).toMatchObject({ generation: 0, ordered: true, failed: false });
    expect(handle.status()).toMatchObject({ generation: 1, attempts: 2 });

    const outcome = handle.stop();
    await message(4);
    await system.advance(1_000);
    await outcome;
    expect(lives(next.pid)).toBe(false);
  });

  it("loses to a stop: then nothing is launched", async () => {
    const system = manualSystem();
    const launcher = forkLauncher(FAMILY, ["0", "deaf"], quiet);
    const { handle, holder, message, story } = await family(
      launcher,
      { policy: permanent },
      system,
    );
    handle.restart();
    await message(2);
    const outcome = handle.stop();
    await system.advance(5_000);
    expect(await outcome).toMatchObject({ type: "stopped", by: "stop", attempts: 1 });
    expect(story()).toStrictEqual(["launched", "stopping", "killing", "exited", "ended"]);
    expect(lives(holder.pid)).toBe(false);
  });
});

describe("who is meant to live on does", () => {
  it.each<readonly [string, KillScope, readonly string[]]>([
    ["in a session of its own", "group", ["apart"]],
    ["where only the process is meant", "process", ["deaf"]],
  ])("a grandchild %s (killScope: %s)", async (_, killScope, traits) => {
    const launcher = forkLauncher(FAMILY, ["0", ...traits], { ...quiet, killScope });
    const { handle, holder } = await family(launcher, { policy: permanent, gracePeriodMs: 0 });
    expect((await handle.stop()).lastExit).toMatchObject({ kind: "signalled" });
    expect(lives(holder.pid)).toBe(true);
    await expect(takePort(holder.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("everybody in a group that the child does not lead: this host, for one", async () => {
    const faults: unknown[] = [];
    const launcher = processLauncher(
      () => spawn(process.execPath, [FAMILY, "0"], { stdio: ["ignore", "ignore", "pipe", "ipc"] }),
      { killScope: "group", onFault: (error) => faults.push(error) },
    );
    const { handle, holder } = await family(launcher, { policy: permanent, gracePeriodMs: 0 });
    expect((await handle.stop()).lastExit).toMatchObject({ kind: "signalled" });
    expect(lives(holder.pid)).toBe(true);
    expect(faults).toMatchObject([{ message: expect.stringContaining("leads no process group") }]);
  });
});

describe("a shell", () => {
  it("is not all that is stopped: its command ends with it", async () => {
    const launcher = spawnLauncher("sleep 120 & echo $!; wait", [], {
      ...quiet,
      shell: true,
      readyWhen: (line) => seen.add(Number(line)).size > 0,
    });
    const { handle, event } = stage(launcher, { policy: permanent, readiness: "explicit" });
    await event("ready");
    const [command] = [...seen] as [number];
    expect(lives(command)).toBe(true);
    const { lastExit } = await handle.stop();
    expect(lastExit).toStrictEqual({ kind: "signalled", signal: "SIGTERM" });
    expect(lives(command)).toBe(false);
  });
});

describe("a stop while the rest of a crashed group is being swept", () => {
  it("waits for the sweep, and launches nothing", async () => {
    let child: ChildProcess | undefined;
    const launcher = processLauncher(
      () => {
        child = spawn(process.execPath, [FAMILY, "0", "deaf"], {
          detached: true,
          stdio: ["ignore", "ignore", "pipe", "ipc"],
        });
        return child;
      },
      { killScope: "group" },
    );
    const options = { policy: permanent, gracePeriodMs: 50 };
    const { handle, holder, story } = await family(launcher, options);
    const left = new Promise((resolve) => child?.once("exit", resolve));
    handle.send({ act: "crash", with: 7 });
    await left;
    expect(story()).toStrictEqual(["launched"]);

    expect(await handle.stop()).toStrictEqual({
      type: "stopped",
      by: "stop",
      lastExit: { kind: "failed", code: 7, rest: "killed", stderrTail: ["last words"] },
      attempts: 1,
    });
    // From the request on the rest has the grace period, as after any other.
    expect(story()).toStrictEqual(["launched", "stopping", "killing", "exited", "ended"]);
    expect(lives(holder.pid)).toBe(false);
    await takePort(holder.port);
  });
});
