// What a composition says of the policies it is made of: `explain` and `lint` look into them.

import { describe, expect, it } from "vitest";
import { allOf, coarse, giveUp, inTurn, restartOn, restartPolicy } from "../src/index.js";
import { gate, willing } from "./sample-policies.js";

const one = willing("one");
const two = gate("two", 10);

describe("members: as many and in the same order as the states", () => {
  it.each([
    ["allOf", allOf(one, two)],
    ["inTurn", inTurn(one, two)],
  ])("%s", (_, policy) => {
    expect(policy.members?.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(policy.initial()).toEqual([
      ...(policy.members ?? []).map((member) => member.initial()),
      { members: ["one", "two"] },
    ]);
    expect(policy.describe.members).toEqual(policy.members?.map((member) => member.describe));
  });

  it("none for allOf()", () => expect(allOf().members).toEqual([]));
});

describe("wraps: the policy whose state it shares", () => {
  it.each([
    ["giveUp", giveUp(allOf(one))],
    ["coarse", coarse(allOf(one), 1_000)],
  ])("%s", (_, policy) => {
    expect(policy.wraps?.name).toBe("allOf(one)");
    expect(policy.initial()).toEqual(policy.wraps?.initial());
    expect(policy.members).toBeUndefined();
  });
});

it("a policy that is made of nothing else has neither", () => {
  for (const policy of [
    restartOn("permanent"),
    restartPolicy({ name: "mine", launch: (state) => [state, { type: "launch", delayMs: 0 }] }),
  ]) {
    expect(policy).not.toHaveProperty("members");
    expect(policy).not.toHaveProperty("wraps");
  }
});
