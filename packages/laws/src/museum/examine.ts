// Which laws of the kit catch an exhibit: the check that is there for its kind, with the twin and the
// variants that a careful user would give it.

import { readArguments } from "@steadfast/policy";
import { checkAllOf } from "../composition-laws/check-all-of.js";
import { checkCoarse } from "../composition-laws/check-coarse.js";
import { checkGiveUp } from "../composition-laws/check-give-up.js";
import { checkInTurn } from "../composition-laws/check-in-turn.js";
import { checkKeyed } from "../composition-laws/check-keyed.js";
import { checkWaitOut } from "../composition-laws/check-wait-out.js";
import { checkWhen } from "../composition-laws/check-when.js";
import { isLawsBrokenError } from "../kernel/errors.js";
import { type LawReport, lawReport } from "../kernel/report.js";
import type { CheckOptions } from "../kernel/settings.js";
import { launcherReport } from "../launcher-laws/check-launcher.js";
import { policyReport } from "../policy-laws/check-policy.js";
import { matchesOracle } from "../policy-laws/matches-oracle.js";
import { slotReport } from "../slot-laws/check-slot.js";
import { treeReport } from "../tree-laws/check-tree.js";
import type { Exhibit, ExhibitOf, FamilyOptions } from "./exhibit.js";
import { healthy } from "./healthy.js";

/**
 * How an exhibit is examined.
 * @since 0.1.0
 */
export interface ExamineOptions {
  /** How many inputs per law, a whole number from 1 to 1 000 000. Default: that of the kit. */
  readonly runs?: number;
  /** Of the inputs, a whole number from -2^31 to 2^31-1. Default: that of the kit. */
  readonly seed?: number;
  /** The one law to try. Default: all. */
  readonly law?: string;
}

/** One option changed after the other: what `every-option-matters` compares with. */
const CHANGED: { readonly [F in keyof FamilyOptions]: Required<FamilyOptions[F]> } = {
  window: { limit: 5, windowMs: 777 },
  backoff: { initialMs: 150, factor: 3, capMs: 7_000, jitter: "full", resetAfterMs: 1_234 },
  budget: { retries: 3, windowMs: 7_000, delayMs: 99 },
};

/** What a child of the virtual runtime can do. */
const CAN = { ends: ["code", "signal", "error", "value"] } as const;

/**
 * Checks an exhibit with the kit: by which laws is it caught?
 *
 * Effect: runs the check for its kind, all laws unless `law` names one; a policy is also compared with
 * the healthy one of its family as its twin. Errors: `PolicyOptionsError` for a bad option, the name
 * of a law that there is not included.
 *
 * @since 0.1.0
 * @example
 * const [exhibit] = museum.filter(({ name }) => name === "window-says-never");
 * const report = exhibit && (await examine(exhibit, { law: "never-means-never" }));
 * report?.results.filter(({ verdict }) => verdict === "failed").length; // => 1
 */
export async function examine(exhibit: Exhibit, options: ExamineOptions = {}): Promise<LawReport> {
  readArguments("examine", arguments, 2);
  const { law, ...rest } = options;
  const settings: CheckOptions = { ...rest, ...(law === undefined ? {} : { only: [law] }) };
  switch (exhibit.family) {
    case "window":
    case "backoff":
    case "budget":
      return examinePolicy(exhibit, settings);
    case "allOf":
      return reported(() => checkAllOf(exhibit.make, settings));
    case "inTurn":
      return reported(() => checkInTurn(exhibit.make, settings));
    case "giveUp":
      return reported(() => checkGiveUp(exhibit.make, settings));
    case "waitOut":
      return reported(() => checkWaitOut(exhibit.make, settings));
    case "coarse":
      return reported(() => checkCoarse(exhibit.make, settings));
    case "when":
      return reported(() => checkWhen(exhibit.make, settings));
    case "keyed":
      return reported(() => checkKeyed(exhibit.make, settings));
    case "slot":
      return slotReport(exhibit.make, { ...settings, name: exhibit.name });
    case "launcher":
      return launcherReport(exhibit.make, { ...settings, name: exhibit.name, can: CAN });
    case "tree":
      return treeReport(exhibit.make, { ...settings, name: exhibit.name });
  }
}

type PolicyExhibit = ExhibitOf<"window"> | ExhibitOf<"backoff"> | ExhibitOf<"budget">;

function examinePolicy(exhibit: PolicyExhibit, settings: CheckOptions): LawReport {
  const { family, make, options } = exhibit as ExhibitOf<"backoff">;
  const changes = Object.entries(CHANGED[family]).filter(
    ([option, value]) => options?.[option as keyof typeof options] !== value,
  );
  const variants = Object.fromEntries(
    changes.map(([option, value]) => [option, make({ ...options, [option]: value })]),
  );
  const oracle = () => matchesOracle(make(options), healthy[family](options), settings);
  const { only } = settings;
  if (only?.[0] === "matches-oracle") return reported(oracle);
  const { subject, results } = policyReport(make(options), {
    ...settings,
    variants,
    make: () => make(options),
  });
  return lawReport(subject, only ? results : [...results, ...reported(oracle).results]);
}

/** The report of a check, also where a law is broken. */
function reported(check: () => LawReport): LawReport {
  try {
    return check();
  } catch (error) {
    if (isLawsBrokenError(error)) return error.report;
    throw error;
  }
}
