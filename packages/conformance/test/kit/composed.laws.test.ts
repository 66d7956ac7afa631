// Whatever is composed of our policies keeps every law of the kit that can be put to the test.

import { type LawFailed, policyReport } from "@steadfast/laws";
import fc from "fast-check";
import { expect, it } from "vitest";
import { composed } from "./composed.js";

/** Few runs per law: here many policies are tried, and a law that is hardly met by one is met by others. */
const RUNS = 25;

/** A wait that has become a delay. */
const WAITS = {
  "asked-later-is-shorter":
    "the wait of a limit may be followed by a delay that runs from the request",
  "healthy-resets": "the wait of a limit is a delay, and health does not end it",
};

/** A hundred compositions under thirty laws: not short on a busy machine. */
const PATIENCE_MS = 180_000;

it(
  "any composition",
  () => {
    let laws = 0;
    let vacuous = 0;
    fc.assert(
      fc.property(composed(2), fc.nat(), ([code, policy], seed) => {
        const skip = code.includes("waitOut(") ? WAITS : {};
        const { results } = policyReport(policy, { runs: RUNS, seed, skip });
        const failed = results.filter((one): one is LawFailed => one.verdict === "failed");
        laws += results.filter(({ verdict }) => verdict === "passed").length;
        vacuous += failed.filter((one) => one.vacuous).length;
        const broken = failed.filter((one) => !one.vacuous);
        expect(broken.map(({ law, why }) => `${code} breaks ${law}: ${why}`)).toEqual([]);
      }),
    );
    expect(vacuous / laws, "share of laws that were hardly met").toBeLessThan(0.05);
  },
  PATIENCE_MS,
);
