// What is wrong in a document is said with its path, what is allowed, what was there, and the nearest right
// name.

import { describe, expect, it } from "vitest";
import {
  durationFrom,
  isPolicySpecError,
  keyedFrom,
  PolicySpecError,
  policyFrom,
  presetFrom,
} from "../src/index.js";

function errorOf(read: () => unknown): PolicySpecError {
  try {
    read();
  } catch (error) {
    if (isPolicySpecError(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const messageOf = (json: unknown) => errorOf(() => policyFrom(json)).message;

const POLICY =
  'an object with a kind or a preset, or a short form ("10/10m", "200ms..30s", "on-failure")';
const WHOLE = "a whole number from 0 to 9007199254740991";
const IN_MS = 'a number of milliseconds, or a duration such as "500ms", "10s" or "1h30m"';
const at = (place: number, member: unknown) => ({
  kind: "allOf",
  members: [...Array.from({ length: place }, () => "always"), member],
});

describe("policyFrom says where and what", () => {
  it.each<[reason: string, json: unknown, message: RegExp | string]>([
    ["a number", 5, `policy must be ${POLICY}, got 5`],
    ["null", null, `policy must be ${POLICY}, got null`],
    ["nothing", undefined, "policy must be plain JSON, got undefined"],
    ["neither kind nor preset", { kin: "allOf" }, /got {"kin":"allOf"} \(did you mean kind\?\)$/],
    [
      "a list, as allOf takes it",
      ["always"],
      `policy must be ${POLICY}, got ["always"] (did you mean { "kind": "allOf", "members": [...] }?)`,
    ],
    ["JSON text", '{"kind":"backoff"}', /\(if it is JSON text, parse it first\)$/],
    ["a preset's name alone", "docker", /got "docker" \(did you mean { "preset": "docker" }\?\)$/],
    [
      "a factory's name alone",
      "backoff",
      /got "backoff" \(did you mean { "kind": "backoff" }\?\)$/,
    ],
    [
      "a misspelled type",
      at(1, "transiant"),
      /^policy.members\[1\] must .* \(did you mean transient\?\)$/,
    ],
    [
      "a misspelled kind",
      { kind: "slidingwindow" },
      /^policy.kind must be one of allOf, .*\(did you mean slidingWindow\?\)$/,
    ],
    [
      "a preset as kind",
      { kind: "docker" },
      /^policy.kind .*\(did you mean { "preset": "docker" }\?\)$/,
    ],
    [
      "a kind as preset",
      { preset: "backoff" },
      /^policy.preset .*\(did you mean { "kind": "backoff" }\?\)$/,
    ],
    [
      "a misspelled preset",
      { preset: "kubernets" },
      /^policy.preset .*\(did you mean kubernetes\?\)$/,
    ],
    [
      "a kind that is no text",
      { kind: { toString: 1 } },
      /^policy.kind must be one of .*, got {"toString":1}$/,
    ],
    [
      "kind and preset",
      { preset: "docker", kind: "backoff" },
      /^policy.kind is unknown \(known: preset, options/,
    ],
    [
      "options beside kind",
      { kind: "slidingWindow", limit: 3 },
      /^policy.limit is unknown \(.*options stand in options\)$/,
    ],
    [
      "options that are none",
      { kind: "backoff", options: [] },
      "policy.options must be an object of options, got []",
    ],
    [
      "members of a leaf",
      { kind: "backoff", members: [] },
      "policy.members is unknown (only what is made of policies has members)",
    ],
    ["no members", { kind: "allOf" }, "policy.members must be an array of policies, got undefined"],
    [
      "one member too few",
      { kind: "coarse", options: { unitMs: 1 }, members: [] },
      "policy.members must be an array of exactly 1 policy, got 0",
    ],
    [
      "one too many",
      { kind: "giveUp", members: ["always", "never"] },
      "policy.members must be an array of exactly 1 policy, got 2",
    ],
    [
      "a bad $schema",
      { kind: "backoff", $schema: 5 },
      "policy.$schema must be the address of a schema, as text, got 5",
    ],
    [
      "an option that is missing",
      at(0, { kind: "slidingWindow", options: { windowMs: 1 } }),
      new RegExp(`^policy.members\\[0\\].options.limit must be ${WHOLE}, got undefined`),
    ],
    [
      "a number as text",
      at(2, { kind: "slidingWindow", options: { limit: "3", windowMs: 1 } }),
      `policy.members[2].options.limit must be ${WHOLE}, got "3"`,
    ],
    [
      "one below the range",
      { kind: "coarse", options: { unitMs: 0 }, members: ["always"] },
      /^policy.options.unitMs must be a whole number from 1 to 9007199254740991, got 0$/,
    ],
    [
      "the same as a duration",
      { kind: "coarse", options: { unitMs: "0s" }, members: ["always"] },
      /got "0s", which is 0$/,
    ],
    [
      "a duration with a space",
      { kind: "slidingWindow", options: { limit: 1, windowMs: "10 s" } },
      `policy.options.windowMs must be ${IN_MS}, got "10 s" (did you mean "10s"?)`,
    ],
    [
      "an option that is unknown",
      { kind: "lifetimeCap", options: { restarts: 1, max: 1 } },
      /^policy.options.max (must be left out|is unknown)/,
    ],
    [
      "an entry of a table",
      { kind: "backoff", options: { curve: { kind: "table", options: { delaysMs: [1, "1x"] } } } },
      /^policy.options.curve.options.delaysMs\[1\] must be a number of milliseconds, or .*, got "1x"/,
    ],
    [
      "an entry out of range",
      { kind: "backoff", options: { curve: { kind: "table", options: { delaysMs: [1, -1] } } } },
      /^policy.options.curve.options.delaysMs\[1\] must be .*, got -1$/,
    ],
    [
      "a misspelled curve",
      { kind: "backoff", options: { curve: { kind: "exponental" } } },
      'policy.options.curve.kind must be one of constant, exponential, linear, steps, table, got "exponental" (did you mean exponential?)',
    ],
    [
      "a curve by its name alone",
      { kind: "backoff", options: { curve: "linear" } },
      'policy.options.curve must be an object with a kind, got "linear"',
    ],
    [
      "a jitter's bad option",
      { kind: "backoff", options: { jitter: { kind: "proportional", options: { between: [1] } } } },
      /^policy.options.jitter.options.between must be an array of two numbers from 0 to 1000000, got \[1\]$/,
    ],
    [
      "the band of a budget",
      { kind: "decayingBudget", options: { onTrip: "delay", jitter: { between: 2 } } },
      /^policy.options.jitter.between must be an array of two numbers from 0 to 1000000, got 2$/,
    ],
    [
      "options that forbid each other",
      { kind: "backoff", options: { firstRestart: "immediate" } },
      /^policy.options.counts must be "restarts" if the first is immediate, got "failures"$/,
    ],
    [
      "a preset's option",
      { preset: "systemd", options: { restart: "on-falure" } },
      /^policy.options.restart must be one of no, always, .*, got "on-falure"/,
    ],
  ])("%s", (_, json, message) => {
    expect(messageOf(json)).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });

  it.each(["stopWhen", "giveUpOn", "when", "restartPolicy"])("%s takes a function", (kind) => {
    expect(messageOf(at(0, { kind }))).toMatch(
      /^policy.members\[0\].kind must be one of .* \(it takes a function, which JSON cannot hold\)$/,
    );
  });

  it.each(["stopWhen", "giveUpWhen"])("so does the option %s of a preset", (option) => {
    const json = { preset: "processkit3", options: { [option]: { kind: "custom" } } };
    expect(messageOf(json)).toBe(
      `policy.options.${option} must be given in code: JSON holds no function, got {"kind":"custom"}`,
    );
  });

  it("keyed is read by keyedFrom", () => {
    const json = { kind: "keyed", options: { maxKeys: 1 }, members: ["always"] };
    expect(messageOf(json)).toMatch(/\(its events have keys: read it with keyedFrom\)$/);
    expect(keyedFrom(json).name).toBe("keyed(restartOn)");
  });

  it("and gives path, expectation and value for themselves", () => {
    const { name, code, path, expected, got } = errorOf(() => policyFrom(at(1, { kind: "x" })));
    expect({ name, code, path, got }).toEqual({
      name: "PolicySpecError",
      code: "ERR_POLICY_SPEC",
      path: "members[1].kind",
      got: '"x"',
    });
    expect(expected).toMatch(/^one of allOf/);
  });
});

it.each<[reason: string, read: () => unknown, message: string]>([
  [
    "presetFrom: a kind",
    () => presetFrom({ kind: "backoff" }),
    "policy.kind is unknown (known: preset, options, $schema; options stand in options)",
  ],
  [
    "presetFrom: a text",
    () => presetFrom("docker"),
    'policy must be an object with a preset, got "docker"',
  ],
  ["presetFrom: no preset", () => presetFrom({}), "policy.preset must be one of"],
  [
    "keyedFrom: another kind",
    () => keyedFrom({ kind: "allOf" }),
    'policy.kind must be "keyed", got "allOf"',
  ],
  [
    "keyedFrom: no object",
    () => keyedFrom("1/1s"),
    'policy must be an object of the kind keyed, got "1/1s"',
  ],
  [
    "keyedFrom: options",
    () => keyedFrom({ kind: "keyed", members: ["1/1s"] }),
    `policy.options.maxKeys must be ${WHOLE}, got undefined`,
  ],
  [
    "durationFrom: a number",
    () => durationFrom(5 as never),
    'duration must be a duration such as "500ms", "10s" or "1h30m", got 5',
  ],
])("%s", (_, read, message) => {
  expect(errorOf(read).message.slice(0, message.length)).toBe(message);
});

it("an error of another copy of the package is one, too", () => {
  expect(isPolicySpecError({ code: "ERR_POLICY_SPEC" })).toBe(true);
  expect(isPolicySpecError(new PolicySpecError("", "a policy", "5"))).toBe(true);
  expect([undefined, null, 5, new Error("x")].some(isPolicySpecError)).toBe(false);
});
