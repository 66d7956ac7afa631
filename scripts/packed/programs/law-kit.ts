// A policy of one's own, checked, compared with a twin, and looked at before it is used.

import { checkPolicy, isLawsBrokenError, matchesOracle } from "@steadfast/laws";
import { diff } from "@steadfast/laws/diff";
import { explain } from "@steadfast/laws/explain";
import { lint } from "@steadfast/laws/lint";
import { simulate } from "@steadfast/laws/simulate";
import { launch, refuse, restartPolicy } from "@steadfast/policy";
import { same } from "./same.js";

const lives = (most: number) =>
  restartPolicy<number>({
    name: "lives",
    initial: () => 0,
    launch: (used) => (used < most ? [used + 1, launch()] : [used, refuse("over", null)]),
    parse: (raw) => (Number.isSafeInteger(raw) ? (raw as number) : 0),
  });

/** It counts in its own head, too. */
function forgetful() {
  let asked = 0;
  return restartPolicy({
    name: "forgetful",
    launch: (state) => [state, asked++ % 2 === 0 ? launch() : refuse("every other", null)],
  });
}

export async function main(): Promise<void> {
  const options = { runs: 50, only: ["deterministic", "json-safe", "refusal-costs-nothing"] };
  same(checkPolicy(lives(3), options).passed, options.only);
  let broken: unknown = null;
  try {
    checkPolicy(forgetful(), options);
  } catch (error) {
    broken = error;
  }
  same(isLawsBrokenError(broken) && broken.report.passed.includes("deterministic"), false);
  same(matchesOracle(lives(3), lives(3), { runs: 50 }).passed.length, 1);

  same(simulate(lives(3), { uptimeMs: 5 }).launches.length, 3);
  same(lint(lives(0))[0]?.code, "never-starts");
  same(diff(lives(2), lives(3))?.lives.length, 2);
  const request = { type: "launch", cause: "start", draw: 0, wall: 0 } as const;
  same(explain(lives(3), 3, request, 0).decidedBy.name, "lives");
}
