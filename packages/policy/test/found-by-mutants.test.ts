// What a small change of the sources would spoil, and what no other test looked at: each was found by `pnpm mutate`.

import { describe, expect, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import { thrown } from "../../../config/testing/thrown.ts";
import {
  type AnyExit,
  allOf,
  cell,
  changedMembers,
  didYouMean,
  type Exit,
  exitOf,
  exitRecord,
  inTurn,
  isPolicyOptionsError,
  launch,
  noted,
  type RestartPolicy,
  readOptions,
  refuse,
  restartOn,
  restartPolicy,
  steadyClock,
  waitOut,
  when,
} from "../src/index.js";
import { crash, restart, start } from "./traces.js";

const options = { clock: () => 0, random: () => 0 };

const refusal = (act: () => unknown) => thrown(isPolicyOptionsError, act);

/** A policy with a state that is never idle, since it has no `idle`. */
const busy: RestartPolicy = {
  name: "busy",
  describe: { kind: "busy", options: {}, timesMs: [70] },
  initial: () => 0,
  step: (state, event) => [state, event.type === "launch" ? launch() : noted],
  parse: (raw) => raw,
};

const answering = (...answers: readonly unknown[]): RestartPolicy<number> =>
  restartPolicy({
    name: "answering",
    initial: () => 0,
    parse: Number,
    launch: (asked) => [asked + 1, answers[asked] as ReturnType<typeof launch>],
  });

describe("waitOut", () => {
  it("names and describes what it holds, and is idle when that says so", () => {
    const policy = waitOut(busy);
    expect(policy.name).toBe("waitOut(busy)");
    expect(policy.describe).toStrictEqual({
      kind: "waitOut",
      options: {},
      timesMs: [70],
      members: [busy.describe],
    });
    expect(policy.idle?.(0, 0)).toBe(false);
  });

  it("hands on what breaks the contract at the instant of the hint", () => {
    const policy = waitOut(answering(refuse("later", 5), { type: "odd" }));
    expect(policy.step(0, restart, 0)).toStrictEqual([2, { type: "odd" }]);
  });
});

describe("when", () => {
  const policy = when(({ kind }: AnyExit) => kind === "failed", busy);

  it("shows its member, and is idle when that says so", () => {
    expect(policy.describe.members).toStrictEqual([busy.describe]);
    expect(policy.members).toStrictEqual([busy]);
    expect(policy.idle?.(policy.initial(), 0)).toBe(false);
  });

  it("is not idle after an exit, whatever its member says", () => {
    const calm = when(() => true, { ...busy, idle: () => true });
    expect(calm.idle?.(calm.initial(), 0)).toBe(true);
    expect(calm.idle?.(calm.step(calm.initial(), crash, 0)[0], 0)).toBe(false);
  });

  it("reads back what the predicate said, either way", () => {
    for (const matched of [true, false, null]) {
      expect(policy.parse({ matched, member: 0 }, 0)).toStrictEqual({ matched, member: 0 });
    }
  });

  it("says which of the two comes first", () => {
    expect(
      refusal(() => (when as (...given: unknown[]) => unknown)(busy, () => true)).message,
    ).toContain("(the predicate comes first: when(exit => ..., policy))");
  });
});

describe("a word that another system has for a type", () => {
  const said = (word: string) => refusal(() => restartOn(word as "transient")).message;

  it.each([
    ["unlessstopped", "permanent"],
    ["unless-stopped", "permanent"],
    ["failure", "transient"],
    ["Failures", "transient"],
    ["onfailure", "transient"],
    ["NEVER", "temporary"],
  ])("%s", (word, type) => {
    expect(said(word)).toContain(`${word} is "${type}" here`);
  });

  it.each(["notalways", "always2", "xon-failure", "on-failure:3", "casino", "nobody"])(
    "%s only has one in it",
    (word) => {
      expect(said(word)).not.toContain("here");
    },
  );
});

describe("the nearest name", () => {
  it("is that of a text alone: a number has none", () => {
    expect(didYouMean(55, ["55"])).toBe("");
  });

  it("does not ask an object for its text", () => {
    const trap = {
      toString: () => {
        throw new Error("asked");
      },
    };
    expect(didYouMean("fals", [trap, "false"])).toBe("did you mean false?");
  });

  it("is looked for among the first 60 letters", () => {
    const name = "a name that is as long as the longest one";
    expect(didYouMean(`${name}${"#".repeat(1_000)}`, [name])).toBe(`did you mean ${name}?`);
  });
});

describe("an error", () => {
  it("about an unknown option allows that it is left out", () => {
    const read = readOptions("f", { colour: 1 } as object);
    expect(refusal(() => read.end()).allowed).toBe("left out");
  });

  it("about a clock names it, before it is read", () => {
    const error = refusal(() => steadyClock(5 as never));
    expect(error.option).toBe("clock");
    expect(error.message).toContain("steadyClock: clock must be");
  });

  it("about a code speaks of an error only where there is one", () => {
    expect(refusal(() => exitOf(1.5)).message).toBe(
      "exitOf: code must be a whole number or null, got 1.5",
    );
  });

  it.each<[what: string, value: unknown, end: string]>([
    ["nothing of a policy", {}, "got {}"],
    ["half of a preset", { policy: { step() {} } }, "}"],
    [
      "a function without a name",
      [() => busy][0],
      "(a factory: did you mean to call it, policy(...)?)",
    ],
    ["a list that cannot be looked at", revoked(), ""],
  ])("about what is no policy: %s", (_, value, end) => {
    const { message } = refusal(() => cell(value as RestartPolicy, options));
    expect(message.endsWith(end)).toBe(true);
    expect(message).not.toMatch(/it has no|a list|preset/);
  });
});

it("a time of 0 is a length", () => {
  const child = cell(restartOn("transient"), options);
  const exit: Exit = { kind: "timed-out", afterMs: 0 };
  expect(child.failed(exit, { uptimeMs: 0 })).toEqual(launch());
});

it("a record keeps what has left the group", () => {
  expect(exitRecord({ kind: "failed", escaped: ["812 sleep"] })).toMatchObject({
    escaped: ["812 sleep"],
  });
});

it("a record of what cannot be looked at has no error that nobody threw", () => {
  expect(exitRecord(trap() as Exit)).not.toHaveProperty("error");
});

describe("a cell", () => {
  it("of what has deadlines, and says of no alphabet, is not asked about a failure", () => {
    const slot = { ...busy, deadline: () => null };
    const child = cell(slot, options);
    const { message } = refusal(() => child.failed({ kind: "failed" }, { uptimeMs: 0 }));
    expect(message).toMatch(/^cell\.failed: /);
  });

  it("whose policy answers an exit with nothing still says what it answers the request", () => {
    const mute: RestartPolicy = {
      ...busy,
      step: (state, { type }) => [state, (type === "launch" ? launch() : undefined) as never],
    };
    expect(cell(mute, options).failed({ kind: "failed" }, { uptimeMs: 0 })).toEqual(launch());
  });
});

it("alone in turn, a policy keeps its hint, also one that is too long", () => {
  const early = restartPolicy({
    name: "early",
    initial: () => 0,
    parse: Number,
    launch: (state, _, now) => [state, now >= 50 ? launch() : refuse("later", 100)],
  });
  expect(inTurn(early).step(inTurn(early).initial(), start, 0)[1]).toEqual(refuse("later", 100));
});

describe("the key of a member", () => {
  it("is the name that a user gave to a composition", () => {
    const mine = { ...allOf(busy, restartOn("transient")), name: "mine" };
    const was = allOf(mine, busy).initial();
    expect(changedMembers(allOf(busy, busy), JSON.parse(JSON.stringify(was)))).toEqual({
      fresh: ["busy#2"],
      dropped: ["mine"],
    });
  });

  it("of one that holds several has all of them", () => {
    const both = { ...allOf(busy), name: "both(x)", describe: { ...busy.describe, kind: "both" } };
    const holder = { ...both, holds: { a: busy, b: restartOn("transient") } };
    const was = allOf(holder).initial();
    const { dropped } = changedMembers(
      allOf(restartOn("transient")),
      JSON.parse(JSON.stringify(was)),
    );
    expect(dropped).toEqual(["both(busy, restartOn)"]);
  });
});
