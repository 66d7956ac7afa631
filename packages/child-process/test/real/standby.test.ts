// Standbys that are real forked processes, through the supervisor.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { lifetimeCap, restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { waiting } from "../../../../config/testing/waiting.ts";
import { type ForkLauncherOptions, forkLauncher, spawnLauncher } from "../../src/index.js";
import { allUp, fixture, lives } from "./observe.js";

type Policy = Parameters<typeof supervise>[1]["policy"];
type Handle = ReturnType<typeof supervise>;

interface Who {
  readonly pid: number;
  readonly attempt: string;
  readonly generation: string;
  readonly standby?: string;
}

const handles: Handle[] = [];
afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.kill()));
});

/** One that is lost is not replaced. */
const never = lifetimeCap({ restarts: 0 });

function run(
  mode = "waits",
  options: ForkLauncherOptions = {},
  policy: Policy = restartOn("permanent"),
) {
  const events: SupervisorEvent[] = [];
  const lines: string[] = [];
  const faults: string[] = [];
  const { wake, until } = waiting();
  const handle = supervise(
    forkLauncher(fixture("standby.mjs"), [mode], {
      stderr: "ignore",
      stdout: {
        line: (line, { attempt, generation }) => {
          lines.push(`${line} ${attempt}/${generation}`);
          wake();
        },
      },
      onFault: (error) => {
        faults.push((error as Error).message);
        wake();
      },
      ...options,
    }),
    {
      policy,
      readiness: "explicit",
      standby: 1,
      onEvent: (event) => {
        events.push(event);
        wake();
      },
    },
  );
  handles.push(handle);
  /** The pids of all that were started, in order. */
  const pids = () =>
    lines.filter((line) => line.startsWith("up")).map((line) => Number(line.split(" ")[1]));
  const started = (count: number) => until(() => pids().length >= count);
  const lost = () => events.filter(({ type }) => type === "standby-lost");
  const who = () => handle.request("who") as Promise<Who>;
  return { handle, events, lines, faults, until, pids, started, lost, who };
}

async function gone(pids: readonly number[]): Promise<void> {
  while (pids.some(lives)) await new Promise(setImmediate);
}

describe("a standby", () => {
  it("that is up already answers a crash: it begins, and learns which attempt it is", async () => {
    const set = run();
    const { handle, events, until, started, who, faults, lines } = set;
    const first = await who();
    expect(first).toEqual({ pid: handle.status().pid, attempt: "1", generation: "0" });
    await allUp(set.handle);
    const standby = set.pids().find((pid) => pid !== first.pid) as number;
    expect(lines).toContain(`up ${standby} 0/0`);
    await expect(handle.request("die")).rejects.toMatchObject({ reason: "lost" });
    expect(await who()).toEqual({ pid: standby, attempt: "2", generation: "1" });
    expect(lines).toContain(`active ${standby} 2/1`);
    await until(() => events.some(({ type, attempt }) => type === "ready" && attempt === 2));
    expect(events.filter(({ type }) => type === "launched")).toMatchObject([
      { attempt: 1, pid: first.pid },
      { attempt: 2, pid: standby },
    ]);
    // It is replaced.
    await started(3);
    await handle.stop();
    expect(set.pids().filter(lives)).toStrictEqual([]);
    expect(faults).toStrictEqual([]);
  });

  it("takes over again and again, each time one that was up before", async () => {
    const set = run();
    for (let round = 1; round <= 5; round++) {
      const { pid } = await set.who();
      await allUp(set.handle);
      const waiting = set.pids().filter((one) => one !== pid && lives(one));
      expect(waiting).toHaveLength(1);
      await expect(set.handle.request("die")).rejects.toMatchObject({ reason: "lost" });
      expect((await set.who()).pid).toBe(waiting[0]);
    }
    await set.handle.stop();
    expect(set.pids().filter(lives)).toStrictEqual([]);
  });

  it("that is killed is told and replaced; the service goes on", async () => {
    const { handle, pids, started, until, lost, who } = run();
    const { pid } = await who();
    await started(2);
    process.kill(pids().find((one) => one !== pid) as number, "SIGKILL");
    await until(() => lost().length === 1);
    expect(lost()).toMatchObject([{ standby: 1, exit: { kind: "signalled", signal: "SIGKILL" } }]);
    await started(3);
    expect((await who()).pid).toBe(pid);
    await handle.stop();
    expect(pids().filter(lives)).toStrictEqual([]);
  });

  it.each([
    ["fails", { kind: "failed", code: 3 }],
    // Nobody can tell it to begin: it must not.
    ["alone", { kind: "signalled", signal: "SIGTERM" }],
    // What it has started is no standby itself.
    ["inherits", { kind: "failed", code: 9 }],
  ])("that ends before it is up is told with how: %s", async (mode, exit) => {
    const { handle, until, lost, pids } = run(mode, {}, never);
    await until(() => lost().length === 1);
    expect(lost()).toMatchObject([{ exit }]);
    await handle.stop();
    expect(pids().filter(lives)).toStrictEqual([]);
  });

  it.each([
    ["works", 'said "ready" before it was to begin'],
    ["hangs-up", "closed its channel"],
  ])("that does not wait (%s) is ended, and told with why", async (mode, why) => {
    const { handle, until, lost, pids } = run(mode, {}, never);
    await until(() => lost().length === 1);
    expect(lost()[0]).toHaveProperty("exit.kind", "failed");
    expect(lost()[0]).toHaveProperty("exit.error.message", expect.stringContaining(why));
    await handle.stop();
    expect(pids().filter(lives)).toStrictEqual([]);
  });

  it("is not heard before it begins", async () => {
    const { until, faults } = run("talks");
    await until(() => faults.length > 0);
    expect(faults).toStrictEqual(["a message of a standby, which nobody hears"]);
  });

  it("that the system refuses to start is told as that", async () => {
    const attempts: number[] = [];
    const { until, lost } = run(
      "waits",
      {
        env: ({ attempt }) => {
          attempts.push(attempt);
          return attempt === 0 ? { TOO_LONG: "x".repeat(4_000_000) } : {};
        },
      },
      never,
    );
    await until(() => lost().length === 1);
    expect(lost()).toMatchObject([{ exit: { kind: "spawn-failed", error: { code: "E2BIG" } } }]);
    expect(attempts).toStrictEqual([1, 0]);
  });

  it("is ended by a stop, also one that is deaf to SIGTERM, and while it starts", async () => {
    const { handle, pids, started } = run("waits", { stopSignal: "SIGWINCH", sweepGraceMs: 50 });
    await started(2);
    await handle.kill();
    expect(pids().filter(lives)).toStrictEqual([]);
  });

  it.skipIf(process.platform !== "linux").each([true, false])(
    "does not outlive its host, and is known to the next one when it had taken over: lifeline %s",
    async (lifeline) => {
      const host = spawn(process.execPath, [fixture("standby-host.mjs"), `${lifeline}`], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [piece] = (await once(host.stdout, "data")) as [Buffer];
      const exit = once(host, "exit");
      host.kill("SIGKILL");
      await exit;
      const { snapshot, pids, before } = JSON.parse(String(piece));
      const active = before.pid as number;
      expect(before).toMatchObject({ attempt: "2" });
      expect(snapshot.supervision.seat.pid).toBe(active);
      const service = spawnLauncher("sh", ["-c", "sleep 1000"], { lifeline });
      const alive: boolean[] = [];
      const handle = supervise(
        {
          ...service,
          launch(info) {
            alive.push(lives(active));
            return service.launch(info);
          },
        },
        { id: "service", policy: restartOn("permanent"), snapshot },
      );
      for await (const { type } of handle.events()) if (type === "ready") break;
      expect(alive).toStrictEqual([false]);
      await handle.stop();
      await gone(pids);
    },
  );
});
