// What a stop and a kill do to a task, before, during and after its run.

import type { StopReason } from "@steadfast/supervisor";
import { drained } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import { isStopRequestedError, StopRequestedError } from "../src/index.js";
import { deferred, heard, hostile, launch, settled, THEN } from "./launch.js";

/** Every reason: a new one does not compile until it stands here. */
const ALL: Readonly<Record<StopReason, true>> = {
  stop: true,
  halt: true,
  restart: true,
  pause: true,
  quarantine: true,
  remove: true,
  "not-ready-in-time": true,
  "heartbeat-stale": true,
  "ran-too-long": true,
  unhealthy: true,
};
const REASONS = Object.keys(ALL) as StopReason[];

/** A task that runs until its signal fires, and then does what `end` says. */
function untilStopped(end: (signal: AbortSignal) => unknown) {
  return launch(async ({ signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    return end(signal);
  });
}

async function afterStop(end: (signal: AbortSignal) => unknown) {
  const child = untilStopped(end);
  await settled();
  child.requestStop("stop");
  return child.exited;
}

describe("a stop", () => {
  it.each(REASONS)("fires the signal with a reason that says why: %s", async (reason) => {
    const child = untilStopped((signal) => signal.reason);
    await settled();
    child.requestStop(reason);
    const exit = await child.exited;
    expect(exit.kind).toBe("completed");
    const stop = exit.kind === "completed" ? exit.value : null;
    expect(stop).toBeInstanceOf(Error);
    expect(stop).toMatchObject({ name: "AbortError", code: "ERR_STOP_REQUESTED", reason });
    expect(isStopRequestedError(stop)).toBe(true);
  });

  it("is delivered once, with the first reason", async () => {
    let aborts = 0;
    const child = launch(({ signal }) => {
      signal.addEventListener("abort", () => {
        aborts += 1;
      });
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => queueMicrotask(() => reject(signal.reason)));
      });
    });
    await settled();
    child.requestStop("restart");
    child.requestStop("stop");
    const exit = await child.exited;
    child.requestStop("stop");
    expect(aborts).toBe(1);
    expect(exit).toMatchObject({ kind: "cancelled", error: { reason: "restart" } });
  });

  it("may be ignored", async () => {
    const work = deferred<number>();
    const child = launch(() => work.promise);
    await settled();
    child.requestStop("stop");
    work.resolve(7);
    expect(await child.exited).toStrictEqual({ kind: "completed", value: 7 });
  });

  it("before the call: the task is not called", async () => {
    let calls = 0;
    const child = launch(() => {
      calls += 1;
    });
    child.requestStop("stop");
    expect(await child.exited).toMatchObject({
      kind: "cancelled",
      error: { code: "ERR_STOP_REQUESTED", reason: "stop" },
    });
    expect(calls).toBe(0);
  });

  it("after the end leaves the signal alone", async () => {
    let context: AbortSignal | undefined;
    const child = launch(({ signal }) => {
      context = signal;
    });
    await child.exited;
    child.requestStop("stop");
    child.kill();
    expect(context?.aborted).toBe(false);
  });
});

/** What a task that was asked to stop rejects with, and what that means. */
const REJECTIONS: readonly (readonly [string, (signal: AbortSignal) => unknown, string])[] = [
  ["the signal's reason", (signal) => signal.reason, "cancelled"],
  ["the platform's AbortError", () => new DOMException("x", "AbortError"), "cancelled"],
  [
    "an error called AbortError",
    () => Object.assign(new Error(), { name: "AbortError" }),
    "cancelled",
  ],
  ["an error caused by the reason", ({ reason }) => new Error("x", { cause: reason }), "cancelled"],
  ["another stop's error", () => new StopRequestedError("restart"), "cancelled"],
  ["an error of its own", () => new Error("disk full"), "failed"],
  ["an error caused by another", () => new Error("x", { cause: new Error("y") }), "failed"],
  ["a timeout", () => new DOMException("x", "TimeoutError"), "failed"],
  ["undefined", () => undefined, "failed"],
  ["null", () => null, "failed"],
  ["the word AbortError", () => "AbortError", "failed"],
  ["a Proxy that traps everything", hostile, "failed"],
];

describe("a task that was asked to stop", () => {
  it.each(REJECTIONS)("rejects with %s", async (_, rejection, kind) => {
    let thrown: unknown;
    const exit = await afterStop((signal) => {
      thrown = rejection(signal);
      throw thrown;
    });
    expect(exit.kind).toBe(kind);
    expect("error" in exit && Object.is(exit.error, thrown)).toBe(true);
  });

  it("returns: completed, with its value", async () => {
    expect(await afterStop(() => "saved")).toStrictEqual({ kind: "completed", value: "saved" });
  });

  it("does not come too late if it rejects just before: it is judged when it is seen", async () => {
    const work = deferred();
    const child = launch(() => work.promise);
    await settled();
    work.reject(new DOMException("x", "AbortError"));
    child.requestStop("stop");
    expect((await child.exited).kind).toBe("cancelled");
  });
});

describe("a kill", () => {
  it("fires the signal, and one turn later the exit is abandoned", async () => {
    let signal: AbortSignal | undefined;
    const child = launch((context) => {
      signal = context.signal;
      return new Promise(() => {});
    });
    await settled();
    child.kill();
    expect(signal?.reason).toMatchObject({ code: "ERR_STOP_REQUESTED", reason: "kill" });
    expect(await child.exited).toStrictEqual({ kind: "abandoned" });
  });

  it("is the end also for a task that says something as it hears of it", async () => {
    const { child, signals } = heard(({ signal, notReady }) => {
      signal.addEventListener("abort", notReady);
      return new Promise(() => {});
    });
    await settled();
    child.kill();
    expect(signals).toStrictEqual([]);
  });

  it("is idempotent, and leaves the reason of a stop before it as it was", async () => {
    let signal: AbortSignal | undefined;
    const child = launch((context) => {
      signal = context.signal;
      return new Promise(() => {});
    });
    await settled();
    child.requestStop("heartbeat-stale");
    child.kill();
    child.kill();
    child.requestStop("stop");
    expect(signal?.reason).toMatchObject({ reason: "heartbeat-stale" });
    expect(await child.exited).toStrictEqual({ kind: "abandoned" });
  });

  it("before the call: the task is not called", async () => {
    let calls = 0;
    const child = launch(() => {
      calls += 1;
    });
    child.kill();
    const exit = await child.exited;
    expect(exit).toMatchObject({ kind: "cancelled", error: { reason: "kill" } });
    expect(calls).toBe(0);
  });

  it("ends a thenable that never settles", async () => {
    const child = launch(() => Object.defineProperty({}, THEN, { value: () => {} }));
    await settled();
    child.kill();
    expect(await child.exited).toStrictEqual({ kind: "abandoned" });
  });

  it.each(["resolve", "reject"] as const)("outlives a late %s", async (how) => {
    const work = deferred<unknown>();
    const { child, signals } = heard(async ({ ready }) => {
      await work.promise;
      ready();
    });
    await settled();
    child.kill();
    const exit = await child.exited;
    work[how](new Error("late"));
    await settled();
    expect(await child.exited).toBe(exit);
    expect(signals).toStrictEqual([]);
  });

  it("in the same moment as a result: whichever came first", async () => {
    const first = launch(() => 1);
    const exit = await first.exited;
    first.kill();
    expect(await first.exited).toBe(exit);

    const work = deferred<number>();
    const second = launch(() => work.promise);
    await settled();
    work.resolve(1);
    second.kill();
    expect(await second.exited).toStrictEqual({ kind: "completed", value: 1 });
  });

  it("leaves a task that obeys in that turn its own end", async () => {
    const child = untilStopped((signal) => {
      throw signal.reason;
    });
    await settled();
    child.requestStop("ran-too-long");
    child.kill();
    expect(await child.exited).toMatchObject({
      kind: "cancelled",
      error: { reason: "ran-too-long" },
    });
  });

  it("does not end it where the supervisor was first to give it up", async () => {
    const work = deferred<number>();
    const child = launch(() => work.promise);
    await settled();
    child.kill();
    child.abandon?.();
    await drained();
    work.resolve(7);
    expect(await child.exited).toStrictEqual({ kind: "completed", value: 7 });
  });
});
