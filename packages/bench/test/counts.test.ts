// Ten thousand supervisions on the real timers share one timer and one listener, and leave neither behind.

import { getEventListeners } from "node:events";
import { backoff, constant } from "@steadfast/backoff";
import { restartOn } from "@steadfast/policy";
import { retry, taskLauncher } from "@steadfast/promise-tasks";
import { realSystem, type System, supervise } from "@steadfast/supervisor";
import { superviseTree } from "@steadfast/supervisor/tree";
import { describe, expect, it } from "vitest";
import { turn } from "../src/measure.ts";

const MANY = 10_000;
const HOUR_MS = 3_600_000;

const later = backoff({ curve: constant({ delayMs: HOUR_MS }), jitter: "none" });
const failing = () => Promise.reject(new Error("boom"));

/** The real system, and how many of its timers are set. */
function countingSystem() {
  const set = new Set<unknown>();
  const { timers } = realSystem;
  const system: System = {
    ...realSystem,
    timers: {
      ...timers,
      set(callback, delayMs) {
        const timer = timers.set(() => {
          set.delete(timer);
          callback();
        }, delayMs);
        set.add(timer);
        return timer;
      },
      clear(timer) {
        set.delete(timer);
        timers.clear(timer);
      },
    },
  };
  return { system, timers: () => set.size };
}

async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await turn();
}

type Begin = (signal: AbortSignal, system: System) => Promise<unknown>;

/** Timers and listeners while they wait, and when all have ended. */
async function counted(begin: Begin) {
  const { system, timers } = countingSystem();
  const controller = new AbortController();
  const { signal } = controller;
  const counts = () => ({
    timers: timers(),
    listeners: getEventListeners(signal, "abort").length,
  });
  const all = Array.from({ length: MANY }, () => begin(signal, system));
  await turns();
  const waiting = counts();
  controller.abort(new Error("over"));
  await Promise.allSettled(all);
  await turns();
  return { waiting, after: counts() };
}

const ONE = { waiting: { timers: 1, listeners: 1 }, after: { timers: 0, listeners: 0 } };

describe("10 000 share one timer and one listener", () => {
  it("supervisions that wait", async () => {
    const launcher = taskLauncher(failing);
    const options = { policy: later };
    const begin: Begin = (signal, system) =>
      supervise(launcher, { ...options, signal }, system).outcome;
    expect(await counted(begin)).toEqual(ONE);
  });

  it("supervisions that run, each with a deadline of its own", async () => {
    const launcher = taskLauncher(
      ({ signal }) =>
        new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve())),
    );
    const policy = restartOn("permanent");
    const begin: Begin = (signal, system) =>
      supervise(launcher, { policy, signal, maxRunMs: HOUR_MS }, system).outcome;
    expect(await counted(begin)).toEqual(ONE);
  });

  it("retries that wait", async () => {
    const begin: Begin = (signal, system) => retry(failing, { policy: later, signal }, system);
    expect(await counted(begin)).toEqual(ONE);
  });
});

it("a tree of 10 000 that wait has one timer, and none when it has ended", async () => {
  const { system, timers } = countingSystem();
  const kinds = {
    task: { launcher: taskLauncher(failing), policy: later, restart: "permanent" },
  } as const;
  const tree = superviseTree({ kinds }, {}, system);
  await tree.up;
  for (let i = 0; i < MANY; i++) void tree.startChild({ id: `t${i}`, kind: "task" });
  await turns();
  expect(tree.child("t9999").status()?.waiting?.for).toBe("delay");
  expect(timers()).toBe(1);
  await tree.stop();
  await turns();
  expect(timers()).toBe(0);
});
