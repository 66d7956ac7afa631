// The launcher laws, tried on anybody's adapter over a virtual runtime.

import { readArguments } from "@steadfast/policy";
import { asyncChecker } from "../kernel/checker.js";
import type { Law } from "../kernel/law.js";
import type { AsyncLawCase } from "../kernel/law-case.js";
import { paste } from "../kernel/paste.js";
import type { LawReport } from "../kernel/report.js";
import type { CheckOptions } from "../kernel/settings.js";
import { endLaws } from "./end-laws.js";
import { exitLaws } from "./exit-laws.js";
import { signalLaws } from "./signal-laws.js";
import {
  type LauncherAbilities,
  type LauncherSubject,
  launcherSubject,
  type MakeVirtualLauncher,
} from "./subject.js";
import { supervisedLaws } from "./supervised-laws.js";

/**
 * How an adapter is checked.
 * @since 0.1.0
 */
export interface LauncherCheckOptions extends CheckOptions {
  /** What it is called in reports. Default: the function's name. */
  readonly name?: string;
  /** What its kind of child can do. Default: what a process can. */
  readonly can?: LauncherAbilities;
}

const LAWS: readonly Law<LauncherSubject>[] = [
  ...exitLaws,
  ...signalLaws,
  ...endLaws,
  ...supervisedLaws,
];

const { check, report, cases } = asyncChecker(LAWS, paste("await checkLauncher(launcher"), [
  "name",
  "can",
]);

/**
 * Tries the launcher laws on an adapter: every spawn error is an exit with its cause, `exited` settles
 * once, signals come in order and none after the exit, calls are idempotent and leave the dead alone,
 * nothing escapes and nothing is left; and under `supervise`, one is alive at most and a stop ends.
 *
 * The adapter is made over a runtime whose children follow scripts on virtual time: have it start its
 * children by `runtime.start()` where it would spawn them. A law fails too if its interesting case came
 * up too rarely to tell.
 *
 * Effect: none but calls of the adapter; no real time passes. Errors: rejects with a `LawsBrokenError`
 * with every law that is broken, each with the shrunk story as a table and a test to paste, or with a
 * `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const report = await checkLauncher(virtualLauncher, { runs: 100 });
 * report.passed.includes("exited-settles-once"); // => true
 */
export async function checkLauncher(
  launcher: MakeVirtualLauncher,
  options: LauncherCheckOptions = {},
): Promise<LawReport> {
  readArguments("checkLauncher", arguments, 2);
  return check(
    "checkLauncher",
    launcherSubject("checkLauncher", launcher, options.name, options.can),
    options,
  );
}

/**
 * What `checkLauncher` finds, as data, whether or not a law is broken.
 *
 * Effect: that of `checkLauncher`. Errors: rejects with a `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * const { results } = await launcherReport(virtualLauncher, { runs: 100 });
 * results.filter(({ verdict }) => verdict === "failed"); // => []
 */
export async function launcherReport(
  launcher: MakeVirtualLauncher,
  options: LauncherCheckOptions = {},
): Promise<LawReport> {
  readArguments("launcherReport", arguments, 2);
  return report(
    "launcherReport",
    launcherSubject("launcherReport", launcher, options.name, options.can),
    options,
  );
}

/**
 * The laws of `checkLauncher` one by one: a test for each in any runner.
 *
 * Effect: none until a case is run, which rejects where its law is broken. Errors: `PolicyOptionsError`
 * for a bad option.
 *
 * @since 0.1.0
 * @example
 * const laws = launcherLaws(virtualLauncher, { runs: 100 });
 * // for (const { name, run } of laws) test(name, run);
 * laws[0]?.name; // => "launch-returns-a-child"
 * (await laws[0]?.run())?.verdict; // => "passed"
 */
export function launcherLaws(
  launcher: MakeVirtualLauncher,
  options: LauncherCheckOptions = {},
): readonly AsyncLawCase[] {
  readArguments("launcherLaws", arguments, 2);
  return cases(
    "launcherLaws",
    launcherSubject("launcherLaws", launcher, options.name, options.can),
    options,
  );
}
