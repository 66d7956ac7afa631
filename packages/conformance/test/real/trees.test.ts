// Trees of real processes, threads and tasks act out chosen traces.

import { backoff, constant } from "@steadfast/backoff";
import { spawnLauncher } from "@steadfast/child-process";
import { giveUp, restartOn } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { supervise } from "@steadfast/supervisor";
import { treeLauncher } from "@steadfast/supervisor/tree";
import { describe, expect, it } from "vitest";
import { gone, lives } from "../adapters/observe.js";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { aProcess, aTask, aThread, orchard } from "./trees/orchard.js";

keepsHostQuiet();

const none = () => giveUp(slidingWindow({ limit: 0, windowMs: 1_000, counts: "restarts" }));

const three = (strategy: "one-for-one" | "rest-for-one" | "one-for-all") => ({
  strategy,
  children: [
    { id: "process", ...aProcess() },
    { id: "thread", ...aThread() },
    { id: "task", ...aTask() },
  ],
});

describe("a process, a thread and a task in one tree", () => {
  it("1: start in order, each ready before the next, and stop in reverse order", async () => {
    const { tree, told } = orchard(three("one-for-one"));
    expect(await tree.up).toBe(true);
    expect(await tree.stop()).toEqual({ type: "stopped", by: "stop" });
    expect(told).toEqual(["+process", "+thread", "+task", "-task", "-thread", "-process"]);
  });

  it("2: one-for-one replaces a process that was killed from outside, and nobody else", async () => {
    const { tree, pids, ends } = orchard(three("one-for-one"));
    await tree.up;
    process.kill(pids[0] as number, "SIGKILL");
    await ends("-process", "+process");
    expect(tree.child("thread").status()).toMatchObject({ attempts: 1, status: "ready" });
    expect(tree.child("task").status()).toMatchObject({ attempts: 1, status: "ready" });
  });

  it("3: rest-for-one stops and starts those after a thread that throws", async () => {
    const { tree, pids, ends, event } = orchard(three("rest-for-one"));
    await tree.up;
    tree.child("thread").send("throw");
    await ends("-thread", "-task", "+thread", "+task");
    expect(pids).toHaveLength(1);
    const exited = await event(({ type, id }) => type === "exited" && id === "thread");
    expect(JSON.stringify(exited)).toContain("the thread breaks");
  });

  it("4: one-for-all brings all down in reverse and up in order when the task fails", async () => {
    const { tree, pids, ends } = orchard(three("one-for-all"));
    await tree.up;
    tree.child("task").send("fail");
    await ends("-task", "-thread", "-process", "+process", "+thread", "+task");
    await gone(pids[0] as number);
    expect(lives(pids[1] as number)).toBe(true);
  });

  it("5: rest-for-one in the middle of a slow stop: an earlier one dies, and the plans are one", async () => {
    let letGo = () => {};
    let asked = () => {};
    const stopAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const slow = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { tree, pids, ends, event, told } = orchard({
      strategy: "rest-for-one",
      children: [
        { id: "process", ...aProcess() },
        { id: "thread", ...aThread() },
        {
          id: "task",
          ...aTask(() => {
            asked();
            return slow;
          }),
          gracePeriodMs: 60_000,
        },
      ],
    });
    await tree.up;
    tree.child("thread").send("throw");
    await stopAsked;
    process.kill(pids[0] as number, "SIGKILL");
    await event(({ type, id }) => type === "exited" && id === "process");
    letGo();
    await ends("+process", "+thread", "+task");
    expect(told.filter((word) => word.startsWith("-")).slice(0, 3)).toEqual([
      "-thread",
      "-process",
      "-task",
    ]);
  });

  it("6: a group restart with a delay goes down at once, and comes up in order after it", async () => {
    const delayed = backoff({ curve: constant({ delayMs: 40 }), jitter: "none" });
    const { tree, ends, events } = orchard({
      strategy: "one-for-all",
      children: [
        { id: "process", ...aProcess() },
        { id: "task", ...aTask(), policy: delayed },
      ],
    });
    await tree.up;
    tree.child("task").send("fail");
    await ends("-task", "-process", "+process", "+task");
    const delay = events.find(({ type }) => type === "delayed");
    const launches = events.filter(({ type }) => type === "launched");
    expect(launches[2]?.at).toBeGreaterThanOrEqual((delay as { until: number }).until);
  });
});

describe("endings", () => {
  it("7: a process that cannot be started ends the tree, with the system's error as the cause", async () => {
    const { tree, told } = orchard({
      children: [
        { id: "thread", ...aThread() },
        { id: "none", launcher: spawnLauncher("/nowhere/at-all") },
      ],
    });
    const outcome = await tree.outcome;
    expect(outcome).toMatchObject({ type: "start-failed", child: "none" });
    expect((outcome as { lastExit: { error: Error } }).lastExit.error).toMatchObject({
      code: "ENOENT",
    });
    expect(told.at(-1)).toBe("-thread");
  });

  it("8: a significant task that is done completes the tree, and the others are stopped in order", async () => {
    const { tree, told } = orchard({
      autoShutdown: "any-significant",
      children: [
        { id: "process", ...aProcess() },
        { id: "thread", ...aThread() },
        { id: "task", ...aTask(), restart: "transient", significant: true },
      ],
    });
    await tree.up;
    tree.child("task").send("done");
    expect(await tree.outcome).toMatchObject({ type: "completed", child: "task" });
    expect(told.slice(3)).toEqual(["-task", "-thread", "-process"]);
  });

  it("9: the budget is spent: all end in reverse, and the exit that it was for is the cause", async () => {
    const { tree, told } = orchard({ ...three("one-for-one"), budget: none() });
    await tree.up;
    tree.child("process").send("fail");
    const outcome = await tree.outcome;
    expect(outcome).toMatchObject({ type: "refused", child: "process" });
    expect((outcome as { lastExit: unknown }).lastExit).toMatchObject({ kind: "failed", code: 3 });
    expect(told.slice(3)).toEqual(["-process", "-task", "-thread"]);
  });

  it("10: a deaf process is killed after its grace period, and the stop goes on", async () => {
    let deaf = () => {};
    const isDeaf = new Promise<void>((resolve) => {
      deaf = resolve;
    });
    const { tree, told, events } = orchard({
      children: [
        { id: "task", ...aTask() },
        { id: "process", ...aProcess(), gracePeriodMs: 50, onMessage: () => deaf() },
      ],
    });
    await tree.up;
    tree.child("process").send("be deaf");
    await isDeaf;
    await tree.stop();
    expect(told.slice(2)).toEqual(["-process", "-task"]);
    expect(events.some(({ type, id }) => type === "killing" && id === "process")).toBe(true);
  });

  it("11: a thread that hangs is terminated when the tree is stopped", async () => {
    const { tree, told } = orchard({
      children: [{ id: "thread", ...aThread(), gracePeriodMs: 50 }],
    });
    await tree.up;
    tree.child("thread").send("hang");
    await tree.stop();
    expect(told).toEqual(["+thread", "-thread"]);
  });
});

describe("trees inside, and children that come and go", () => {
  const inner = () => ({
    strategy: "one-for-all" as const,
    budget: none(),
    children: [
      { id: "process", ...aProcess() },
      { id: "thread", ...aThread() },
    ],
  });

  it("12: a nested tree gives up, and is restarted whole", async () => {
    const { tree, ends, told } = orchard({
      children: [
        { id: "task", ...aTask() },
        { id: "inner", tree: inner() },
      ],
    });
    await tree.up;
    tree.child("inner/thread").send("exit");
    await ends("-inner", "+inner/process", "+inner/thread", "+inner");
    expect(told.join(" ")).toBe(
      "+task +inner/process +inner/thread +inner -inner/thread -inner/process -inner " +
        "+inner/process +inner/thread +inner",
    );
  });

  it("13: a nested tree gives up, and so does the outer one: the cause is the innermost child's", async () => {
    const { tree } = orchard({
      budget: none(),
      children: [
        { id: "task", ...aTask() },
        { id: "inner", tree: inner() },
      ],
    });
    await tree.up;
    tree.child("inner/process").send("fail");
    const outcome = await tree.outcome;
    expect(outcome).toMatchObject({ type: "refused", child: expect.stringMatching(/^inner/) });
    expect(JSON.stringify(outcome)).not.toBe("");
  });

  it("14: processes are added, ended, started again and deleted while it runs", async () => {
    const { tree, pids, told } = orchard({ kinds: { process: { ...aProcess() } } });
    await tree.startChild({ id: "a", kind: "process" });
    await tree.startChild({ id: "b", kind: "process" });
    expect(await tree.terminateChild("a")).toEqual({ ok: true });
    expect([lives(pids[0] as number), lives(pids[1] as number)]).toEqual([false, true]);
    expect(await tree.restartChild("a")).toEqual({ ok: true });
    await tree.terminateChild("b");
    expect(await tree.deleteChild("b")).toEqual({ ok: true });
    await tree.stop();
    expect(told).toEqual(["+a", "+b", "-a", "+a", "-b", "-a"]);
    expect(pids.filter(lives)).toEqual([]);
  });

  it("15: starts as a graph: a task has to be done before the process, the thread does not wait", async () => {
    const { tree, told } = orchard({
      children: [
        { id: "migrate", ...aTask(), restart: "transient" },
        { id: "process", ...aProcess(), after: [{ id: "migrate", until: "completed" }] },
        { id: "thread", ...aThread() },
      ],
    });
    const seen = orchard({ children: [] });
    await seen.tree.up;
    while (!told.includes("+thread")) await new Promise(setImmediate);
    expect(told).not.toContain("+process");
    tree.child("migrate").send("done");
    await tree.up;
    expect(told.slice(-2)).toEqual(["-migrate", "+process"]);
  });

  it("16: a tree is kept by supervise, as a launcher", async () => {
    const handle = supervise(treeLauncher(inner()), {
      policy: restartOn("permanent"),
      readiness: "explicit",
      gracePeriodMs: 10_000,
    });
    const ready: number[] = [];
    for await (const event of handle.events()) {
      if (event.type === "ready") ready.push(event.attempt);
      if (ready.length === 1 && event.type === "ready") handle.restart();
      if (ready.length === 2) break;
    }
    expect((await handle.stop()).type).toBe("stopped");
  });
});

describe("rolling restart", () => {
  it("17: of four forked replicas loses no message of a client", async () => {
    const answered = new Set<number>();
    let notice = () => {};
    const { tree, pids } = orchard({
      children: [
        {
          id: "web",
          replicas: 4,
          maxUnavailable: 1,
          ...aProcess({ stop: [{ via: "message" }] }),
          onMessage(message: unknown) {
            const { answer } = message as { answer?: number };
            if (answer !== undefined) answered.add(answer);
            notice();
          },
        },
      ],
    });
    await tree.up;
    const rolled = tree.roll("web");
    let isRolled = false;
    void rolled.then(() => {
      isRolled = true;
    });
    let asked = 0;
    while (!isRolled) {
      for (let i = 1; i <= 4; i++) if (tree.child(`web.${i}`).send({ ask: asked + 1 })) asked++;
      await new Promise(setImmediate);
    }
    expect(await rolled).toEqual({ ok: true });
    while (answered.size < asked) await new Promise<void>((resolve) => (notice = resolve));
    expect(answered.size).toBe(asked);
    expect(new Set(pids).size).toBe(8);
    expect(pids.slice(0, 4).filter(lives)).toEqual([]);
  });
});
