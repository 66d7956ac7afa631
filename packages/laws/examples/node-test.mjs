// A policy of one's own, checked with node:test. Run it with `node --test node-test.mjs`.

import { describe, it } from "node:test";
import { policyLaws } from "@steadfast/laws";
import { launch, refuse, restartPolicy } from "@steadfast/policy";

/** Three restarts, and then no more until a reset. */
const threeLives = restartPolicy({
  name: "three-lives",
  initial: () => ({ left: 3 }),
  launch(state, { cause }) {
    if (cause === "start") return [state, launch()];
    if (state.left === 0) return [state, refuse("no-lives-left", null)];
    return [{ left: state.left - 1 }, launch()];
  },
  parse: (raw) => ({ left: Math.max(0, Math.min(3, Math.trunc(Number(raw?.left)) || 0)) }),
});

describe("three-lives keeps the law", () => {
  for (const { name, says, run } of policyLaws(threeLives)) {
    it(`${name}: ${says}`, run); // skipped where it cannot be tried
  }
});
