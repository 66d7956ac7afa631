// How it ends, and what the outcome then holds. It never rejects.

import { type Exit, launch, refuse, restartOn, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../src/index.js";
import { answers } from "./policies.js";
import { stage } from "./stage.js";
import { expectNothingLeft } from "./states.js";

interface Row {
  readonly why: string;
  readonly reason: string;
  readonly retryAfterMs?: number | null;
  readonly exit: Exit;
  readonly isFailure?: (exit: Exit) => boolean;
  readonly onNotYet?: "wait" | "end";
  readonly outcome: Partial<Outcome>;
}

const done: Exit = { kind: "completed", value: 42 };
const failed: Exit = { kind: "failed", code: 7 };

const rows: readonly Row[] = [
  {
    why: "not wanted after a good end: completed, with the value",
    reason: "not-wanted",
    exit: done,
    outcome: { type: "completed", value: 42 },
  },
  {
    why: "stopped by a predicate after a good end: completed, with the value",
    reason: "stop-when",
    exit: done,
    outcome: { type: "completed", value: 42 },
  },
  {
    why: "a result of undefined is a result",
    reason: "not-wanted",
    exit: { kind: "completed", value: undefined },
    outcome: { type: "completed", value: undefined },
  },
  {
    why: "a process has no value",
    reason: "not-wanted",
    exit: { kind: "completed", code: 0 },
    outcome: { type: "completed", value: undefined },
  },
  {
    why: "cancelled by itself is no failure, and did not complete: excused",
    reason: "not-wanted",
    exit: { kind: "cancelled" },
    outcome: { type: "excused" },
  },
  {
    why: "a failure that the judge forgives: excused",
    reason: "not-wanted",
    exit: failed,
    isFailure: () => false,
    outcome: { type: "excused" },
  },
  {
    why: "the same, stopped by a predicate: excused",
    reason: "stop-when",
    exit: failed,
    isFailure: () => false,
    outcome: { type: "excused" },
  },
  {
    why: "not wanted after a failure (temporary): refused",
    reason: "not-wanted",
    exit: failed,
    outcome: { type: "refused", reason: "not-wanted", retryAfterMs: null },
  },
  {
    why: "stopped by a predicate after a failure: refused",
    reason: "stop-when",
    exit: failed,
    outcome: { type: "refused", reason: "stop-when", retryAfterMs: null },
  },
  {
    why: "a good end that the judge calls a failure: refused",
    reason: "not-wanted",
    exit: done,
    isFailure: () => true,
    outcome: { type: "refused", reason: "not-wanted", retryAfterMs: null },
  },
  {
    why: "any other reason, after a good end: refused",
    reason: "window-full",
    exit: done,
    outcome: { type: "refused", reason: "window-full", retryAfterMs: null },
  },
  {
    why: "not yet, and nobody waits: refused, with the time",
    reason: "window-full",
    retryAfterMs: 500,
    exit: failed,
    onNotYet: "end",
    outcome: { type: "refused", reason: "window-full", retryAfterMs: 500 },
  },
];

describe("a refusal that is final", () => {
  it.each(rows)("$why", async ({ reason, retryAfterMs = null, exit, outcome, ...options }) => {
    const { why: _, ...given } = options;
    const set = stage({
      script: [{ runMs: 5, exit }],
      policy: answers(launch(), refuse(reason, retryAfterMs)),
      ...given,
    });
    await set.system.advance(5);
    expect(await set.handle.outcome).toEqual({ ...outcome, lastExit: exit, attempts: 1 });
    expect(set.events.at(-1)).toMatchObject({ type: "ended", outcome: outcome.type, at: 5 });
    await expectNothingLeft(set);
  });

  it("of the first launch: refused, without an exit; done only if something was", async () => {
    for (const reason of ["window-full", "not-wanted"]) {
      const set = stage({ policy: answers(refuse(reason, null)) });
      expect(await set.handle.outcome).toEqual({
        type: "refused",
        reason,
        retryAfterMs: null,
        lastExit: null,
        attempts: 0,
      });
      expect(set.types()).toEqual(["refused", "ended"]);
    }
  });

  it("happens at the instant of the exit: giving up waits for no delay", async () => {
    const set = stage({ script: [{ runMs: 5 }], policy: restartOn("transient") });
    await set.system.advance(5);
    expect(await set.handle.outcome).toMatchObject({ type: "completed" });
    expect(set.system.now).toBe(5);
  });
});

describe("the outcome", () => {
  it("holds the live exit: the same value, the same error", async () => {
    const value = { big: Symbol("not JSON") };
    const set = stage({
      script: [{ runMs: 1, exit: { kind: "completed", value } }],
      policy: restartOn("transient"),
    });
    await set.system.advance(1);
    const outcome = await set.handle.outcome;
    expect(outcome.type === "completed" && outcome.value).toBe(value);
  });

  it("has a value only of an exit that is `completed`, whatever else an exit carries", async () => {
    const exit = { kind: "failed", code: 0, value: "odd" } as const;
    const set = stage({
      script: [{ runMs: 1, exit }],
      policy: restartOn("transient"),
      isFailure: () => false,
    });
    await set.system.advance(1);
    expect(await set.handle.outcome).toStrictEqual({
      type: "excused",
      lastExit: exit,
      attempts: 1,
    });
  });

  it("settles once, and is the same for everybody", async () => {
    const set = stage();
    const one = set.handle.outcome;
    await set.handle.stop();
    expect(await set.handle.stop()).toBe(await one);
    expect(set.handle.outcome).toBe(one);
  });

  it("is there before `ended` is told to late hands: status says it", async () => {
    const set = stage();
    const seen: unknown[] = [];
    set.handle.on(({ type }) => {
      if (type === "ended") seen.push(set.handle.status().outcome);
    });
    await set.handle.stop();
    expect(seen).toEqual(["stopped"]);
  });

  it("of a value that is a promise or a thenable is that very thing", async () => {
    const then = "then";
    const value = { [then]: () => expect.unreachable() };
    const set = stage({
      script: [{ runMs: 1, exit: { kind: "completed", value } }],
      policy: restartOn("transient"),
    });
    await set.system.advance(1);
    const outcome = await set.handle.outcome;
    expect(outcome.type === "completed" && outcome.value).toBe(value);
  });
});

describe("an ordered exit", () => {
  it("leaves no mark: the next refusal judges the exit after it", async () => {
    const policy = restartPolicy({
      name: "never-again",
      launch: (state, { cause }) => [
        state,
        cause === "start" ? launch() : refuse("not-wanted", null),
      ],
    });
    const set = stage({ script: [{}, { runMs: 5, exit: failed }], policy });
    set.handle.restart();
    await set.system.advance(5);
    expect(await set.handle.outcome).toMatchObject({ type: "refused", lastExit: failed });
  });
});
