// rust-tokio-supervisor 0.1.3 through both of its presets. Where the file's clock goes back ours stands
// still, and the source looks at its oldest stamp only: the cases which that changes are computed, by
// running the source's algorithm on both clocks. docs/provenance.md lists them.

import type { AllOfState } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { tokioSlotLoop, tokioSlotState } from "../../src/index.js";
import { cleanExit, crash, restart } from "../events.js";
import { asGiven, type Clock, held } from "./clocks.js";
import { heldStamps } from "./held-stamps.js";

interface Op {
  readonly atMs: number;
  readonly windowMs: number;
  readonly countFailure: boolean;
  readonly used: number;
}

interface Case {
  readonly id: string;
  readonly ops: readonly Op[];
  /** The stamps that are left. */
  readonly finalMs: readonly number[];
}

interface Counted {
  readonly used: readonly number[];
  readonly finalMs: readonly number[];
}

function source({ ops }: Case, clock: Clock): Counted {
  const stamps: number[] = [];
  const used = ops.map(({ atMs, windowMs, countFailure }) => {
    const now = clock(atMs);
    while (stamps[0] !== undefined && Math.max(0, now - stamps[0]) > windowMs) stamps.shift();
    if (countFailure) stamps.push(now);
    return stamps.length;
  });
  return { used, finalMs: stamps };
}

type Make = typeof tokioSlotLoop;

/** The window may change from call to call: the state does not depend on it. */
function ours(make: Make, { ops }: Case, clock: Clock): Counted {
  let state: AllOfState = make().policy.initial();
  const used = ops.map(({ atMs, windowMs, countFailure }) => {
    const { policy, restartLimit } = make({ windowMs, restartPolicy: "permanent" });
    const now = clock(atMs);
    [state] = policy.step(state, countFailure ? crash : cleanExit, now);
    [state] = policy.step(state, restart, now);
    return restartLimit(state, now).used;
  });
  return { used, finalMs: heldStamps(state[1]) };
}

const cases = goldenCases<Case>(new URL("./restart_limit_tracker.json", import.meta.url));
const expected = ({ ops, finalMs }: Case): Counted => ({ used: ops.map((op) => op.used), finalMs });
const same = (one: Counted, other: Counted) => JSON.stringify(one) === JSON.stringify(other);
const changed = cases.filter((one) => !same(source(one, held()), expected(one)));

describe("restart_limit_tracker", () => {
  test("the twin is the source; 16 of 131 cases change on a clock that stands still", () => {
    for (const one of cases) expect(source(one, asGiven), one.id).toEqual(expected(one));
    expect([changed.length, cases.length]).toEqual([16, 131]);
  });

  for (const [name, make] of [
    ["tokioSlotState", tokioSlotState],
    ["tokioSlotLoop", tokioSlotLoop],
  ] as const) {
    test.each(cases.filter((one) => !changed.includes(one)))(`$id by ${name}`, (one) => {
      expect(ours(make, one, asGiven)).toEqual(expected(one));
    });

    test.each(changed)(`$id by ${name}, clock held`, (one) => {
      expect(ours(make, one, held())).toEqual(source(one, held()));
    });
  }
});
