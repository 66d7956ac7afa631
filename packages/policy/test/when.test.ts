import { describe, expect, expectTypeOf, it } from "vitest";
import { often } from "../../../config/testing/law.ts";
import {
  type AnyExit,
  allOf,
  cell,
  type Exit,
  exitOf,
  giveUp,
  giveUpOn,
  inTurn,
  isPolicyStateError,
  keyed,
  launch,
  lifetimeCap,
  noted,
  type RestartEvent,
  type RestartPolicy,
  refuse,
  restartPolicy,
  stopWhen,
  type WhenState,
  when,
} from "../src/index.js";
import { anyMember, timesOf } from "./members.js";
import {
  backoff,
  never,
  slidingWindow,
  type Tally,
  tally,
  type WindowState,
  willing,
} from "./sample-policies.js";
import { crash, decisionsOf, exits, operator, restart, start, tell, traces } from "./traces.js";

const code = (n: number) => (exit: AnyExit) => exit.code === n;
const exited = (exit: Exit, failed = true): RestartEvent => ({
  type: "exited",
  exit,
  failed,
  uptimeMs: 0,
});
const failed = (n: number) => exited({ kind: "failed", code: n });
const options = { clock: () => 0, random: () => 0 };

function answers(policy: RestartPolicy, events: readonly RestartEvent[]) {
  return decisionsOf(
    tell(
      policy,
      events.map((event) => ({ gapMs: 0, event })),
    ),
  ).filter(({ type }) => type !== "noted");
}

describe("when", () => {
  it("puts a restart after an exit that matches to the policy, and lets another through", () => {
    const policy = when(code(42), never("a"));
    expect(answers(policy, [failed(42), restart])).toEqual([refuse("a", null)]);
    expect(answers(policy, [failed(1), restart])).toEqual([launch()]);
    expect(answers(policy, [failed(1), failed(42), restart])).toEqual([refuse("a", null)]);
    expect(answers(policy, [failed(42), failed(1), restart])).toEqual([launch()]);
  });

  it("does not ask at a start, nor without an exit; an operator is decided by the last exit", () => {
    const policy = when(code(42), never("a"));
    expect(answers(policy, [start, restart, operator])).toEqual([launch(), launch(), launch()]);
    expect(answers(policy, [failed(42), start])).toEqual([launch()]);
    expect(answers(policy, [failed(42), operator, operator])).toEqual([
      refuse("a", null),
      refuse("a", null),
    ]);
    expect(answers(policy, [failed(1), operator])).toEqual([launch()]);
    const granted = when(code(42), slidingWindow({ limit: 2, windowMs: 10 }));
    expect(answers(granted, [failed(42), restart, operator, operator])).toEqual([
      launch(),
      launch(),
      refuse("window-full", 10),
    ]);
    expect(answers(policy, [failed(42), { type: "reset" }, operator])).toEqual([launch()]);
  });

  it("steps the policy by what concerns it, and by healthy and reset always", () => {
    const policy = when(code(42), willing() as RestartPolicy<Tally>);
    const states = [
      [start, 0, 0],
      [failed(1), 0, 0],
      [restart, 0, 0],
      [{ type: "healthy" }, 1, 0],
      [failed(42), 2, 0],
      [start, 2, 0],
      [restart, 2, 1],
      [operator, 2, 2],
      [{ type: "healthy" }, 3, 2],
      [{ type: "reset" }, 4, 2],
      [operator, 4, 2],
    ] as const;
    let state = policy.initial();
    for (const [event, facts, asked] of states) {
      [state] = policy.step(state, event as RestartEvent, 0);
      expect(state.member).toEqual({ facts, asked });
    }
  });

  it("calls the predicate once per exit, with the exit, and for nothing else", () => {
    const seen: unknown[] = [];
    const policy = when((exit) => {
      seen.push(exit);
      return true;
    }, allOf());
    answers(policy, [
      start,
      ...exits.flatMap((exit) => [exited(exit), restart, operator]),
      { type: "reset" },
    ]);
    expect(seen).toEqual(exits);
  });

  it("takes a truthy answer for true", () => {
    const policy = when((() => "yes") as never, never("a"));
    const [state] = policy.step(policy.initial(), failed(1), 0);
    expect(state.matched).toBe(true);
  });

  it("leaves the state as it was when the predicate throws", () => {
    const policy = when(() => {
      throw new Error("no");
    }, never("a"));
    const child = cell(policy, options);
    expect(() => child.failed(exitOf(1), { uptimeMs: 0 })).toThrow("no");
    expect(child.state).toEqual(policy.initial());
  });

  it("gives back the same state when nothing changed", () => {
    const policy = when(code(42), restartPolicy({ name: "yes", launch: (s) => [s, launch()] }));
    const fresh = policy.initial();
    for (const event of [
      start,
      restart,
      operator,
      { type: "healthy" },
      { type: "reset" },
    ] as const) {
      expect(policy.step(fresh, event, 0)[0]).toBe(fresh);
    }
    const [told] = policy.step(fresh, failed(42), 0);
    expect(policy.step(told, failed(42), 0)[0]).toBe(told);
    expect(policy.step(told, restart, 0)[0]).toBe(told);
  });

  it("is idle when the policy is and the last exit does not matter any more", () => {
    const policy = when(code(42), slidingWindow({ limit: 1, windowMs: 10 }));
    const [other] = policy.step(policy.initial(), failed(1), 0);
    expect(policy.idle?.(policy.initial(), 0)).toBe(true);
    expect(policy.idle?.(other, 0)).toBe(false);
    expect(policy.idle?.(policy.step(other, restart, 0)[0], 0)).toBe(true);
    const [matched] = policy.step(policy.initial(), failed(42), 0);
    const [counted] = policy.step(matched, restart, 0);
    expect(policy.idle?.(counted, 100)).toBe(false);
    expect(policy.idle?.(policy.step(counted, { type: "reset" }, 100)[0], 100)).toBe(true);
  });

  it("reads its state back, and says which part of it is bad", () => {
    const policy = when(code(42), slidingWindow({ limit: 1, windowMs: 10 }));
    const saved = { matched: true, member: { stamps: [900] } };
    expect(policy.parse(JSON.parse(JSON.stringify(saved)), 500)).toEqual({
      matched: true,
      member: { stamps: [500] },
    });
    for (const [raw, path] of [
      [null, ""],
      [{ matched: 1, member: { restarts: 0 } }, "matched"],
      [{ matched: null, member: { restarts: -1 } }, "member.restarts"],
      [{ matched: null }, "member"],
    ] as const) {
      const capped = when(code(42), lifetimeCap({ restarts: 1 }));
      expect(() => capped.parse(raw, 0)).toThrow(
        expect.toSatisfy((error) => isPolicyStateError(error) && error.path === path),
      );
    }
  });

  it.each([
    [undefined, never("a"), "when: predicate must be a function, got undefined"],
    [never("a"), () => true, "when: predicate must be a function"],
    [() => true, undefined, "when: policy must be a restart policy, got undefined"],
    [() => true, { policy: never("a") }, "did you mean preset.policy?"],
  ])("refuses %#", (predicate, policy, message) => {
    expect(() => when(predicate as never, policy as never)).toThrow(message);
  });

  it("describes itself, and has types", () => {
    const policy = when(code(42), slidingWindow({ limit: 1, windowMs: 10 }));
    expect(policy.name).toBe("when(slidingWindow)");
    expect(policy.describe).toMatchObject({ kind: "when", options: {}, timesMs: [10] });
    expect(policy.describe).not.toHaveProperty("limit");
    expectTypeOf(policy).toEqualTypeOf<RestartPolicy<WhenState<WindowState>>>();
  });
});

describe("predicates know the kinds of exits", () => {
  it("may take any field, and narrow by kind", () => {
    when(
      ({ error, code, signal, afterMs }) => Boolean(error ?? code ?? signal ?? afterMs),
      never("a"),
    );
    giveUpOn(({ error }) => error instanceof TypeError);
    stopWhen(({ value }) => value === 5);
    when((exit) => {
      if (exit.kind === "signalled") expectTypeOf(exit.signal).toEqualTypeOf<string>();
      if (exit.kind === "timed-out") expectTypeOf(exit.afterMs).toEqualTypeOf<number>();
      return exit.kind === "out-of-memory";
    }, never("a"));
    const judge = (exit: Exit) => exit.kind === "failed";
    when(judge, never("a"));
    giveUpOn(judge);
    // @ts-expect-error: there is no such kind
    when((exit) => exit.kind === "crashed", never("a"));
  });
});

describe("when in compositions", () => {
  it("allOf: a budget for each cause", () => {
    const spawn = giveUp(slidingWindow({ limit: 1, windowMs: 100 }));
    const crashes = giveUp(slidingWindow({ limit: 2, windowMs: 100 }));
    const policy = allOf(
      when(({ kind }) => kind === "spawn-failed", spawn),
      when(({ kind }) => kind === "failed", crashes),
    );
    const noEntry = exited({ kind: "spawn-failed", error: "ENOENT" });
    const story = [noEntry, restart, failed(1), restart, failed(1), restart, failed(1), restart];
    expect(answers(policy, story)).toEqual([
      launch(),
      launch(),
      launch(),
      refuse("window-full", null),
    ]);
    expect(answers(policy, [...story.slice(0, 4), noEntry, restart])[2]).toEqual(
      refuse("window-full", null),
    );
  });

  it("inTurn: exit 42 starts at once, and is counted all the same", () => {
    const policy = inTurn(
      when((exit) => exit.code !== 42, backoff({ initialMs: 20 })),
      slidingWindow({ limit: 2, windowMs: 1_000 }),
    );
    expect(answers(policy, [failed(1), restart])).toEqual([launch(20)]);
    expect(
      answers(policy, [failed(42), restart, failed(42), restart, failed(42), restart]),
    ).toEqual([launch(), launch(), refuse("window-full", 1_000)]);
  });

  it("keyed: each key has its own last exit", () => {
    const jobs = cell(keyed(when(code(42), never("a")), { maxKeys: 5 }), options);
    expect(jobs.failed(exitOf(42), { key: "a", uptimeMs: 0 })).toEqual(refuse("a", null));
    expect(jobs.failed(exitOf(1), { key: "b", uptimeMs: 0 })).toEqual(launch());
    jobs.send({ key: "a", event: failed(1) as never });
    expect(jobs.send({ key: "a", event: { type: "launch", cause: "operator" } })).toEqual(launch());
  });

  it("a delay that the error names, for the errors that name one", () => {
    const named = restartPolicy<number>({
      name: "named-delay",
      initial: () => 0,
      exited: (_, { exit }) =>
        Number((exit as { error?: { retryAfterMs?: number } }).error?.retryAfterMs),
      launch: (state) => [state, launch(state)],
    });
    const names = ({ error }: AnyExit) =>
      (error as { retryAfterMs?: number } | undefined)?.retryAfterMs !== undefined;
    const job = cell(
      allOf(
        when(names, named),
        when((exit) => !names(exit), backoff({ initialMs: 10 })),
      ),
      options,
    );
    const busy = Object.assign(new Error("busy"), { retryAfterMs: 700 });
    expect(job.failed(exitOf(null, null, busy), { uptimeMs: 0 })).toEqual(launch(700));
    expect(job.failed(exitOf(null, null, new Error("no")), { uptimeMs: 0 })).toEqual(launch(10));
  });

  it("the same cause three times in a row is the end", () => {
    const policy = when(code(3), giveUp(slidingWindow({ limit: 2, windowMs: 1_000 })));
    const story = [failed(3), restart, failed(1), restart, failed(3), restart, failed(3), restart];
    expect(answers(policy, story)).toEqual([
      launch(),
      launch(),
      launch(),
      refuse("window-full", null),
    ]);
  });
});

describe("when is its policy, on the part of the story that concerns it", () => {
  it("for exits that always match: the policy, but for starts and what comes before the first exit", () => {
    const stories = anyMember.chain((member) =>
      traces(timesOf([member])).map((trace) => [member, trace] as const),
    );
    often(stories, ([member, trace]) => {
      let state = member.initial();
      let matched = false;
      let met = false;
      for (const { event, now, decision, after } of tell(
        when(() => true, member),
        trace,
      )) {
        if (event.type === "launch" && (event.cause === "start" || !matched)) {
          expect(decision).toEqual(launch());
        } else {
          const [next, answer] = member.step(state, event, now);
          expect(decision).toEqual(answer);
          state = next;
          met ||= answer.type !== "noted";
        }
        if (event.type === "exited") matched = true;
        if (event.type === "reset") matched = false;
        expect(after.member).toEqual(state);
      }
      return met;
    });
  });

  it("for exits that never match: healthy and reset only, and every launch at once", () => {
    const policy = when(() => false, tally("a", () => refuse("a", 5)) as RestartPolicy);
    const story = [start, crash, restart, operator, { type: "healthy" } as const, crash, restart];
    expect(answers(policy, story)).toEqual([launch(), launch(), launch(), launch()]);
    expect(policy.step(policy.initial(), crash, 0)[1]).toBe(noted);
  });
});
