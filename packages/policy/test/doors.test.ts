// Whoever takes a policy from a user refuses what is none, by name, and says what was probably meant.

import { describe, expect, it } from "vitest";
import { revoked, trap } from "../../../config/testing/strange-values.ts";
import {
  allOf,
  cell,
  changedMembers,
  coarse,
  exitOf,
  giveUp,
  giveUpOn,
  inTurn,
  isPolicyOptionsError,
  keyed,
  launch,
  lifetimeCap,
  type RestartPolicy,
  readArguments,
  readPolicy,
  replay,
  restartOn,
  restartPolicy,
  stopWhen,
  waitOut,
  when,
} from "../src/index.js";

const policy = restartOn("permanent") as RestartPolicy;
const options = { clock: () => 0, random: () => 0 };
type Given = RestartPolicy;

const DOORS: readonly [string, string, (given: Given) => unknown][] = [
  ["allOf", "members[0]", (given) => allOf(given)],
  ["allOf", "members[1]", (given) => allOf(policy, given)],
  ["inTurn", "members[0]", (given) => inTurn(given)],
  ["inTurn", "members[1]", (given) => inTurn(policy, given)],
  ["inTurn", "members[2]", (given) => inTurn(policy, policy, given)],
  ["giveUp", "policy", (given) => giveUp(given)],
  ["waitOut", "policy", (given) => waitOut(given)],
  ["when", "policy", (given) => when(() => true, given)],
  ["coarse", "policy", (given) => coarse(given, 1_000)],
  ["keyed", "policy", (given) => keyed(given, { maxKeys: 1 })],
  ["cell", "policy", (given) => cell(given, options)],
  ["replay", "policy", (given) => replay([], given)],
  ["changedMembers", "policy", (given) => changedMembers(given, null)],
];

const remote = { name: "store", describe: {}, ask: async () => null };

const MEANT: readonly [string, unknown, string][] = [
  ["a preset", { policy, gracePeriodMs: 5 }, "a preset: did you mean preset.policy?"],
  ["a list", [policy, policy], "a list: did you mean allOf(...list)?"],
  ["a factory", restartOn, "a factory: did you mean to call it, restartOn(...)?"],
  ["a promise", Promise.resolve(policy), "a promise: did you forget await?"],
  ["a remote policy", remote, "a remote policy answers later: only supervise takes one"],
  ["one without parse", { ...policy, parse: undefined }, "it has no parse()"],
  ["a step alone", { step: () => [] }, "it has no initial() and no parse()"],
];

const UNKNOWN: readonly [string, unknown][] = [
  ["options", { limit: 3, windowMs: 1_000 }],
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["a text", "backoff"],
  ["a Proxy that traps everything", trap()],
  ["a revoked Proxy", revoked()],
];

function refusal(call: () => unknown): Error & { readonly option: string } {
  try {
    call();
  } catch (error) {
    if (isPolicyOptionsError(error)) return error;
    throw error;
  }
  return expect.unreachable();
}

describe.each(DOORS)("%s, %s", (owner, option, call) => {
  it.each(MEANT)("refuses %s, and says what was meant", (_, given, hint) => {
    const error = refusal(() => call(given as Given));
    expect(error.option).toBe(option);
    expect(error.message.startsWith(`${owner}: ${option} must be a restart policy, got `)).toBe(
      true,
    );
    expect(error.message.endsWith(` (${hint})`)).toBe(true);
  });

  it.each(UNKNOWN)("refuses %s", (_, given) => {
    expect(refusal(() => call(given as Given)).message).toMatch(
      /^\w+: \S+ must be a restart policy/,
    );
  });

  it("takes a policy, also one written by hand", () => {
    const { name, describe, initial, step, parse } = policy;
    expect(() => call({ name, describe, initial, step, parse })).not.toThrow();
  });
});

type Loose = (...given: readonly unknown[]) => unknown;

/** Whatever takes a fixed number of arguments, called as it may be. */
const CALLS: readonly [string, unknown, readonly unknown[]][] = [
  ["giveUp", giveUp, [policy]],
  ["waitOut", waitOut, [policy]],
  ["when", when, [() => true, policy]],
  ["coarse", coarse, [policy, 1_000]],
  ["keyed", keyed, [policy, { maxKeys: 1 }]],
  ["cell", cell, [policy, options]],
  ["replay", replay, [[], policy]],
  ["changedMembers", changedMembers, [policy, null]],
  ["restartOn", restartOn, ["transient"]],
  ["giveUpOn", giveUpOn, [() => false]],
  ["stopWhen", stopWhen, [() => false]],
  ["lifetimeCap", lifetimeCap, [{ restarts: 3 }]],
  ["restartPolicy", restartPolicy, [{ name: "x", launch: () => [null, launch()] }]],
  ["exitOf", exitOf, [1, null, undefined]],
];

describe.each(CALLS)("%s drops nothing silently", (owner, call, given) => {
  const more = (...extra: readonly unknown[]) => (call as Loose)(...given, ...extra);

  it("takes what it takes, and undefined behind it", () => {
    expect(() => more()).not.toThrow();
    expect(() => more(undefined)).not.toThrow();
    expect(() => more(undefined, undefined, undefined)).not.toThrow();
  });

  it.each<[string, unknown]>([
    ["a policy", policy],
    ["options", { limit: 3 }],
    ["a preset", { policy }],
    ["a number", 3],
    ["a text", "x"],
    ["null", null],
    ["false", false],
    ["a Proxy that traps everything", trap()],
    ["a revoked Proxy", revoked()],
  ])("refuses %s as one argument more", (_, extra) => {
    for (const all of [[extra], [undefined, extra], [extra, extra]]) {
      const error = refusal(() => more(...all));
      const place = given.length + all.indexOf(extra);
      expect(error.option).toBe(`arguments[${place}]`);
      expect(
        error.message.startsWith(
          `${owner}: arguments[${place}] must be left out: it takes ${given.length}, got `,
        ),
      ).toBe(true);
    }
  });
});

describe("readArguments", () => {
  const cap = { ...policy, name: "cap" };
  const message = (owner: string, given: readonly unknown[], most: number) =>
    refusal(() => readArguments(owner, given, most)).message;

  it("says what was meant by a policy, and nothing of anything else", () => {
    const two = message("giveUp", [policy, cap], 1);
    expect(two.startsWith("giveUp: arguments[1] must be left out: it takes 1, got {")).toBe(true);
    expect(two.endsWith(" (a policy: did you mean allOf(...)?)")).toBe(true);
    expect(message("x", [{ a: 1 }, {}, { b: 2 }], 2)).toBe(
      'x: arguments[2] must be left out: it takes 2, got {"b":2}',
    );
  });

  it("lets list.map through, and nothing that only looks like it", () => {
    expect([policy, cap].map(giveUp).map(({ name }) => name)).toEqual([
      "giveUp(restartOn)",
      "giveUp(cap)",
    ]);
    expect(() => readArguments("x", ["a", 0, ["a"]], 1)).not.toThrow();
    expect(message("x", ["a", 0, ["b"]], 1)).toContain("arguments[1]");
    expect(message("x", ["a", 1, ["a"]], 1)).toContain("arguments[1]");
    expect(message("x", ["a", "length", "b"], 1)).toContain("arguments[1]");
    expect(message("x", ["a", "x", { x: "a" }], 1)).toContain("arguments[1]");
    expect(message("x", ["a", 0], 1)).toContain("arguments[1]");
    expect(message("x", ["a", 0, ["a"]], 2)).toContain("arguments[2]");
  });
});

describe("readPolicy", () => {
  it.each(["initial", "step", "parse"] as const)("refuses a policy whose %s is async", (method) => {
    const own = { ...policy, [method]: async () => expect.unreachable() };
    for (const make of [() => allOf(policy, own as never), () => giveUp(own as never)]) {
      expect(refusal(make).message).toMatch(
        /^(allOf|giveUp): .* must be a restart policy, got .* \(a method of it is async\)$/,
      );
    }
  });

  it("names what the caller says instead of a preset, and passes a remote policy where it may", () => {
    const door = { preset: "{ ...preset }", remote: true };
    expect(refusal(() => readPolicy("supervise", "policy", { policy }, door)).message).toMatch(
      /^supervise: policy must be .* \(a preset: did you mean \{ \.\.\.preset \}\?\)$/,
    );
    expect(readPolicy("supervise", "policy", remote, door)).toBe(remote);
  });
});

describe("inTurn takes any number of members", () => {
  it("and drops none", () => {
    const names = inTurn(policy, policy, policy).members?.map(({ name }) => name);
    expect(names).toEqual(["restartOn", "restartOn", "restartOn"]);
    const never = restartOn("temporary");
    const request = { type: "launch", cause: "restart", draw: 0, wall: 0 } as const;
    const last = inTurn(policy, policy, never);
    expect(last.step(last.initial(), request, 0)[1]).toHaveProperty("reason", "not-wanted");
  });
});

describe("restartOn says which type another system's word means", () => {
  it.each([
    ["on-failure", '(on-failure is "transient" here)'],
    ["onFailure", '(onFailure is "transient" here)'],
    ["on_failure", "from"],
    ["always", '(always is "permanent" here)'],
    ["unless-stopped", '(unless-stopped is "permanent" here)'],
    ["no", '(no is "temporary" here)'],
    ["never", '(never is "temporary" here)'],
    ["permanant", "(did you mean permanent?)"],
    [undefined, "got undefined"],
    [true, '(true is "permanent" here)'],
    [Symbol("x"), "got Symbol(x)"],
    [{ toString: 1, valueOf: 1 }, 'got {"toString":1,"valueOf":1}'],
  ])("%j", (type, hint) => {
    const { message } = refusal(() => restartOn(type as "permanent"));
    expect(message).toContain(
      "restartOn: type must be one of permanent, transient, temporary, got ",
    );
    if (hint !== "from") expect(message.endsWith(hint)).toBe(true);
  });
});

describe("restartPolicy checks its parts", () => {
  const launch = (state: null) => [state, { type: "launch", delayMs: 0 }] as const;
  it.each([
    [{ launch }, "name must be of type string, got undefined (given: launch)"],
    [{ name: "x" }, "launch must be of type function, got undefined"],
    [
      { name: "x", lauch: launch },
      "launch must be of type function, got undefined (lauch is given: did you mean launch?)",
    ],
    [{ name: "x", launch, exit: () => null }, "unknown option exit (did you mean exited?)"],
    [{ name: "x", launch, parse: 5 }, "parse must be of type function, got 5"],
    [{ name: "x", launch, describe: "x" }, 'describe must be of type object, got "x"'],
    [undefined, "options must be an object, got undefined"],
  ])("%#", (definition, message) => {
    expect(refusal(() => restartPolicy(definition as never)).message).toBe(
      `restartPolicy: ${message}`,
    );
  });
});

describe("replay checks the journal", () => {
  const event = { type: "launch", cause: "start", draw: 0, wall: 0 };
  const decision = { type: "launch", delayMs: 0 };
  const entry = { at: 0, wall: 0, event, decision };
  it.each<[unknown, string]>([
    [undefined, "journal must be a list of journal entries, got undefined"],
    [policy, "journal must be a list of journal entries, got "],
    [[null], "journal[0] must be an object, got null"],
    ["x", 'journal[0] must be an object, got "x"'],
    [[entry, { ...entry, at: undefined, now: 5 }], "journal[1].at must be a whole number"],
    [[{ ...entry, event: null }], "journal[0].event must be an object, got null"],
    [[{ ...entry, event: { ...event, type: "lunch" } }], "journal[0].event.type must be one of"],
    [
      [{ ...entry, event: { ...event, draw: 1 } }],
      "journal[0].event.draw must be a number in [0, 1)",
    ],
    [[{ ...entry, event: { ...event, draw: undefined } }], "journal[0].event.draw must be"],
    [[{ ...entry, event: { ...event, wall: undefined } }], "journal[0].event.wall must be"],
    [[{ ...entry, decision: undefined }], "journal[0].decision must be an object, got undefined"],
  ])("%#", (journal, message) => {
    expect(refusal(() => replay(journal as never, policy)).message).toContain(`replay: ${message}`);
  });
});
