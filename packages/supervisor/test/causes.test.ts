// Whatever was thrown reaches the outcome untouched, and events and journal as bounded data (E-11).

import { allOf, restartOn } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { answers, delay } from "./policies.js";
import { stage } from "./stage.js";
import { expectNothingLeft } from "./states.js";
import { THROWN } from "./thrown.js";

const BOUND = 20_000;

describe.each(THROWN)("%s", (_, thrown) => {
  it("as the error of a task is the last exit's, the very same", async () => {
    const set = stage({
      script: [{ runMs: 5, exit: { kind: "failed", error: thrown } }],
      policy: answers({ type: "launch", delayMs: 0 }),
    });
    await set.system.advance(5);
    const outcome = await set.handle.outcome;
    expect(outcome.type).toBe("refused");
    const exit = outcome.lastExit;
    expect(exit?.kind === "failed" && Object.is(exit.error, thrown)).toBe(true);
    expectData(set);
    await expectNothingLeft(set);
  });

  it("as what the system refused with is the error of a failed spawn", async () => {
    const set = stage({
      script: [{ cannotStart: thrown }, { cannotStart: thrown }],
      policy: allOf(restartOn("transient"), delay(10)),
    });
    await set.system.advance(10);
    expect(set.launcher.launchedAt).toEqual([0, 10, 10 + 10].slice(0, 2));
    await set.handle.stop();
    const { lastExit } = await set.handle.outcome;
    expect(lastExit?.kind === "spawn-failed" && Object.is(lastExit.error, thrown)).toBe(true);
    expectData(set);
  });

  it("thrown by launch(), is an exit too, and the policy judges it", async () => {
    const set = stage({ script: [{ throws: thrown }], policy: delay(10) });
    await set.system.advance(0);
    expect(set.events[0]).toMatchObject({
      type: "exited",
      exit: { kind: "spawn-failed" },
      failed: true,
      uptimeMs: 0,
    });
    await set.system.advance(10);
    expect(set.launcher.launchedAt).toEqual([0, 10]);
    expectData(set);
    await set.handle.stop();
  });

  it("thrown by the policy, is the error of the outcome", async () => {
    const set = stage({
      policy: {
        ...delay(0),
        step() {
          throw thrown;
        },
      },
    });
    const outcome = await set.handle.outcome;
    expect(outcome.type === "failed" && Object.is(outcome.error, thrown)).toBe(true);
    await expectNothingLeft(set);
  });

  it("thrown by isFailure, is the error of the outcome, and the exit counts as a failure", async () => {
    const set = stage({
      script: [{ runMs: 1 }],
      isFailure() {
        throw thrown;
      },
    });
    await set.system.advance(1);
    const outcome = await set.handle.outcome;
    expect(outcome.type === "failed" && Object.is(outcome.error, thrown)).toBe(true);
    expect(outcome.lastExit).toEqual({ kind: "completed" });
    expect(set.events.find(({ type }) => type === "exited")).toMatchObject({ failed: true });
    expect(set.launcher.launchedAt).toEqual([0]);
    await expectNothingLeft(set);
  });

  it("thrown by a listener, removes it, and the others are told", async () => {
    const set = stage();
    let calls = 0;
    set.handle.on(() => {
      calls++;
      throw thrown;
    });
    set.handle.reset();
    set.handle.reset();
    expect(calls).toBe(1);
    expect(set.types().slice(2)).toEqual(["reset", "callback-failed", "reset"]);
    expectData(set);
    await set.handle.stop();
  });
});

/** Events and journal are JSON as they stand, and small. */
function expectData({ events, journal }: ReturnType<typeof stage>): void {
  for (const data of [events, journal]) {
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    for (const one of data) expect(JSON.stringify(one).length).toBeLessThan(BOUND);
  }
}

describe("the root cause", () => {
  it("is that of the last exit, not the most frequent nor the first", async () => {
    const errors = ["first", "second", "second", "last"].map((text) => new Error(text));
    const set = stage({
      script: errors.map((error) => ({ runMs: 1, exit: { kind: "failed", error } as const })),
      policy: answers(
        ...Array.from({ length: 4 }, () => ({ type: "launch", delayMs: 1 }) as const),
      ),
    });
    await set.system.advance(100);
    expect(await set.handle.outcome).toEqual({
      type: "refused",
      reason: "no-more-answers",
      retryAfterMs: null,
      lastExit: { kind: "failed", error: errors[3] },
      attempts: 4,
    });
  });
});
