// Erlang's counts of restarts, through `otpSupervisor` as a tree: the vectors of the preset `otpIntensity`. The state
// goes through JSON and `parse` after every step.

import { readFileSync } from "node:fs";
import { otpSupervisor } from "@steadfast/presets/otp-supervisor";
import { supervisionTree, type TreeEffect, type TreeState } from "@steadfast/supervision/tree";
import { describe, expect, it } from "vitest";

interface Case {
  readonly id: string;
  readonly intensity: number;
  readonly period: number;
  readonly crashAtSec: readonly number[];
  readonly result: readonly ("restart" | "giveUp")[];
}

const file = new URL("../../presets/test/vectors/otp_intensity.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

const path = ["child"];
const failed = { kind: "failed", code: 1 } as const;

function resultsOf({ intensity, period, crashAtSec }: Case, intoMs: number): string[] {
  const tree = supervisionTree(otpSupervisor({ intensity, period, children: [{ id: "child" }] }));
  let state: TreeState = tree.initial();
  const step = (event: object, now: number): readonly TreeEffect[] => {
    const [after, effects] = tree.step(state, { ...event, draw: 0.5, wall: 0 } as never, now);
    state = tree.parse(JSON.parse(JSON.stringify(after)), now);
    return effects;
  };
  const start = intoMs;
  step({ type: "begin" }, start);
  step({ type: "launched", path, generation: 0 }, start);
  return crashAtSec.flatMap((second, generation) => {
    if (state.over) return [];
    const now = second * 1_000 + intoMs;
    const effects = step({ type: "exited", path, generation, exit: failed }, now);
    if (effects.some(({ type }) => type === "settle")) return ["giveUp"];
    step({ type: "launched", path, generation: generation + 1 }, now);
    return effects.some(({ type }) => type === "launch") ? ["restart"] : ["nothing"];
  });
}

describe.each([0, 999])("OTP: otp_intensity through a tree, %i ms into each second", (intoMs) => {
  it.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => {
    expect(resultsOf(one, intoMs)).toEqual(one.result);
  });
});
