// Every command in every state, once and twice: what it does, and that nothing is left behind.

import type { FenceDecision } from "@steadfast/child-slot";
import type { Exit } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { Stage } from "./stage.js";
import { expectNothingLeft, inState, isOver, nameOf, STATES, type State } from "./states.js";

const GRACE_AND_ABANDON = 10_000;

/** How the last attempt ends where the supervision is ended in this state. */
const LAST_EXIT: { readonly [Name in State]: Exit } = {
  "waiting for a delay": { kind: "failed" },
  "waiting for not-yet": { kind: "failed" },
  starting: { kind: "cancelled" },
  ready: { kind: "cancelled" },
  running: { kind: "cancelled" },
  "cancelling, asked": {
    kind: "unhealthy",
    reason: "heartbeat-stale",
    ended: { kind: "signalled", signal: "SIGKILL" },
  },
  "cancelling, killed": {
    kind: "unhealthy",
    reason: "heartbeat-stale",
    ended: { kind: "abandoned" },
  },
  paused: { kind: "cancelled" },
  ended: { kind: "cancelled" },
};

// --- the commands that end it -----------------------------------------------------------------------

type Ender = "stop" | "abort" | "dispose";

const enders: { readonly [Name in Ender]: (set: Stage) => void } = {
  stop: ({ handle }) => void handle.stop(),
  abort: ({ controller }) => controller.abort(new Error("enough")),
  dispose: ({ handle }) => void handle[Symbol.asyncDispose](),
};

/** States without a child: the outcome is there within one macrotask. */
const CHILDLESS: readonly State[] = [
  "waiting for a delay",
  "waiting for not-yet",
  "paused",
  "ended",
];

const ends = STATES.flatMap((state) =>
  Object.keys(enders).map((command) => ({ state, command: command as Ender })),
);

describe("a command that ends it", () => {
  describe.each([1, 2])("given %s time(s)", (times) => {
    it.each(ends)("$command while $state", async ({ state, command }) => {
      const set = await inState(state);
      const launches = set.launcher.launchedAt.length;
      for (let time = 0; time < times; time++) enders[command](set);

      if (CHILDLESS.includes(state)) expect(await isOver(set)).toBe(true);
      await set.system.advance(GRACE_AND_ABANDON);

      const outcome = await set.handle.outcome;
      expect(outcome).toMatchObject({ type: "stopped", attempts: launches });
      if (outcome.type !== "stopped") return;
      expect(outcome.by).toBe(state === "ended" ? "stop" : command);
      expect(outcome.lastExit).toEqual(LAST_EXIT[state]);
      expect(set.launcher.launchedAt.length).toBe(launches);
      await expectNothingLeft(set);
    });
  });

  it("the first of them gives the reason; all return the same outcome", async () => {
    const set = await inState("ready");
    const stopped = set.handle.stop();
    set.controller.abort("too late");
    const again = set.handle.stop();
    await set.handle[Symbol.asyncDispose]();
    expect(await stopped).toEqual({
      type: "stopped",
      by: "stop",
      lastExit: { kind: "cancelled" },
      attempts: 1,
    });
    expect(await again).toBe(await stopped);
    expect(await set.handle.outcome).toBe(await stopped);
  });

  it("an abort hands its reason on", async () => {
    const set = await inState("waiting for a delay");
    const reason = new Error("enough");
    set.controller.abort(reason);
    const outcome = await set.handle.outcome;
    expect(outcome.type === "stopped" && outcome.abortReason).toBe(reason);
  });

  it("`await using` waits until the child is gone", async () => {
    const set = await inState("ready");
    {
      await using handle = set.handle;
      expect(nameOf(handle)).toBe("ready");
    }
    await expectNothingLeft(set);
  });
});

// --- restart ----------------------------------------------------------------------------------------

interface RestartRow {
  readonly state: State;
  readonly first: FenceDecision | "over";
  readonly second: FenceDecision | "over";
  /** Launches that come of the first one. */
  readonly launches: number;
}

const restarts: readonly RestartRow[] = [
  {
    state: "waiting for a delay",
    first: "started-immediately",
    second: "queued-after-stop",
    launches: 1,
  },
  {
    state: "waiting for not-yet",
    first: "started-immediately",
    second: "queued-after-stop",
    launches: 1,
  },
  { state: "starting", first: "queued-after-stop", second: "already-pending", launches: 1 },
  { state: "ready", first: "queued-after-stop", second: "already-pending", launches: 1 },
  { state: "running", first: "queued-after-stop", second: "already-pending", launches: 1 },
  {
    state: "cancelling, asked",
    first: "queued-after-stop",
    second: "already-pending",
    launches: 1,
  },
  {
    state: "cancelling, killed",
    first: "queued-after-stop",
    second: "already-pending",
    launches: 1,
  },
  { state: "paused", first: "rejected", second: "rejected", launches: 0 },
  { state: "ended", first: "over", second: "over", launches: 0 },
];

describe("restart", () => {
  it.each(restarts)("while $state: $first", async ({ state, first, second, launches }) => {
    for (const decisions of [[first], [first, second]]) {
      const set = await inState(state);
      const before = set.launcher.launchedAt.length;
      expect(decisions.map(() => set.handle.restart())).toEqual(decisions);
      await set.system.advance(GRACE_AND_ABANDON);
      const more = decisions.length === 2 && first === "started-immediately" ? 1 : 0;
      expect(set.launcher.launchedAt.length).toBe(before + launches + more);
      if (launches > 0) expect(set.handle.status().waiting).toBeNull();
      expect((await set.handle.stop()).type).toBe("stopped");
      await expectNothingLeft(set);
    }
  });

  it.each(STATES)("then stop, while %s: the stop wins", async (state) => {
    const set = await inState(state);
    set.handle.restart();
    const launches = set.launcher.launchedAt.length;
    void set.handle.stop();
    await set.system.advance(GRACE_AND_ABANDON);
    expect(await isOver(set)).toBe(true);
    expect(set.launcher.launchedAt.length).toBe(launches);
    await expectNothingLeft(set);
  });

  it.each([
    { requester: "", reason: "x" },
    { requester: "x", reason: " " },
    { requester: 7 as unknown as string },
  ])("refuses an order that says nothing, and goes on: %j", async (order) => {
    const set = await inState("ready");
    expect(() => set.handle.restart(order)).toThrow(RangeError);
    expect(nameOf(set.handle)).toBe("ready");
  });
});

// --- pause and resume -------------------------------------------------------------------------------

describe("pause", () => {
  describe.each([1, 2])("given %s time(s)", (times) => {
    it.each(STATES)("while %s: no child, no wait, no launch", async (state) => {
      const set = await inState(state);
      const launches = set.launcher.launchedAt.length;
      for (let time = 0; time < times; time++) set.handle.pause();
      await set.system.advance(1e9);
      expect(nameOf(set.handle)).toBe(state === "ended" ? "ended" : "paused");
      expect(set.launcher.launchedAt.length).toBe(launches);
      expect([set.launcher.alive, set.system.pendingTimers]).toEqual([0, 0]);
      await set.handle.stop();
      await expectNothingLeft(set);
    });
  });

  it.each(STATES)("then resume, while %s: one launch, by an operator's order", async (state) => {
    const set = await inState(state);
    const launches = set.launcher.launchedAt.length;
    const asked = set.journal.filter(({ by }) => !by).length;
    set.handle.pause();
    set.handle.resume();
    await set.system.advance(GRACE_AND_ABANDON);
    expect(set.launcher.launchedAt.length).toBe(state === "ended" ? launches : launches + 1);
    const unhealthy = state.startsWith("cancelling");
    const { info } = set.launcher.attempts.at(-1) ?? {};
    // An attempt that was being ended for its own fault is judged, and its restart asked for.
    const cause = unhealthy ? "restart" : "operator";
    if (state !== "ended") expect(info?.cause).toBe(cause);
    if (state === "ended") expect(set.journal.filter(({ by }) => !by).length).toBe(asked);
    await set.handle.stop();
    await expectNothingLeft(set);
  });
});

describe("resume", () => {
  it.each(STATES.filter((state) => state !== "paused"))("while %s does nothing", async (state) => {
    const set = await inState(state);
    const { events, launcher } = set;
    const before = [events.length, launcher.launchedAt.length];
    set.handle.resume();
    set.handle.resume();
    expect([events.length, launcher.launchedAt.length]).toEqual(before);
    expect(nameOf(set.handle)).toBe(state);
    await set.system.advance(0);
    void set.handle.stop();
    await set.system.advance(GRACE_AND_ABANDON);
    await expectNothingLeft(set);
  });

  it("while paused launches at once, and only once", async () => {
    const set = await inState("paused");
    set.handle.resume();
    set.handle.resume();
    expect(set.launcher.launchedAt).toEqual([0, 0]);
    expect(nameOf(set.handle)).toBe("ready");
  });
});

// --- reset ------------------------------------------------------------------------------------------

describe("reset", () => {
  it.each(STATES)("while %s is told to the policy, and changes no child", async (state) => {
    const set = await inState(state);
    const launches = set.launcher.launchedAt.length;
    set.handle.reset();
    set.handle.reset();
    const told = set.journal.filter(({ event }) => event.type === "reset").length;
    expect(told).toBe(state === "ended" ? 0 : 2);
    expect(nameOf(set.handle)).toBe(state);
    expect(set.launcher.launchedAt.length).toBe(launches);
    void set.handle.stop();
    await set.system.advance(GRACE_AND_ABANDON);
    await expectNothingLeft(set);
  });
});

describe("send", () => {
  const hears: readonly State[] = ["starting", "ready", "running"];

  it.each(STATES)("while %s", async (state) => {
    const set = await inState(state);
    expect(set.handle.send({ hello: 1 })).toBe(hears.includes(state));
    const heard = set.launcher.attempts.flatMap(({ heard }) => heard);
    expect(heard).toEqual(hears.includes(state) ? [{ hello: 1 }] : []);
  });
});
