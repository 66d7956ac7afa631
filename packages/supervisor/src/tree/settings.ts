// Checks the options of `superviseTree` once, and fills in what is left out.

import { readOptions } from "@steadfast/policy";
import type { EventListener } from "../event-hub.js";
import { isAbortSignal, isFunction } from "../has-methods.js";
import type { PolicyFinding } from "../policy-finding.js";
import type { SuperviseTreeOptions, TreeJournalEntry } from "./options.js";

/** What a driver needs to know besides the tree. */
export interface TreeSettings {
  readonly id: string;
  readonly signal: AbortSignal | null;
  readonly onEvent: EventListener | null;
  readonly journal: ((entry: TreeJournalEntry, before: unknown) => void) | null;
  /** What was saved, as it is; undefined for none. */
  readonly snapshot: unknown;
  readonly findings: readonly PolicyFinding[];
}

const isText = (value: unknown) => typeof value === "string" && value.trim() !== "";
const isSignal = (value: unknown) => value === null || isAbortSignal(value);

/** Throws `PolicyOptionsError`. */
export function treeSettings(
  options: SuperviseTreeOptions,
  owner: string,
  findings: readonly PolicyFinding[],
): TreeSettings {
  const read = readOptions<SuperviseTreeOptions>(owner, options);
  const settings = {
    id: read.checked<string>("id", "a text, not blank", isText, "tree"),
    signal: read.checked<AbortSignal | null>("signal", "an AbortSignal", isSignal, null),
    onEvent: read.checked<EventListener | null>("onEvent", "a function", isFunction, null),
    journal: read.checked<TreeSettings["journal"]>("journal", "a function", isFunction, null),
    snapshot: read.raw("snapshot"),
    findings,
  };
  read.end();
  return settings;
}
