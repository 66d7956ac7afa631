// One supervision on virtual time, with everything that can be watched about it.

import { getEventListeners } from "node:events";
import { type JournalEntry, type RestartPolicy, restartOn } from "@steadfast/policy";
import type { SuperviseOptions, SupervisorEvent, SupervisorHandle, System } from "../src/index.js";
import { supervise } from "../src/index.js";
import {
  type ManualSystem,
  manualSystem,
  type ScriptedAttempt,
  type ScriptedLauncher,
  scriptedLauncher,
} from "../src/testing.js";

export interface Stage {
  readonly system: ManualSystem;
  readonly launcher: ScriptedLauncher;
  readonly handle: SupervisorHandle;
  readonly events: SupervisorEvent[];
  readonly journal: JournalEntry[];
  readonly controller: AbortController;
  /** `at type` of every event, such as `50 exited`. */
  told(): string[];
  /** The types of the events. */
  types(): SupervisorEvent["type"][];
  /** Listeners on the signal. */
  listeners(): number;
}

export interface StageOptions extends Omit<Partial<SuperviseOptions>, "signal"> {
  readonly script?: Parameters<typeof scriptedLauncher>[1];
  readonly system?: ManualSystem;
  /** What `supervise` is given instead of the manual system, made from it. */
  readonly as?: (system: ManualSystem) => System;
}

export const FAILED = { kind: "failed" } as const;

/** Attempts that each run for so long and then fail. */
export function crashes(...runMs: readonly number[]): readonly ScriptedAttempt[] {
  return runMs.map((ms) => ({ runMs: ms, exit: FAILED }));
}

/** Every attempt fails after so long. */
export function crashLoop(runMs: number): () => ScriptedAttempt {
  return () => ({ runMs, exit: FAILED });
}

export function stage({ script = [], system = manualSystem(), as, ...given }: StageOptions = {}) {
  const launcher = scriptedLauncher(system, script);
  const events: SupervisorEvent[] = [];
  const journal: JournalEntry[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const policy: RestartPolicy = restartOn("permanent");
  const options: SuperviseOptions = {
    policy,
    signal,
    onEvent: (event) => void events.push(event),
    journal: (entry) => void journal.push(entry),
    ...given,
  };
  const handle = supervise(launcher, options, as ? as(system) : system);
  const set: Stage = {
    system,
    launcher,
    handle,
    events,
    journal,
    controller,
    told: () => events.map(({ at, type }) => `${at} ${type}`),
    types: () => events.map(({ type }) => type),
    listeners: () => getEventListeners(signal, "abort").length,
  };
  return set;
}
