// The lifecycle laws, tried on anybody's slot.

import type { ChildSlot } from "@steadfast/child-slot";
import { readArguments } from "@steadfast/policy";
import { checker } from "../kernel/checker.js";
import type { Law } from "../kernel/law.js";
import type { LawCase } from "../kernel/law-case.js";
import { paste } from "../kernel/paste.js";
import type { LawReport } from "../kernel/report.js";
import type { CheckOptions } from "../kernel/settings.js";
import { attemptLaws } from "./attempt-laws.js";
import { exitLaws } from "./exit-laws.js";
import { fenceLaws } from "./fence-laws.js";
import { haltLaws } from "./halt-laws.js";
import { staysSmall } from "./memory-law.js";
import { newsLaws } from "./news-laws.js";
import { ordersLaws } from "./orders-laws.js";
import { ownTimes } from "./own-times-law.js";
import { recordLaws } from "./record-laws.js";
import { restartLaws } from "./restart-laws.js";
import { stateLaws } from "./state-laws.js";
import { stopLaws } from "./stop-laws.js";
import { type MakeSlot, type SlotSubject, slotSubject } from "./subject.js";
import { timeLaws } from "./time-laws.js";
import { timeShift } from "./time-shift.js";

/**
 * How a slot is checked.
 * @since 0.1.0
 */
export interface SlotCheckOptions extends CheckOptions {
  /** What it is called in reports. Default: the slot's own name, or the function's. */
  readonly name?: string;
}

const LAWS: readonly Law<SlotSubject>[] = [
  ...attemptLaws,
  ...exitLaws,
  ...newsLaws,
  ...stopLaws,
  ...haltLaws,
  ...ordersLaws,
  ...restartLaws,
  ...fenceLaws,
  ...timeLaws,
  timeShift,
  ownTimes,
  ...stateLaws,
  staysSmall,
  ...recordLaws,
];

const { check, report, cases } = checker(LAWS, paste("checkSlot(slot"), ["name"]);

/**
 * Tries the lifecycle laws on a slot: at most one attempt alive, a stop that wins and always ends,
 * reports fenced by generation, honest deadlines, one excuse for a late look, plain state, a true record.
 *
 * Give the slot as it will be used, or a function that makes slots: then every law is tried under many
 * options as well. A law fails too if its interesting case came up too rarely to tell.
 *
 * Effect: none, but that the subject is called many times. Errors: `LawsBrokenError` with every law
 * that is broken, each with the shrunk story as a table and a test to paste; `PolicyOptionsError` for a
 * bad option.
 *
 * @since 0.1.0
 * @example
 * const report = checkSlot(childSlot({ id: "worker" }));
 * report.passed.includes("at-most-one-alive"); // => true
 */
export function checkSlot(slot: ChildSlot | MakeSlot, options: SlotCheckOptions = {}): LawReport {
  readArguments("checkSlot", arguments, 2);
  return check("checkSlot", slotSubject("checkSlot", slot, options.name), options);
}

/**
 * What `checkSlot` finds, as data, whether or not a law is broken.
 *
 * Effect: that of `checkSlot`. Errors: `PolicyOptionsError` for a bad option.
 *
 * @since 0.1.0
 * @example
 * slotReport(childSlot).results.filter(({ verdict }) => verdict === "failed"); // => []
 */
export function slotReport(slot: ChildSlot | MakeSlot, options: SlotCheckOptions = {}): LawReport {
  readArguments("slotReport", arguments, 2);
  return report("slotReport", slotSubject("slotReport", slot, options.name), options);
}

/**
 * The laws of `checkSlot` one by one: a test for each in any runner.
 *
 * Effect: none; each `run` tries its law and throws where it is broken. Errors: `PolicyOptionsError` for
 * a bad option.
 *
 * @since 0.1.0
 * @example
 * const laws = slotLaws(childSlot);
 * // for (const { name, run } of laws) test(name, run);
 * laws[0]?.name; // => "at-most-one-alive"
 * laws[0]?.run().verdict; // => "passed"
 */
export function slotLaws(
  slot: ChildSlot | MakeSlot,
  options: SlotCheckOptions = {},
): readonly LawCase[] {
  readArguments("slotLaws", arguments, 2);
  return cases("slotLaws", slotSubject("slotLaws", slot, options.name), options);
}
