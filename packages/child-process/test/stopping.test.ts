import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readProcessOptions } from "../src/read-launcher-options.js";
import { planFor } from "../src/stop-plan.js";
import type { StopRequest } from "../src/stop-request.js";
import { stopping } from "../src/stopping.js";
import { type FakeTraits, fakeChild, NOBODY } from "./fake-child.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => vi.useRealTimers());

interface Given {
  readonly stop?: readonly StopRequest[];
  readonly platform?: NodeJS.Platform;
  readonly traits?: FakeTraits;
}

function orders({ stop, platform = "linux", traits = { pid: NOBODY, channel: true } }: Given = {}) {
  const made = fakeChild(traits);
  const settings = readProcessOptions(
    "test",
    { killScope: "process", ...(stop && { stop }) },
    null,
  );
  const plan = planFor({
    ...settings,
    platform,
    leadsGroup: false,
    channel: traits.channel ?? false,
  });
  let hurries = 0;
  const one = stopping(
    made.child,
    plan,
    settings,
    () => {},
    () => hurries++,
  );
  const asked = () => made.signals.filter((signal) => signal !== "SIGCONT");
  return { ...made, one, asked, hurries: () => hurries };
}

const INT_TERM_KILL: readonly StopRequest[] = [
  { via: "signal", signal: "SIGINT", waitMs: 100 },
  { via: "signal", signal: "SIGTERM", waitMs: 200 },
  { via: "kill" },
];

describe("a sequence of steps", () => {
  it("does each at its time, not a millisecond before, and says what was done", () => {
    const { one, asked } = orders({ stop: INT_TERM_KILL });
    one.requestStop("stop");
    one.requestStop("restart");
    vi.advanceTimersByTime(99);
    expect(asked()).toStrictEqual(["SIGINT"]);
    vi.advanceTimersByTime(1);
    expect(asked()).toStrictEqual(["SIGINT", "SIGTERM"]);
    vi.advanceTimersByTime(199);
    expect(one.mood()).toBe("patient");
    vi.advanceTimersByTime(1);
    expect(asked()).toStrictEqual(["SIGINT", "SIGTERM", "SIGKILL"]);
    expect(one.done()).toStrictEqual(["SIGINT", "SIGTERM", "SIGKILL"]);
    expect(one.mood()).toBe("forced");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does all that has no time between in one turn, and passes over what cannot be done", () => {
    const stop: StopRequest[] = [
      { via: "message", message: { bye: true } },
      { via: "stdin" },
      { via: "signal", signal: "SIGUSR2" },
    ];
    const { one, asked, sent } = orders({ stop });
    one.requestStop("stop");
    expect(sent).toStrictEqual([{ bye: true }]);
    expect(asked()).toStrictEqual(["SIGUSR2"]);
    expect(one.done()).toStrictEqual(["message", "stdin", "SIGUSR2"]);
    const deaf = orders({ stop, traits: { pid: NOBODY } });
    deaf.one.requestStop("stop");
    expect(deaf.sent).toStrictEqual([]);
    expect(deaf.one.done()).toStrictEqual(["stdin", "SIGUSR2"]);
  });

  it("has no signals on Windows, but their time", () => {
    const { one, asked, sent } = orders({
      platform: "win32",
      stop: [{ via: "signal", signal: "SIGINT", waitMs: 50 }, { via: "message" }],
    });
    one.requestStop("stop");
    vi.advanceTimersByTime(49);
    expect(sent).toStrictEqual([]);
    vi.advanceTimersByTime(1);
    expect({ sent, asked: asked() }).toStrictEqual({
      sent: [{ steadfast: "stop", reason: "stop" }],
      asked: [],
    });
  });

  it("asks nobody where there is no way to: on Windows without a channel", () => {
    const { one, asked } = orders({ platform: "win32", traits: { pid: NOBODY } });
    one.requestStop("stop");
    expect({ asked: asked(), timers: vi.getTimerCount(), mood: one.mood() }).toStrictEqual({
      asked: [],
      timers: 0,
      mood: "patient",
    });
  });

  it("is over with a kill, from wherever it comes", () => {
    const { one, asked } = orders({ stop: INT_TERM_KILL });
    one.requestStop("stop");
    one.kill();
    expect(vi.getTimerCount()).toBe(0);
    expect(asked()).toStrictEqual(["SIGINT", "SIGKILL"]);
  });

  it("is over when nothing of the child is left", () => {
    const { one, asked } = orders({ stop: INT_TERM_KILL });
    one.requestStop("stop");
    one.ended();
    one.over();
    vi.advanceTimersByTime(1_000);
    expect(asked()).toStrictEqual(["SIGINT"]);
  });

  it("goes on for the rest of the group, which only the sweep signals", () => {
    const { one, asked, hurries } = orders({ stop: INT_TERM_KILL });
    one.requestStop("stop");
    one.ended();
    expect(one.owed()).toStrictEqual([]);
    vi.advanceTimersByTime(100);
    expect(one.owed()).toStrictEqual(["SIGTERM", "SIGCONT"]);
    expect(one.owed()).toStrictEqual([]);
    vi.advanceTimersByTime(200);
    expect({ hurries: hurries(), mood: one.mood(), asked: asked() }).toStrictEqual({
      hurries: 1,
      mood: "forced",
      asked: ["SIGINT"],
    });
  });

  it.each<[string, readonly StopRequest[], readonly string[]]>([
    ["by no step", [{ via: "message", waitMs: 100 }, { via: "kill" }], ["SIGTERM", "SIGCONT"]],
    ["by a later step", [{ via: "stdin", waitMs: 100 }, ...INT_TERM_KILL], []],
  ])("asks the rest when the child has ended, if that is asked %s", (_, stop, owed) => {
    const { one } = orders({ stop });
    one.requestStop("stop");
    one.ended();
    expect(one.owed()).toStrictEqual(owed);
  });

  it("does not speak to a child that has ended or closed its channel, nor says that it has", () => {
    const stop: StopRequest[] = [
      { via: "message", waitMs: 100 },
      { via: "message", waitMs: 100 },
      { via: "stdin" },
    ];
    const gone = orders({ stop });
    gone.one.requestStop("stop");
    gone.one.ended();
    vi.advanceTimersByTime(200);
    expect(gone.sent).toHaveLength(1);
    expect(gone.one.done()).toStrictEqual(["message"]);
    const hungUp = orders({ stop });
    hungUp.child.disconnect();
    hungUp.one.requestStop("stop");
    vi.advanceTimersByTime(200);
    expect(hungUp.sent).toStrictEqual([]);
    expect(hungUp.one.done()).toStrictEqual(["stdin"]);
  });

  it("asks what a crash has left behind only with what follows the first step", () => {
    const { one } = orders({ stop: INT_TERM_KILL });
    one.ended();
    expect(one.owed()).toStrictEqual(["SIGINT", "SIGCONT"]);
    one.requestStop("stop");
    expect(one.owed()).toStrictEqual([]);
    vi.advanceTimersByTime(100);
    expect(one.owed()).toStrictEqual(["SIGTERM", "SIGCONT"]);
  });
});

describe("a signal", () => {
  it("goes to the child, and to nobody after its exit", () => {
    const { one, signals } = orders();
    expect(one.signal("SIGUSR2")).toBe(true);
    one.ended();
    expect(one.signal("SIGUSR2")).toBe(false);
    expect(signals).toStrictEqual(["SIGUSR2"]);
    expect(one.done()).toStrictEqual([]);
  });
});
