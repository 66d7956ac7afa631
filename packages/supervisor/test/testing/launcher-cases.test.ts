// The suite is right if it passes for launchers that keep the contract, and if each sentence of the
// contract, once broken, turns its case red, which then says what is wrong.

import { describe, expect, it } from "vitest";
import { type LauncherMakers, launcherCases, type ScriptedAttempt } from "../../src/testing.js";
import { childFaults } from "./child-faults.js";
import { WAIT_MS } from "./fault.js";
import { launcherFaults } from "./launcher-faults.js";
import { changed, keeping, makes, makesEach, NEVER, says, strict, turns } from "./made.js";
import { SENTENCES, sentences, told } from "./told.js";

const kept = keeping(makes);
const big = { afterMs: 0, signal: { type: "message", message: 1n } } as const;
const unkillable = makes({ stopMs: NEVER, killMs: NEVER });

describe("a launcher that keeps the contract passes", () => {
  for (const { name, run } of launcherCases(kept)) it(name, run);

  const others: readonly (readonly [string, LauncherMakers])[] = [
    ["takes nothing but what the contract promises", keeping(strict)],
    ["takes its time", keeping((plan) => makes({ stopMs: 1, killMs: 1, ...plan }))],
    ["says more", { ...kept, saysReady: makes({ says: [says("ready"), says("heartbeat")] }) }],
    ["says what JSON cannot hold", { ...kept, saysReady: makes({ says: [says("ready"), big] }) }],
    ["cannot say that it is ready", { ...kept, saysReady: null }],
    ["cannot force its children", { ...kept, ignoresStop: unkillable, canForce: false }],
    [
      "cannot force its children once they were called, turns after the launch",
      { ...kept, ignoresStop: calledLater(), canForce: false },
    ],
  ];
  it.each(others)("one that %s", async (_, makers) => {
    expect(await told(makers)).toEqual({});
  });
});

/** Children that can be stopped for some turns, and then never more. */
function calledLater() {
  return changed(unkillable, () => {
    const child = makes({})().launch({
      id: "x",
      attempt: 1,
      generation: 0,
      cause: "start",
      failures: 0,
    });
    let called = false;
    void turns().then(() => {
      called = true;
    });
    return {
      exited: child.exited,
      requestStop: (reason) => called || child.requestStop(reason),
      kill: () => called || child.kill(),
    };
  });
}

describe("the sentences", () => {
  const all = Object.keys(SENTENCES);

  it("are all there, in order, for a kind of child that can do everything", () => {
    expect(sentences(kept)).toEqual(all.filter((sentence) => sentence !== "isAbandoned"));
    expect(sentences({ ...kept, canForce: false })).toEqual(
      all.filter((sentence) => sentence !== "isKilled"),
    );
  });

  it("do not ask what a kind of child cannot do", () => {
    const { countListeners: _, ...makers } = kept;
    const fewer = sentences({ ...makers, cannotStart: null, saysReady: null });
    expect(sentences(kept).filter((sentence) => !fewer.includes(sentence))).toEqual([
      "isRefused",
      "keepsOrder",
      "leavesNothing",
    ]);
  });
});

describe("a broken sentence turns its case red", () => {
  it.each([...childFaults, ...launcherFaults])("$why", async ({ makers, told: expected }) => {
    expect(await told({ ...kept, timeoutMs: WAIT_MS, ...makers })).toEqual(expected);
  });

  it("an abandoned child is not waited for too long", async () => {
    // It is given up after two waits of 1 ms each.
    const makers = { ...kept, ignoresStop: unkillable, canForce: false, timeoutMs: 1 };
    expect(await told(makers, ["isAbandoned"])).toEqual({
      isAbandoned: "the outcome after stop(): nothing happened within 1 ms",
    });
  });
});

describe("what is left behind is told", () => {
  it("by the difference, whatever there was before", async () => {
    let left = 0;
    const leaks = (plan: ScriptedAttempt) =>
      changed(makes(plan), () => {
        left++;
        return {};
      });
    const makers = { ...keeping(leaks), countListeners: () => left };
    expect(await told(makers, ["leavesNothing"])).toEqual({
      leavesNothing: "1 before 20 rounds, 41 after",
    });
  });

  it("not before every child has ended", async () => {
    const launcher = makesEach({ runMs: 0 }, {})();
    const makers = { ...kept, completes: () => launcher, timeoutMs: WAIT_MS };
    expect(await told(makers, ["leavesNothing"])).toEqual({
      leavesNothing: `the exit: nothing happened within ${WAIT_MS} ms`,
    });
  });
});
