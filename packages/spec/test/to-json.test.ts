// What JSON cannot hold is refused with the path of the member.

import { backoff, type Jitter } from "@steadfast/backoff";
import {
  allOf,
  cell,
  giveUp,
  giveUpOn,
  inTurn,
  keyed,
  launch,
  type RestartPolicy,
  restartOn,
  restartPolicy,
  stopWhen,
  when,
} from "@steadfast/policy";
import { docker, processkit3, processkit07, systemd } from "@steadfast/presets";
import { slidingWindow } from "@steadfast/sliding-window";
import { describe, expect, it } from "vitest";
import { toJson } from "../src/index.js";

const always = restartOn("permanent");
const never = () => false;
const own = (name: string) => restartPolicy({ name, launch: (state) => [state, launch()] });
const spread: Jitter = { describe: "mine", spread: (delayMs) => delayMs };
const HELD = "a policy that JSON can hold";
const OTHERWISE = "one that describes itself otherwise than ours of that name";

describe("toJson refuses", () => {
  it.each<[reason: string, policy: unknown, message: string]>([
    [
      "stopWhen, two levels down",
      allOf(always, inTurn(always, stopWhen(never))),
      `policy.members[1].members[1] must be ${HELD}, got stopWhen: it takes a function, which JSON cannot hold`,
    ],
    [
      "giveUpOn",
      giveUp(giveUpOn(never)),
      `policy.members[0] must be ${HELD}, got giveUpOn: it takes a function, which JSON cannot hold`,
    ],
    [
      "when, and not what it is about",
      when(never, always),
      `policy must be ${HELD}, got when: it takes a function, which JSON cannot hold`,
    ],
    [
      "a policy of one's own",
      allOf(always, own("day-only")),
      `policy.members[1] must be ${HELD}, got day-only: a policy of your own`,
    ],
    [
      "one that goes by the name of ours",
      allOf(always, own("slidingWindow")),
      `policy.members[1] must be ${HELD}, got ${OTHERWISE}`,
    ],
    ["one named as a combinator", own("allOf"), `policy must be ${HELD}, got ${OTHERWISE}`],
    ["one named as a preset", own("systemd"), `policy must be ${HELD}, got ${OTHERWISE}`],
    [
      "one that is ours but for its name",
      { ...always, name: "logged" },
      `policy must be ${HELD}, got ${OTHERWISE}`,
    ],
    [
      "a curve of one's own",
      backoff({ curve: (n) => n }),
      "policy.options.curve must be a curve that JSON can hold, got a function of your own",
    ],
    [
      "a jitter of one's own",
      allOf(backoff({ jitter: spread })),
      `policy.members[0] must be ${HELD}, got ${OTHERWISE}`,
    ],
    [
      "a jitter of one's own that says so",
      allOf(backoff({ jitter: { ...spread, describe: { kind: "mine" } } })),
      "policy.members[0].options.jitter must be a jitter that JSON can hold, got a function of your own",
    ],
    [
      "a preset's function",
      allOf(processkit07({ stopWhen: never }).policy),
      `policy.members[0].options.stopWhen must be ${HELD}, got a function`,
    ],
    [
      "another",
      processkit3({ giveUpWhen: never }).policy,
      `policy.options.giveUpWhen must be ${HELD}, got a function`,
    ],
    [
      "a keyed policy inside another",
      {
        ...giveUp(always),
        describe: { ...giveUp(always).describe, members: [keyed(always, { maxKeys: 1 }).describe] },
      },
      `policy.members[0] must be ${HELD}, got keyed: its events have keys: read it with keyedFrom`,
    ],
    ["a preset", docker(), `policy must be ${HELD}, got a preset: give preset.policy`],
    [
      "a policy whose state lives elsewhere",
      { name: "redis", describe: { kind: "redis", options: {}, timesMs: [] }, ask: never },
      `policy must be ${HELD}, got one whose state lives elsewhere`,
    ],
    ["nothing", undefined, `policy must be ${HELD}, got undefined`],
    ["a number", 5, `policy must be ${HELD}, got 5`],
    ["a factory that was not called", slidingWindow, `policy must be ${HELD}, got a function`],
    ["a description without a kind", { name: "x", describe: {} }, `policy must be ${HELD}, got {}`],
  ])("%s", (_, policy, message) => {
    expect(() => toJson(policy as RestartPolicy)).toThrow(
      expect.objectContaining({ code: "ERR_POLICY_SPEC", message }),
    );
  });
});

it("a preset is one whole: its own predicates are no matter", () => {
  expect(toJson(docker({ restart: "on-failure:3" }).policy)).toEqual({
    preset: "docker",
    options: { restart: "on-failure:3", fixed: false },
  });
});

it("says all options in force, in the order of describe", () => {
  const json = toJson(systemd({ restart: "always" }).policy);
  expect(Object.keys((json as { options: object }).options)).toEqual(
    Object.keys(systemd().policy.describe.options),
  );
  expect(JSON.stringify(toJson(slidingWindow({ windowMs: 1_000, limit: -0 })))).toBe(
    '{"kind":"slidingWindow","options":{"limit":0,"windowMs":1000,"edge":"half-open",' +
      '"counts":"launches","tripAt":"limit","recordRefused":false,"limitZero":"refuse"}}',
  );
});

it("takes the policy of a cell, and a policy is not changed by it", () => {
  const policy = Object.freeze(slidingWindow({ limit: 1, windowMs: 1 }));
  const before = JSON.stringify(policy.describe);
  toJson(policy);
  expect(JSON.stringify(policy.describe)).toBe(before);
  expect(cell(policy, { clock: () => 0, random: () => 0 })).toBeDefined();
});
