// Handing over: what was saved goes on, and no wait lasts longer than was left of it.

import { isPolicyStateError, launch, refuse } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { supervision } from "../src/index.js";
import firstVersion from "./snapshots/version-1.json" with { type: "json" };
import { answers, World } from "./world.js";

const policy = answers(launch(), launch(5_000));

/** A crash at 36 000 000 and a delay of 5 s, saved 1 s into it. */
function saved() {
  const world = new World({ policy, now: 36_000_000, script: [{ runMs: 0 }] });
  world.begin().pass(1_000);
  return { version: 2, at: world.now, supervision: JSON.parse(JSON.stringify(world.state)) };
}

const takenUp = (now: number, from: unknown = saved()) => new World({ policy, from, now }).begin();

describe("a pending wait", () => {
  it.each([
    [36_001_000, 4_000, "the same clock: what was left"],
    [36_003_000, 2_000, "two seconds later"],
    [36_005_000, 0, "at its instant"],
    [36_900_000, 0, "long after it"],
    [36_001_000 - 3_600_000, 4_000, "an hour behind: no longer than was left"],
    [0, 4_000, "at the epoch"],
  ])("taken up at %i lasts %i ms (%s)", (now, waitMs) => {
    const world = takenUp(now);
    if (waitMs > 0) {
      world.pass(waitMs - 1);
      expect(world.launchedAt).toEqual([]);
      world.pass(1);
    }
    expect(world.launchedAt).toEqual([now + waitMs]);
  });

  it("of a bare state lasts no longer than the whole of it", () => {
    const world = takenUp(0, saved().supervision).pass(5_000);
    expect(world.launchedAt).toEqual([5_000]);
  });

  it("of version 1 likewise", () => {
    const world = new World({ policy: answers(launch()), from: firstVersion, now: 0 }).begin();
    expect(world.state.wait).toMatchObject({ for: "not-yet", until: 1_000, cause: "restart" });
    world.pass(1_000);
    expect(world.launchedAt).toEqual([1_000]);
  });

  it("that ends at the largest instant stays there", () => {
    const from = saved();
    from.supervision.wait = { ...from.supervision.wait, until: Number.MAX_SAFE_INTEGER };
    expect(takenUp(36_500_000, from).state.wait?.until).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("a state", () => {
  it("that was read back is the same, whatever it holds", () => {
    const world = new World({
      policy,
      readiness: "explicit",
      probe: { periodMs: 10 },
      recycle: { ageMs: 9_000, uses: 9 },
      standby: 2,
      script: [{ readyMs: 5, probe: () => ({ afterMs: 1, ok: true }) }],
    });
    world.begin().pass(25);
    expect(world.machine.parse(JSON.parse(JSON.stringify(world.state)), world.now)).toEqual(
      world.state,
    );
  });

  it.each([{ startTime: "8123" }, {}])("keeps what is said of its process: %o", (said) => {
    const machine = supervision({ policy });
    const given = { draw: 0.5, wall: 0 };
    let [state] = machine.step(machine.initial(), { type: "begin", ...given }, 0);
    [state] = machine.step(state, { type: "tick", ...given }, 0);
    [state] = machine.step(
      state,
      { type: "launched", generation: 0, pid: 7, ...said, ...given },
      0,
    );
    const seat = machine.parse(JSON.parse(JSON.stringify(state)), 0).seat;
    expect(seat).toStrictEqual({
      cause: "start",
      launched: true,
      pid: 7,
      threadId: null,
      probe: null,
      recycle: null,
      ...said,
    });
  });

  it("whose attempt was alive goes on with `lost`, and its probes and limits are gone with it", () => {
    const world = new World({ policy, probe: { periodMs: 10 }, recycle: { ageMs: 50 } }).begin();
    const from = { version: 2, at: 0, supervision: JSON.parse(JSON.stringify(world.state)) };
    const next = new World({ policy, from, now: 700 }).begin();
    expect(next.told).toEqual(["700 exited", "700 delayed"]);
    expect(next.state.seat).toBeNull();
  });

  it.each<[string, (state: Record<string, unknown>) => unknown, string]>([
    ["nothing", () => null, ""],
    ["a version from the future", () => ({ version: 3, at: 0 }), "version"],
    ["no instant", () => ({ version: 2, at: "x" }), "at"],
    ["no supervision", () => ({ version: 2, at: 0, supervision: 5 }), "supervision"],
    ["a bad wait", (state) => ({ ...state, wait: { for: "x" } }), "wait.until"],
    ["a bad count", (state) => ({ ...state, failures: -1 }), "failures"],
    ["a bad flag", (state) => ({ ...state, over: 1 }), "over"],
    ["a bad ending", (state) => ({ ...state, ending: { type: "gone" } }), "ending.type"],
    ["a bad source", (state) => ({ ...state, ending: { type: "stopped", by: 1 } }), "ending.by"],
    ["a bad hold", (state) => ({ ...state, held: { reason: 5 } }), "held.reason"],
    ["a bad seat", (state) => ({ ...state, seat: { cause: "x" } }), "seat.cause"],
    [
      "a bad start time",
      (state) => ({ ...state, seat: { ...(state.seat as object), startTime: 5 } }),
      "seat.startTime",
    ],
  ])("with %s is refused by name", (_, spoil, path) => {
    const world = new World({ policy }).begin();
    const raw = spoil(JSON.parse(JSON.stringify(world.state)) as Record<string, unknown>);
    let caught: unknown = null;
    try {
      world.machine.parse(raw, 0);
    } catch (error) {
      caught = error;
    }
    expect(caught).toSatisfy(isPolicyStateError);
    expect((caught as { path: string }).path).toBe(path);
  });

  it("whose attempt nobody knows more of, as in version 1, can be looked at before `begin`", () => {
    const { slot, policy: own } = new World({ readiness: "explicit" }).begin().state;
    const options = { readiness: "explicit", healthyAfterMs: 5, probe: {}, recycle: { uses: 1 } };
    const from = { version: 1, at: 0, states: { slot, policy: own }, pending: null };
    const world = new World({ ...options, readiness: "explicit", from });
    expect(world.machine.deadline(world.state)).toBeNull();
    // Nobody is told that what the last host launched is ready.
    expect(world.give({ type: "ready", generation: 0 })).toEqual([]);
    expect(world.machine.deadline(world.state)).toBeNull();
    expect(world.give({ type: "tick" })).toEqual([]);
  });

  it("with probes and limits, stepped without these options: nothing is due", () => {
    const options = { probe: { periodMs: 10 }, recycle: { ageMs: 20 } };
    const { state } = new World(options).begin();
    expect(new World({ recycle: { ageMs: 20 } }).machine.deadline(state)).toBe(20);
    expect(new World(options).machine.deadline(state)).toBe(10);
  });

  it("of a supervision that refused for good and of one that failed can be read", () => {
    const refused = new World({ policy: answers(refuse("no", null)) }).begin();
    const failed = new World({ policy }).begin();
    failed.give({ type: "fault", error: new Error("x") });
    for (const world of [refused, failed]) {
      const raw = JSON.parse(JSON.stringify(world.state));
      expect(world.machine.parse(raw, 0)).toEqual(world.state);
    }
  });
});
