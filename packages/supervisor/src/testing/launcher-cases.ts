// What every adapter must keep, as cases that any test runner can loop over. They use the adapter's
// own children and the real timers, and wait for nothing but what the child does.

import { readArguments } from "@steadfast/policy";
import { exitCases, refusalCases } from "./exit-cases.js";
import type { LauncherCase, LauncherMakers } from "./launcher-makers.js";
import { leakCases, restartCases } from "./restart-cases.js";
import { readyCases, silenceCases } from "./signal-cases.js";
import { stopCases } from "./stop-cases.js";
import { caseBench } from "./watched-child.js";

const CASES = [
  exitCases,
  stopCases,
  silenceCases,
  restartCases,
  refusalCases,
  readyCases,
  leakCases,
] as const;

/**
 * The launcher suite: the contract of `Launcher` and `LiveChild`, sentence by sentence.
 *
 * Decides nothing. Effect: each case launches its own children and leaves none behind.
 * Errors: a case rejects with an Error that says which sentence is broken.
 *
 * @since 0.1.0
 * @example
 * for (const { name, run } of launcherCases(makers)) test(name, run);
 * launcherCases(makers)[0]?.name; // => "a child that ends well exits `completed`"
 */
export function launcherCases(makers: LauncherMakers): readonly LauncherCase[] {
  readArguments("launcherCases", arguments, 1);
  const bench = caseBench(makers);
  return CASES.flatMap((cases) => cases(bench));
}
