// A promise cannot be ended by force: what a stop, an abort and silence mean for a task that runs,
// waits, obeys or does not.

import { getEventListeners } from "node:events";
import { backoff } from "@steadfast/backoff";
import { inTurn, restartOn } from "@steadfast/policy";
import {
  isStopRequestedError,
  type Task,
  type TaskContext,
  taskLauncher,
} from "@steadfast/promise-tasks";
import { supervise } from "@steadfast/supervisor";
import { drained, manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { keepsHostQuiet } from "../adapters/quiet-host.js";
import { stage } from "../adapters/stage.js";

keepsHostQuiet();

const permanent = restartOn("permanent");
const transient = restartOn("transient");
const never = () => new Promise<never>(() => {});
const untilAborted = ({ signal }: TaskContext) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("an abort", () => {
  it("during a backoff settles at once: no further call, no timer, no listener", async () => {
    const system = manualSystem();
    const controller = new AbortController();
    let calls = 0;
    const on = stage(
      taskLauncher(() => {
        calls += 1;
        throw new Error("boom");
      }),
      {
        policy: backoff({ initialMs: 800, capMs: 800, jitter: "none" }),
        signal: controller.signal,
      },
      system,
    );
    await on.event("delayed");
    await system.advance(50);
    let over = false;
    void on.handle.outcome.then(() => {
      over = true;
    });

    controller.abort("closing time");
    await drained();
    expect(over).toBe(true);
    expect(await on.handle.outcome).toMatchObject({ type: "stopped", abortReason: "closing time" });
    await system.advance(10_000);
    expect([calls, system.pendingTimers]).toStrictEqual([1, 0]);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("is told to the task, with its reason", async () => {
    const controller = new AbortController();
    const reasons: unknown[] = [];
    const on = stage(
      taskLauncher((context) => {
        context.ready();
        context.signal.addEventListener("abort", () => reasons.push(context.signal.reason));
        return untilAborted(context);
      }),
      { policy: permanent, readiness: "explicit", signal: controller.signal },
    );
    await on.event("ready");
    controller.abort();
    const { lastExit } = await on.handle.outcome;
    expect(lastExit).toMatchObject({ kind: "cancelled", error: { code: "ERR_STOP_REQUESTED" } });
    expect(reasons.map((reason) => isStopRequestedError(reason) && reason.reason)).toStrictEqual([
      "stop",
    ]);
  });

  it("before the first turn means that the task is never called", async () => {
    let calls = 0;
    const on = stage(
      taskLauncher(() => {
        calls += 1;
      }),
      { policy: permanent },
    );
    expect(await on.handle.stop()).toMatchObject({ type: "stopped", attempts: 1 });
    expect(calls).toBe(0);
  });
});

describe("a task that ignores its abort", () => {
  it("is abandoned after the grace period, and replaced; what comes of it later counts for nothing", async () => {
    const system = manualSystem();
    const old: { context: TaskContext; resolve: (value: string) => void }[] = [];
    const on = stage(
      taskLauncher<string>((context) => {
        if (context.attempt === 2) return "new";
        return new Promise((resolve) => old.push({ context, resolve }));
      }),
      { policy: transient, gracePeriodMs: 1_000 },
      system,
    );
    await system.settle();
    on.handle.restart();
    await system.advance(999);
    expect(on.story()).toStrictEqual(["launched", "stopping"]);
    await system.advance(1);
    const [{ context, resolve }] = old as [(typeof old)[0]];
    context.ready();
    context.heartbeat();
    resolve("old");

    expect(await on.handle.outcome).toStrictEqual({
      type: "completed",
      value: "new",
      lastExit: { kind: "completed", value: "new" },
      attempts: 2,
    });
    expect(on.exits()).toStrictEqual([{ kind: "abandoned" }, { kind: "completed" }]);
    expect(context.signal.aborted).toBe(true);
    expect(system.pendingTimers).toBe(0);
  });

  it("and rejects later is no unhandled rejection of the host", async () => {
    let reject: (error: Error) => void = () => {};
    const on = stage(
      taskLauncher(
        () =>
          new Promise((_, no) => {
            reject = no;
          }),
      ),
      { policy: permanent, gracePeriodMs: 0 },
    );
    await drained();
    expect(await on.handle.stop()).toMatchObject({ lastExit: { kind: "abandoned" } });
    reject(new Error("late"));
    await drained();
  });
});

describe("a task that says how it is", () => {
  it("is judged by that: ready, heartbeats, messages", async () => {
    const system = manualSystem();
    const contexts: TaskContext[] = [];
    const heard: unknown[] = [];
    const on = stage(
      taskLauncher((context) => {
        contexts.push(context);
        context.onMessage((message) => heard.push(message));
        context.ready();
        context.heartbeat();
        return untilAborted(context);
      }),
      { policy: permanent, readiness: "explicit", heartbeatTimeoutMs: 1_000 },
      system,
    );
    await on.event("ready");
    on.handle.send("hello");
    await system.advance(999);
    contexts[0]?.heartbeat();
    await system.advance(999);
    expect([on.story(), heard]).toStrictEqual([["launched"], ["hello"]]);
    await system.advance(1);
    expect((await on.event("exited")).exit).toMatchObject({
      kind: "unhealthy",
      reason: "heartbeat-stale",
      ended: { kind: "cancelled" },
    });
    await system.settle();
    expect(await on.event("ready", 2)).toMatchObject({ attempt: 2, generation: 1 });
    await on.handle.stop();
    expect(contexts).toHaveLength(2);
  });
});

describe("a thousand supervisions on one signal", () => {
  it("one after the other leave its listeners as they were", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, "abort").length;
    const launcher = taskLauncher(({ attempt }) => {
      if (attempt === 1) throw new Error("boom");
    });
    const most = new Set<number>();
    for (let round = 0; round < 1_000; round++) {
      const handle = supervise(launcher, { policy: transient, signal });
      most.add(listeners());
      if (round % 2 === 0) await handle.stop();
      else expect((await handle.outcome).type).toBe("completed");
    }
    expect([[...most], listeners()]).toStrictEqual([[1], 0]);
  });

  it("at once have one listener, end together, and give it back", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, "abort").length;
    const tasks = [untilAborted, never, () => Promise.reject(new Error("boom"))];
    const handles = Array.from({ length: 1_000 }, (_, n) =>
      supervise(taskLauncher(tasks[n % 3] as Task<unknown>), {
        policy: inTurn(backoff({ initialMs: 3_600_000, capMs: 3_600_000 }), permanent),
        gracePeriodMs: 0,
        signal,
      }),
    );
    await drained();
    expect(listeners()).toBe(1);
    controller.abort();
    const outcomes = await Promise.all(handles.map(({ outcome }) => outcome));
    expect(new Set(outcomes.map(({ type }) => type))).toStrictEqual(new Set(["stopped"]));
    const kinds = outcomes.slice(0, 3).map(({ lastExit }) => lastExit?.kind);
    expect(kinds).toStrictEqual(["cancelled", "abandoned", "failed"]);
    expect(listeners()).toBe(0);
  });
});
