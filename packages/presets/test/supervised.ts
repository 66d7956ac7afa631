// A preset as a user has it: spread into `supervise`.

import { type SuperviseOptions, supervise } from "@steadfast/supervisor";
import {
  manualSystem,
  type ScriptedAttempt,
  scriptedLauncher,
} from "@steadfast/supervisor/testing";
import type { Preset } from "../src/index.js";
import { CRASH } from "./asking.js";

/** Every attempt runs so long and fails. */
export const crashesAfter = (runMs: number) => (): ScriptedAttempt => ({ runMs, exit: CRASH });

/** What becomes of a child in so long: when it was launched, and how it ended, if it did. */
export async function supervised(
  preset: Preset,
  attempts: readonly ScriptedAttempt[] | ((attempt: number) => ScriptedAttempt),
  forMs: number,
  options: Partial<SuperviseOptions> = {},
) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, attempts);
  const handle = supervise(launcher, { ...preset, ...options }, system);
  await system.advance(forMs);
  const ended = handle.status().outcome === null ? null : await handle.outcome;
  await handle.stop();
  return { at: launcher.launchedAt, ended };
}

/** The times between the launches. */
export function gaps(at: readonly number[]): number[] {
  return at.slice(1).map((instant, i) => instant - (at[i] ?? 0));
}
