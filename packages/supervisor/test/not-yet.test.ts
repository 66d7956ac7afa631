// "Not yet" is waited for and asked again: at exactly that instant, with a fresh draw, and at once
// after a reset.

import { type LaunchEvent, launch, refuse, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, asking, untilReset, willingFrom } from "./policies.js";
import { crashes, stage } from "./stage.js";

describe("a refusal with a time", () => {
  it("is asked again at that instant, not one before", async () => {
    const set = stage({ script: crashes(10), policy: willingFrom(100) });
    await set.system.advance(99);
    expect(set.launcher.launchedAt).toEqual([0]);
    expect(set.handle.status().waiting).toEqual({
      for: "not-yet",
      until: 100,
      cause: "restart",
      reason: "too-early",
    });
    await set.system.advance(1);
    expect(set.launcher.launchedAt).toEqual([0, 100]);
    expect(set.told().slice(3, 6)).toEqual(["10 refused", "100 delayed", "100 launched"]);
    expect(set.events[3]).toMatchObject({ reason: "too-early", retryAfterMs: 90 });
  });

  it("is asked with a fresh draw and the wall of the day", async () => {
    const asked: LaunchEvent[] = [];
    const set = stage({
      script: crashes(0),
      policy: asking(asked, () =>
        asked.length < 4 && asked.length > 1 ? refuse("x", 7) : launch(),
      ),
    });
    await set.system.advance(100);
    expect(asked.map(({ cause, wall }) => [cause, wall])).toEqual([
      ["start", 0],
      ["restart", 0],
      ["restart", 7],
      ["restart", 14],
    ]);
    expect(new Set(asked.map(({ draw }) => draw)).size).toBe(4);
  });

  it("may turn into another, or into never", async () => {
    const policy = answers(launch(), refuse("a", 10), refuse("b", 20), refuse("c", null));
    const set = stage({ script: crashes(5), policy });
    await set.system.advance(34);
    expect(await Promise.race([set.handle.outcome, "waiting"])).toBe("waiting");
    await set.system.advance(1);
    expect(await set.handle.outcome).toMatchObject({ type: "refused", reason: "c" });
    expect(set.told().slice(3)).toEqual(["5 refused", "15 refused", "35 refused", "35 ended"]);
  });

  it("of the first launch is waited for as well, and asked again as a start", async () => {
    const asked: LaunchEvent[] = [];
    const set = stage({
      policy: asking(asked, () => (asked.length < 2 ? refuse("night", 60) : launch())),
    });
    await set.system.advance(60);
    expect(set.launcher.launchedAt).toEqual([60]);
    expect(asked.map(({ cause }) => cause)).toEqual(["start", "start"]);
    expect(set.launcher.attempts[0]?.info.cause).toBe("start");
  });

  it("may lie 400 days ahead, or beyond every clock", async () => {
    const days = 400 * 86_400_000;
    const far = stage({ script: crashes(0), policy: willingFrom(days) });
    await far.system.advance(days - 1);
    expect(far.launcher.launchedAt).toEqual([0]);
    await far.system.advance(1);
    expect(far.launcher.launchedAt).toEqual([0, days]);

    const never = stage({
      script: crashes(0),
      policy: answers(launch(), refuse("x", Number.MAX_SAFE_INTEGER)),
    });
    await never.system.advance(1);
    expect(never.handle.status().waiting?.until).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe("a reset while it waits", () => {
  it("asks at once", async () => {
    const set = stage({ script: crashes(10), policy: untilReset(1_000) });
    await set.system.advance(500);
    expect(set.launcher.launchedAt).toEqual([0]);
    set.handle.reset();
    await set.system.settle();
    expect(set.launcher.launchedAt).toEqual([0, 500]);
    expect(set.told().slice(4, 7)).toEqual(["500 reset", "500 delayed", "500 launched"]);
  });

  it("may be refused again, and then waits for the new time only", async () => {
    const policy = restartPolicy({
      name: "stubborn",
      launch: (state, { cause }) => [state, cause === "start" ? launch() : refuse("no", 1_000)],
    });
    const set = stage({ script: crashes(10), policy });
    await set.system.advance(500);
    set.handle.reset();
    expect(set.handle.status().waiting?.until).toBe(1_500);
    expect(set.system.pendingTimers).toBe(1);
  });

  it("does not touch a delay: that launch is admitted already", async () => {
    const set = stage({ script: crashes(10), policy: answers(launch(), launch(1_000)) });
    await set.system.advance(500);
    const asked = set.journal.filter(({ event }) => event.type === "launch").length;
    set.handle.reset();
    expect(set.handle.status().waiting).toEqual({ for: "delay", until: 1_010, cause: "restart" });
    expect(set.journal.filter(({ event }) => event.type === "launch").length).toBe(asked);
    await set.system.advance(510);
    expect(set.launcher.launchedAt).toEqual([0, 1_010]);
  });
});
