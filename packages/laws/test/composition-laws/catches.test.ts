// Each law of combinators can fail: for each there is at least one combinator with one fault, and the
// law finds it alone.

import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  isPolicyOptionsError,
  keyed,
  waitOut,
  when,
} from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import {
  checkAllOf,
  checkCoarse,
  checkGiveUp,
  checkInTurn,
  checkKeyed,
  checkWaitOut,
  checkWhen,
  isLawsBrokenError,
  type LawReport,
} from "../../src/index.js";
import {
  faultyAllOf,
  faultyCoarse,
  faultyGiveUp,
  faultyInTurn,
  faultyKeyed,
  faultyWaitOut,
} from "./faulty-combinators.js";
import { faultyPolicies } from "./faulty-policies.js";

type Options = Parameters<typeof checkAllOf>[1];
type Row = [law: string, fault: string, check: (options: Options) => LawReport];

const rows: Row[] = [
  ...faultyAllOf.map(([law, fault, one]): Row => [law, fault, (o) => checkAllOf(one, o)]),
  ...faultyInTurn.map(([law, fault, one]): Row => [law, fault, (o) => checkInTurn(one, o)]),
  ...faultyGiveUp.map(([law, fault, one]): Row => [law, fault, (o) => checkGiveUp(one, o)]),
  ...faultyWaitOut.map(([law, fault, one]): Row => [law, fault, (o) => checkWaitOut(one, o)]),
  ...faultyCoarse.map(([law, fault, one]): Row => [law, fault, (o) => checkCoarse(one, o)]),
  ...faultyKeyed.map(([law, fault, one]): Row => [law, fault, (o) => checkKeyed(one, o)]),
  ...faultyPolicies.flatMap(([law, fault, spoil]): Row[] => [
    [`policy-${law}`, `allOf: ${fault}`, (o) => checkAllOf((...all) => spoil(allOf(...all)), o)],
    [`policy-${law}`, `inTurn: ${fault}`, (o) => checkInTurn((a, b) => spoil(inTurn(a, b)), o)],
    [`policy-${law}`, `giveUp: ${fault}`, (o) => checkGiveUp((one) => spoil(giveUp(one)), o)],
    [`policy-${law}`, `waitOut: ${fault}`, (o) => checkWaitOut((one) => spoil(waitOut(one)), o)],
    [`policy-${law}`, `when: ${fault}`, (o) => checkWhen((is, one) => spoil(when(is, one)), o)],
  ]),
];

function failureOf(run: () => LawReport) {
  try {
    run();
  } catch (error) {
    if (!isLawsBrokenError(error)) throw error;
    return error.report.results.find(({ verdict }) => verdict === "failed");
  }
  return undefined;
}

describe("a law finds a fault by itself, and again as a kept regression", () => {
  it.each(rows)("%s: %s", (law, _, check) => {
    const failure = failureOf(() => check({ only: [law] }));
    expect(failure).toMatchObject({ law, vacuous: false });
    if (failure?.verdict !== "failed") return;
    const input: unknown = JSON.parse(JSON.stringify(failure.input));
    const again = failureOf(() => check({ only: [law], runs: 1, regressions: [{ law, input }] }));
    expect(again).toMatchObject({ law, input, replay: null });
  });

  it.each([
    ["allOf", checkAllOf(allOf), faultyAllOf],
    ["inTurn", checkInTurn(inTurn), faultyInTurn],
    ["giveUp", checkGiveUp(giveUp), faultyGiveUp],
    ["waitOut", checkWaitOut(waitOut), faultyWaitOut],
    ["coarse", checkCoarse(coarse), faultyCoarse],
    ["keyed", checkKeyed(keyed), faultyKeyed],
  ] as const)("every law of %s has such a fault", (_, { results }, faulty) => {
    const found = [
      ...faulty.map(([law]) => law as string),
      ...faultyPolicies.map(([law]) => `policy-${law}`),
    ];
    expect(results.map(({ law }) => law).filter((law) => !found.includes(law))).toEqual([]);
  });
});

describe("members of your own", () => {
  it("are what is composed", () => {
    const strange = { ...giveUp(allOf()), step: () => ["x", { type: "noted" as const }] as const };
    expect(failureOf(() => checkGiveUp(giveUp, { members: [strange] }))?.law).toBe(
      "not-yet-becomes-never",
    );
  });

  it.each([[[]], [[{}]]])("are at least one policy: %j", (members) => {
    expect(() => checkAllOf(allOf, { members: members as never[] })).toThrow(
      expect.toSatisfy(isPolicyOptionsError),
    );
    expect(() => checkKeyed(keyed, { members: members as never[] })).toThrow(/members/);
  });

  it("a combinator is a function", () => {
    expect(() => checkAllOf({} as never)).toThrow("checkAllOf: combinator must be a function");
    expect(() => checkKeyed({} as never)).toThrow("checkKeyed: combinator must be a function");
  });
});
