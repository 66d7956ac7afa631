// processmanager 0.6.0 through its preset. `via: "new"` is the constructor, whose clamp the preset has;
// `via: "literal"` is `literal: true`. Every case, none left out.

import type { AllOfState } from "@steadfast/policy";
import { describe, expect, test } from "vitest";
import { goldenCases } from "../../../../config/testing/vectors.ts";
import { processmanager } from "../../src/index.js";
import { crash, restart } from "../events.js";

interface Case {
  readonly id: string;
  readonly via: "new" | "literal";
  readonly initialMs: number;
  readonly maxMs: number;
  readonly factor: number;
  readonly failures: number;
  readonly delayMs: number;
}

describe("restart_backoff", () => {
  test.each(goldenCases<Case>(new URL("./restart_backoff.json", import.meta.url)))(
    "$id",
    ({ via, failures, delayMs, ...options }) => {
      const { id: _, ...rest } = options;
      const { policy } = processmanager({ ...rest, literal: via === "literal" });
      // So many failures as there were before the last one; a state that was read, as after a handover.
      const [type, backoff] = policy.initial();
      const before = { ...(backoff as object), count: Math.max(0, failures - 1) };
      let state = policy.parse([type, before], 0);
      if (failures > 0) [state] = policy.step(state, crash, 0);
      const delay = policy.step(state, restart, 0)[1];
      expect(delay).toEqual({ type: "launch", delayMs });
    },
  );

  test("one failure after the other gives the same as a state that was read", () => {
    const { policy } = processmanager();
    let state: AllOfState = policy.initial();
    const delays = Array.from({ length: 10 }, () => {
      [state] = policy.step(state, crash, 0);
      const [next, answer] = policy.step(state, restart, 0);
      state = next;
      return answer.type === "launch" && answer.delayMs;
    });
    expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  });
});
