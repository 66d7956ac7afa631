// The options of a supervision: what each may be, and what stands where one is left out.

import { isPolicyOptionsError, launch, restartOn, restartPolicy } from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import { thrown } from "../../../config/testing/thrown.ts";
import { type SupervisionOptions, supervision } from "../src/index.js";
import { answers, World } from "./world.js";

const policy = restartOn("permanent");

const refusal = (act: () => unknown) => thrown(isPolicyOptionsError, act);

const make = (given: object) => supervision({ policy, ...given } as SupervisionOptions);
const WHOLE = "must be a whole number from";
const CUTS = "must be an array of reload, send, each at most once, got";
const READY = "must be liveness where readiness is immediate, got";

describe("a bad option is refused by name, with the range and what was given", () => {
  it.each<readonly [object, string]>([
    [{ isFailure: 5 }, "isFailure must be a function, got 5"],
    [{ onNotYet: "stop" }, 'onNotYet must be one of wait, end, got "stop"'],
    [{ onRefused: "stop" }, 'onRefused must be one of end, hold, got "stop"'],
    [{ operatorLaunches: "x" }, 'operatorLaunches must be one of free, ask, got "x"'],
    [{ delayCutBy: "send" }, `delayCutBy ${CUTS} "send"`],
    [{ delayCutBy: ["stop"] }, `delayCutBy ${CUTS} ["stop"]`],
    [{ delayCutBy: ["send", "send"] }, `delayCutBy ${CUTS} ["send","send"]`],
    [{ shared: 5 }, "shared must be a restart policy, got 5"],
    [{ shared: null }, "shared must be a restart policy, got null"],
    [{ shared: { step: policy.step } }, "shared must be a restart policy, got {}"],
    [{ shared: { initial: policy.initial } }, "shared must be a restart policy, got {}"],
    [{ restartLimit: 5 }, "restartLimit must be a function, got 5"],
    [{ notes: 1 }, "notes must be true or false, got 1"],
    [{ standby: 1_001 }, `standby ${WHOLE} 0 to 1000, got 1001`],
    [{ standby: 0.5 }, `standby ${WHOLE} 0 to 1000, got 0.5`],
    [{ deadlineMs: -1 }, `deadlineMs ${WHOLE} 0 to 9007199254740991, got -1`],
    [{ maxRunMs: -1 }, `maxRunMs ${WHOLE} 0 to 9007199254740991, got -1`],
    [{ standbys: 1 }, "unknown option standbys (did you mean standby?)"],
  ])("%o", (given, message) => {
    expect(refusal(() => make(given)).message).toBe(`supervision: ${message}`);
  });

  it.each<readonly [object, string]>([
    [{ for: "x" }, 'for must be one of readiness, liveness, both, got "x"'],
    [{ periodMs: 0 }, `periodMs ${WHOLE} 1 to 9007199254740991, got 0`],
    [{ timeoutMs: 0 }, `timeoutMs ${WHOLE} 1 to 9007199254740991, got 0`],
    [{ failures: 0 }, `failures ${WHOLE} 1 to 9007199254740991, got 0`],
    [{ period: 5 }, "unknown option period (did you mean periodMs?)"],
    [{ for: "both" }, `for ${READY} "both"`],
    [{ for: "readiness" }, `for ${READY} "readiness"`],
  ])("of a probe: %o", (probe, message) => {
    expect(refusal(() => make({ probe })).message).toBe(`supervision.probe: ${message}`);
  });

  it.each<readonly [object, string]>([
    [{}, "ageMs must be given, or uses, got undefined"],
    [{ spread: 0.5 }, "ageMs must be given, or uses, got undefined"],
    [{ ageMs: 0 }, `ageMs ${WHOLE} 1 to 9007199254740991, got 0`],
    [{ uses: 0 }, `uses ${WHOLE} 1 to 9007199254740991, got 0`],
    [{ uses: 1, spread: 1.5 }, "spread must be a finite number from 0 to 1, got 1.5"],
    [{ uses: 1, use: 5 }, "unknown option use (did you mean uses?)"],
  ])("of a recycling: %o", (recycle, message) => {
    expect(refusal(() => make({ recycle })).message).toBe(`supervision.recycle: ${message}`);
  });

  it.each<readonly [object, string]>([
    [{}, "got undefined"],
    [{ polcy: policy }, "got undefined (polcy is given: did you mean policy?)"],
    [{ policy: [policy] }, "a list: did you mean allOf(...list)?"],
    [{ policy: { policy } }, "a preset: did you mean { ...preset }?"],
  ])("of the policy: %o", (given, end) => {
    const { message, option } = refusal(() => supervision(given as SupervisionOptions));
    expect(option).toBe("policy");
    expect(message).toContain("supervision: policy must be a restart policy, got");
    expect(message).toContain(end);
  });

  it("and so is a second argument", () => {
    const two = supervision as (...given: readonly unknown[]) => unknown;
    expect(refusal(() => two({ policy }, {})).message).toMatch(/^supervision: /);
    expect(refusal(() => two(5)).message).toBe("supervision: options must be an object, got 5");
  });
});

describe("what is left out", () => {
  it("stands in `describe`, with what was given", () => {
    expect(make({}).describe).toMatchObject({
      kind: "supervision",
      options: {
        onNotYet: "wait",
        onRefused: "end",
        operatorLaunches: "free",
        delayCutBy: [],
        probe: null,
        recycle: null,
        deadlineMs: null,
        standby: 0,
      },
      policy: policy.describe,
      shared: null,
    });
    const given = { recycle: { ageMs: 5 }, delayCutBy: ["send", "reload"], shared: policy };
    expect(make(given).describe).toMatchObject({
      options: { recycle: { ageMs: 5, uses: null, spread: 0 }, delayCutBy: ["send", "reload"] },
      shared: policy.describe,
    });
  });

  it.each([
    ["immediate", {}, "liveness"],
    ["immediate", { for: "liveness" }, "liveness"],
    ["explicit", {}, "both"],
    ["explicit", { for: "liveness" }, "liveness"],
    ["explicit", { for: "readiness" }, "readiness"],
    ["explicit", { for: "both" }, "both"],
  ] as const)("of a probe, with %s readiness and %o: for %s", (readiness, probe, what) => {
    const defaults = { for: what, periodMs: 10_000, timeoutMs: 1_000, failures: 3 };
    expect(make({ readiness, probe }).describe).toMatchObject({ options: { probe: defaults } });
  });

  it.each([0, 1, undefined, Infinity])("a deadline of %s ms is one, if it is a number", (ms) => {
    const limit = ms === undefined || ms === Infinity ? null : ms;
    expect(make({ deadlineMs: ms }).describe).toMatchObject({ options: { deadlineMs: limit } });
  });
});

describe("notes", () => {
  it("for a journal: every step of the policy, unless they are not wanted", () => {
    const story = { policy: answers(launch()), script: [{ runMs: 5 }] };
    const noted = new World(story).begin().pass(5);
    const quiet = new World({ ...story, notes: false }).begin().pass(5);
    expect(noted.notes.map(({ type }) => type)).toEqual(["launch", "exited", "launch"]);
    expect(quiet.notes).toEqual([]);
    expect(quiet.told).toEqual(noted.told);
    expect(quiet.state).toEqual(noted.state);
  });

  it("of an operator's launch have no state of a policy: nobody was asked", () => {
    const counting = restartPolicy<number>({
      name: "counting",
      initial: () => 7,
      launch: (state) => [state + 1, launch()],
      parse: (raw) => raw as number,
    });
    const world = new World({ policy: counting }).begin();
    world.give({ type: "restart", requester: "ops", reason: "new" });
    world.pass(0);
    const notes = world.effects.filter(({ type }) => type === "note");
    expect(notes).toMatchObject([
      { event: { cause: "start" }, before: 7 },
      { event: { type: "exited" }, before: 8 },
      { event: { cause: "operator", draw: 0 }, decision: launch(), before: null, by: "operator" },
    ]);
  });
});
