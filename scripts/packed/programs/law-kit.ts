// A policy of one's own, checked and compared with a twin.

import { checkPolicy, isLawsBrokenError, matchesOracle } from "@steadfast/laws";
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
}
