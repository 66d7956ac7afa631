// The shorthands as a policy: it decides as the composition that it stands for.

import {
  allOf,
  cell,
  giveUpOn,
  launch,
  lifetimeCap,
  type RestartDecision,
  type RestartEvent,
  type RestartPolicy,
  restartOn,
  restartPolicy,
} from "@steadfast/policy";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryPolicy } from "../../src/index.js";
import { jittered, slots } from "./policies.js";

const isFatal = (error: unknown) => error === "fatal";
const named = (failure: unknown) => (typeof failure === "number" ? failure : null);

/** What `delayFrom` means, written out: a policy of its own. */
const delayed: RestartPolicy = restartPolicy<{ readonly at: number; readonly ms: number } | null>({
  name: "delayed",
  initial: () => null,
  exited: (_, { failed, exit }, now) => {
    const failure = exit.kind === "completed" ? exit.value : (exit as { error?: unknown }).error;
    return { at: now, ms: failed ? (named(failure) ?? 0) : 0 };
  },
  launch: (state, { cause }, now) => [
    state,
    launch(cause === "restart" && state ? Math.max(0, state.ms - (now - state.at)) : 0),
  ],
}) as RestartPolicy;

const twin = (attempts: number, backoff: RestartPolicy) =>
  allOf(
    restartOn("transient"),
    giveUpOn(({ kind, error }) => kind !== "completed" && isFatal(error)),
    lifetimeCap({ restarts: attempts - 1 }),
    delayed,
    backoff,
  );

const exit = fc.oneof(
  fc.constantFrom("fatal", "error", 40, 250).map((error) => ({ kind: "failed", error }) as const),
  fc.constantFrom(7, "value").map((value) => ({ kind: "completed", value }) as const),
  fc.constant({ kind: "lost" } as const),
);
const event: fc.Arbitrary<readonly RestartEvent[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(exit, fc.boolean(), fc.integer({ min: 0, max: 99 }))
      .map(([exit, judged, percent]): readonly RestartEvent[] => [
        {
          type: "exited",
          exit,
          failed: exit.kind === "failed" || (judged && exit.kind === "completed"),
          uptimeMs: 1,
        },
        { type: "launch", cause: "restart", draw: percent / 100, wall: 0 },
      ]),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom("restart", "operator", "start")
      .map((cause): readonly RestartEvent[] => [{ type: "launch", cause, draw: 0.5, wall: 0 }]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<readonly RestartEvent[]>([{ type: "reset" }], [{ type: "healthy" }]),
  },
);

describe("retryPolicy", () => {
  it("decides as allOf(restartOn, giveUpOn, lifetimeCap, the named delay, backoff)", () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(jittered, slots, allOf(jittered, slots)),
        fc.array(fc.tuple(fc.constantFrom(0, 1, 50, 199, 200, 1_000), event), { maxLength: 20 }),
        (attempts, backoff, story) => {
          const ours = retryPolicy({ attempts, backoff, giveUpOn: isFatal, delayFrom: named });
          const theirs = twin(attempts, backoff);
          let [mine, other]: [unknown, unknown] = [ours.initial(), theirs.initial()];
          let now = 0;
          for (const [gap, events] of story) {
            now += gap;
            for (const one of events) {
              let [decision, expected]: (RestartDecision | null)[] = [null, null];
              [mine, decision] = ours.step(mine as never, one, now);
              [other, expected] = theirs.step(other as never, one, now);
              expect(decision).toStrictEqual(expected);
              if (decision?.type === "refuse") reached.add(decision.reason);
              mine = ours.parse(JSON.parse(JSON.stringify(mine)), now);
            }
          }
        },
      ),
    );
    const reasons = ["cap-reached", "given-up", "not-wanted", "window-full"];
    expect([...reached].toSorted()).toStrictEqual(reasons);
  });

  it("is idle before anything has happened, and forgets by a reset", () => {
    const policy = retryPolicy({ attempts: 2, backoff: slots });
    const fresh = policy.initial();
    expect(policy.idle?.(fresh, 0)).toBe(true);
    const failed = { type: "exited", exit: { kind: "failed" }, failed: true, uptimeMs: 0 } as const;
    const [after] = policy.step(fresh, failed, 5);
    expect(policy.idle?.(after, 5)).toBe(false);
    expect(policy.step(after, { type: "reset" }, 6)[0]).toStrictEqual(fresh);
    expect(policy.step(fresh, { type: "healthy" }, 6)[0]).toBe(fresh);
  });

  it("describes what it was made of, for linters and explanations", () => {
    expect(retryPolicy({ attempts: 3, backoff: slots }).describe).toStrictEqual({
      kind: "retryPolicy",
      options: { attempts: 3 },
      timesMs: [],
      members: [slots.describe],
    });
    expect(retryPolicy({ attempts: Number.POSITIVE_INFINITY }).describe).toStrictEqual({
      kind: "retryPolicy",
      options: { attempts: null },
      timesMs: [],
    });
    expect(retryPolicy({ backoff: slots }).holds).toStrictEqual({ member: slots });
  });

  it("counts down a named delay from the exit", () => {
    let now = 0;
    const child = cell(retryPolicy({ delayFrom: named }), { clock: () => now, random: () => 0 });
    child.failed({ kind: "failed", error: 100 }, { uptimeMs: 0 });
    now = 40;
    expect(child.send({ type: "launch", cause: "restart" })).toStrictEqual(launch(60));
    now = 100;
    expect(child.send({ type: "launch", cause: "restart" })).toStrictEqual(launch(0));
  });

  it.each([
    [{ attempts: 0 }, "attempts must be a whole number from 1 to 2^53-1, or Infinity, got 0"],
    [{ attempts: 1.5 }, "attempts must be a whole number"],
    [{ backoff: {} }, "backoff must be a restart policy"],
    [{ backoff: () => slots }, "did you mean to call it"],
    [{ giveUpOn: true }, "giveUpOn must be a function"],
    [{ delayFrom: 5 }, "delayFrom must be a function"],
    [{ giveupOn: isFatal }, "did you mean giveUpOn?"],
    [5, "options must be an object"],
  ])("refuses %j", (options, message) => {
    expect(() => retryPolicy(options as never)).toThrow(message);
  });
});
