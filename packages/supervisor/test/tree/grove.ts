// A tree on virtual time, its children scripted by path, with everything that can be watched about it.

import { getEventListeners } from "node:events";
import type { SupervisorEvent } from "../../src/index.js";
import {
  type ManualSystem,
  manualSystem,
  type ScriptedLauncher,
  scriptedLauncher,
} from "../../src/testing.js";
import {
  type SuperviseTreeOptions,
  superviseTree,
  type TreeHandle,
  type TreeJournalEntry,
  type TreeSpec,
} from "../../src/tree.js";

type Script = Parameters<typeof scriptedLauncher>[1];

export interface Grove {
  readonly system: ManualSystem;
  readonly tree: TreeHandle;
  readonly events: SupervisorEvent[];
  readonly journal: TreeJournalEntry[];
  readonly controller: AbortController;
  /** `at +id` for every launch, `at -id` for every exit. */
  told(): string[];
  /** The launcher of a child. */
  child(id: string): ScriptedLauncher;
  listeners(): number;
}

export const FAILED = { kind: "failed" } as const;

/** Launchers by path that keep to their scripts; those without one run until they are stopped. */
export function scripted(system: ManualSystem, scripts: Readonly<Record<string, Script>> = {}) {
  const launchers = new Map<string, ScriptedLauncher>();
  const launcher = (id: string): ScriptedLauncher => {
    let one = launchers.get(id);
    if (!one) {
      one = scriptedLauncher(system, scripts[id] ?? []);
      launchers.set(id, one);
    }
    return one;
  };
  return { launcher, launchers };
}

export function grove(
  spec: (launcher: (id: string) => ScriptedLauncher) => TreeSpec,
  scripts: Readonly<Record<string, Script>> = {},
  options: SuperviseTreeOptions = {},
  system = manualSystem(),
): Grove {
  const { launcher } = scripted(system, scripts);
  const events: SupervisorEvent[] = [];
  const journal: TreeJournalEntry[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const tree = superviseTree(
    spec(launcher),
    {
      signal,
      onEvent: (event) => void events.push(event),
      journal: (entry) => void journal.push(entry),
      ...options,
    },
    system,
  );
  const sign: Readonly<Record<string, string>> = { launched: "+", exited: "-" };
  return {
    system,
    tree,
    events,
    journal,
    controller,
    told: () =>
      events
        .filter(({ type }) => type in sign)
        .map(({ at, type, id }) => `${at} ${sign[type]}${id}`),
    child: launcher,
    listeners: () => getEventListeners(signal, "abort").length,
  };
}
