// Standbys that are real threads, through the supervisor.

import { lifetimeCap, type RestartPolicy, restartOn } from "@steadfast/policy";
import { type SupervisorEvent, supervise } from "@steadfast/supervisor";
import { afterEach, describe, expect, it } from "vitest";
import { workerLauncher } from "../../src/index.js";
import { code, info, watch, worker } from "./start.js";

type Handle = ReturnType<typeof supervise>;

const handles: Handle[] = [];
afterEach(async () => {
  await Promise.all(handles.splice(0).map((handle) => handle.kill()));
});

function run(mode = "waits", policy: RestartPolicy = restartOn("permanent"), standby = 1) {
  const loaded = new Int32Array(new SharedArrayBuffer(8));
  const events: SupervisorEvent[] = [];
  const launcher = workerLauncher(worker("standby.mjs"), { workerData: { loaded, mode } });
  const handle = supervise(launcher, {
    policy,
    standby,
    readiness: "explicit",
    onEvent: (event) => events.push(event),
  });
  handles.push(handle);
  const turns = async (happened: () => boolean) => {
    while (!happened()) await new Promise(setImmediate);
  };
  return { handle, events, loaded, turns };
}

/** Every standby is up, as far as its supervisor knows. */
function areUp({ handle }: { readonly handle: Handle }, count = 1): boolean {
  const { standby } = handle.snapshot().supervision;
  return standby?.list.filter(({ up }) => up).length === count;
}

interface Who {
  readonly number: number;
  readonly threadId: number;
}

describe("a standby", () => {
  it("takes over in the thread that was online already, with its module loaded", async () => {
    const one = run();
    const { handle, events, loaded, turns } = one;
    const first = await handle.request<Who>("who");
    await turns(() => areUp(one));
    expect(Atomics.load(loaded, 0)).toBe(2);
    await handle.request("die").catch(() => {});
    const next = await handle.request<Who>("who");
    expect(next.number).toBe(3 - first.number);
    const launched = events.filter(({ type }) => type === "launched");
    expect(launched).toMatchObject([{ attempt: 1 }, { attempt: 2, threadId: next.threadId }]);
    await turns(() => areUp(one)); // another one has taken its place
    expect(Atomics.load(loaded, 0)).toBe(3);
    expect(events.map(({ type }) => type)).not.toContain("standby-lost");
  });

  it("is there for a planned restart as well", async () => {
    const one = run();
    const first = await one.handle.request<Who>("who");
    await one.turns(() => areUp(one));
    expect(one.handle.recycle("old")).toBe(true);
    const next = await one.handle.request<Who>("who");
    expect(next.number).toBe(3 - first.number);
  });

  it.each([
    ["first works too early", 'a standby said "ready" before it was to begin'],
    ["first throws", "no standby"],
  ])("that fails is told as lost, and replaced under the policy: %s", async (mode, message) => {
    const one = run(mode);
    await one.handle.request("who");
    await one.turns(() => areUp(one));
    expect(one.events.filter(({ type }) => type === "standby-lost")).toMatchObject([
      {
        standby: 1,
        exit: { kind: "failed", error: { message: expect.stringContaining(message) } },
      },
    ]);
    expect(Atomics.load(one.loaded, 0)).toBe(3);
  });

  it("that the policy does not replace is missed by nobody: the next attempt starts cold", async () => {
    const one = run("first throws", lifetimeCap({ restarts: 0 }));
    await one.handle.request("who");
    await one.turns(() => one.events.some(({ type }) => type === "standby-lost"));
    expect(one.handle.snapshot().supervision.standby).toMatchObject({ list: [], wait: null });
    one.handle.restart();
    expect((await one.handle.request<Who>("who")).number).toBeGreaterThan(2);
  });

  it("is ended by a stop, and leaves nothing", async () => {
    const one = run("waits", restartOn("permanent"), 3);
    await one.handle.request("who");
    await one.turns(() => areUp(one, 3));
    await one.handle.stop();
    const isThread = (name: string) => name === "MessagePort" || name === "Worker";
    await one.turns(() => !process.getActiveResourcesInfo().some(isThread));
  });

  it("with heartbeats from outside is watched from its launch on", async () => {
    const loaded = new Int32Array(new SharedArrayBuffer(8));
    const launcher = workerLauncher(worker("standby.mjs"), {
      workerData: { loaded, mode: "waits" },
      heartbeatEveryMs: 5,
    });
    const standby = launcher.prepare?.({ id: "w", standby: 1 });
    await standby?.up;
    const taken = watch({ launch: (given) => launcher.launch(given, standby) }, info);
    const said: string[] = [];
    while (!said.includes("ready") || said.filter((type) => type === "heartbeat").length < 2) {
      said.push((await taken.next()).type);
    }
    expect(said[0]).toBe("heartbeat"); // the launch is the first
    standby?.discard(); // it is used up
    taken.child.kill();
    expect(await taken.exited).toStrictEqual({ kind: "cancelled" });
  });
});

describe("a launcher", () => {
  it("prepares threads only where they are the same for every attempt", () => {
    expect(workerLauncher(code(""))).toHaveProperty("prepare");
    expect(workerLauncher(code(""), () => ({}))).not.toHaveProperty("prepare");
    const policy = restartOn("temporary");
    const perAttempt = workerLauncher(code(""), () => ({}));
    expect(() => supervise(perAttempt, { policy, standby: 1 })).toThrow("standby");
  });

  it("refuses a standby that is not its own", () => {
    const foreign = { up: Promise.resolve(), gone: new Promise<never>(() => {}), discard() {} };
    expect(() => workerLauncher(code("")).launch(info, foreign)).toThrow(TypeError);
  });

  it("starts cold where a standby ended in the very turn in which it was to begin", async () => {
    const launcher = workerLauncher(code("process.exit(3)"));
    const standby = launcher.prepare?.({ id: "w", standby: 1 });
    expect(await standby?.gone).toStrictEqual({ kind: "failed", code: 3 });
    const taken = watch({ launch: (given) => launcher.launch(given, standby) }, info);
    expect(await taken.exited).toStrictEqual({ kind: "failed", code: 3 });
  });

  it("tells no worker of a standby that it is one", async () => {
    const launcher = workerLauncher(
      code(`
        import { Worker } from "node:worker_threads";
        const inner = ${JSON.stringify(worker("inner-standby.mjs").href)};
        const { whenActive } = await import(${JSON.stringify(import.meta.resolve("@steadfast/worker-threads/worker"))});
        new Worker(new URL(inner)).on("message", async (message) => {
          if (message === "active") await whenActive();
        });
      `),
    );
    const standby = launcher.prepare?.({ id: "w", standby: 1 });
    await standby?.up;
    standby?.discard();
    expect(await standby?.gone).toStrictEqual({ kind: "cancelled" });
  });
});
