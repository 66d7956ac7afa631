// Every state in which a supervision can be met, and how to get there.

import { expect } from "vitest";
import type { SupervisorHandle } from "../src/index.js";
import { drained } from "../src/testing.js";
import { delay, willingFrom } from "./policies.js";
import { crashes, type Stage, stage } from "./stage.js";

const NEVER = Number.POSITIVE_INFINITY;

export const STATES = [
  "waiting for a delay",
  "waiting for not-yet",
  "starting",
  "ready",
  "running",
  "cancelling, asked",
  "cancelling, killed",
  "paused",
  "ended",
] as const;

export type State = (typeof STATES)[number];

const BEAT = { afterMs: 0, signal: { type: "heartbeat" } } as const;

const makers: { readonly [Name in State]: () => Promise<Stage> } = {
  async "waiting for a delay"() {
    const set = stage({ script: crashes(0), policy: delay(1_000) });
    await set.system.advance(500);
    return set;
  },
  async "waiting for not-yet"() {
    const set = stage({ script: crashes(0), policy: willingFrom(1_000) });
    await set.system.advance(500);
    return set;
  },
  async starting() {
    return stage({ readiness: "explicit" });
  },
  async ready() {
    const set = stage();
    await set.system.advance(500);
    return set;
  },
  async running() {
    const set = stage();
    set.launcher.say({ type: "not-ready" });
    return set;
  },
  async "cancelling, asked"() {
    const set = stage({ script: [{ says: [BEAT], stopMs: NEVER }], heartbeatTimeoutMs: 100 });
    await set.system.advance(100);
    return set;
  },
  async "cancelling, killed"() {
    const script = [{ says: [BEAT], stopMs: NEVER, killMs: NEVER }];
    const set = stage({ script, heartbeatTimeoutMs: 100, gracePeriodMs: 50 });
    await set.system.advance(150);
    return set;
  },
  async paused() {
    const set = stage();
    set.handle.pause();
    await set.system.settle();
    return set;
  },
  async ended() {
    const set = stage();
    await set.handle.stop();
    return set;
  },
};

/** A supervision in that state. */
export async function inState(state: State): Promise<Stage> {
  const set = await makers[state]();
  expect(nameOf(set.handle)).toBe(state);
  return set;
}

/** Which of the states a handle is in. */
export function nameOf(handle: SupervisorHandle): State {
  const { status, intent, outcome, waiting, stop } = handle.status();
  if (outcome) return "ended";
  if (status === "cancelling") return `cancelling, ${stop?.step ?? "asked"}`;
  if (status !== "stopped") return status;
  if (intent === "paused") return "paused";
  return waiting?.for === "delay" ? "waiting for a delay" : "waiting for not-yet";
}

/** Whether the outcome is there, without letting any time pass. */
export async function isOver({ handle }: Stage): Promise<boolean> {
  let over = false;
  void handle.outcome.then(() => {
    over = true;
  });
  await drained();
  return over;
}

/** Nothing is left behind: no timer, no listener, no child; and nothing more happens. */
export async function expectNothingLeft(set: Stage): Promise<void> {
  const { system, launcher, handle, events } = set;
  const launches = launcher.launchedAt.length;
  expect({
    timers: system.pendingTimers,
    listeners: set.listeners(),
    alive: launcher.alive,
    waiting: handle.status().waiting,
    last: events.at(-1)?.type,
    ends: events.filter(({ type }) => type === "ended").length,
  }).toEqual({ timers: 0, listeners: 0, alive: 0, waiting: null, last: "ended", ends: 1 });
  await system.advance(1e9);
  expect(launcher.launchedAt.length).toBe(launches);
}
