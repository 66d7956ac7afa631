// A preset under supervision, on virtual time.

import type { Exit } from "@steadfast/policy";
import { type Outcome, type SuperviseOptions, supervise } from "@steadfast/supervisor";
import {
  manualSystem,
  type ScriptedAttempt,
  type ScriptedRun,
  scriptedLauncher,
} from "@steadfast/supervisor/testing";
import type { Preset } from "../src/index.js";

export const CRASHED: Exit = { kind: "failed", code: 7 };

/** Every attempt runs so long, and ends like this. */
export const always =
  (runMs: number, exit: Exit = CRASHED) =>
  (): ScriptedRun => ({ runMs, exit });

/** These attempts, and after them ones that run on. */
export const script =
  (...attempts: readonly ScriptedAttempt[]) =>
  (attempt: number): ScriptedAttempt =>
    attempts[attempt - 1] ?? {};

/** Begins a supervision that a test can look at and act on. */
export function stage(
  preset: Preset,
  attempts: (attempt: number) => ScriptedAttempt,
  options: Partial<SuperviseOptions> = {},
  random?: () => number,
) {
  const system = manualSystem();
  const launcher = scriptedLauncher(system, attempts);
  let endedAt: number | null = null;
  const delays: number[] = [];
  const handle = supervise(
    launcher,
    {
      ...preset,
      ...options,
      onEvent(event) {
        if (event.type === "ended") endedAt = event.at;
        if (event.type === "delayed") delays.push(event.delayMs);
      },
    },
    random ? { ...system, random } : system,
  );
  return { system, launcher, handle, delays, endedAt: () => endedAt };
}

interface Played {
  /** The instants of the launches. */
  readonly at: readonly number[];
  readonly delays: readonly number[];
  readonly outcome: Outcome | null;
  readonly endedAt: number | null;
}

/** What became of it after so long. Nothing is left behind. */
export async function play(
  preset: Preset,
  attempts: (attempt: number) => ScriptedAttempt,
  forMs: number,
  options: Partial<SuperviseOptions> = {},
): Promise<Played> {
  const { system, launcher, handle, delays, endedAt } = stage(preset, attempts, options);
  await system.advance(forMs);
  const outcome = handle.status().outcome === null ? null : await handle.outcome;
  const played = { at: [...launcher.launchedAt], delays, outcome, endedAt: endedAt() };
  const stopped = handle.stop();
  await system.advance(100_000);
  await stopped;
  if (system.pendingTimers + launcher.alive > 0) throw new Error("something was left behind");
  return played;
}

/** The reason of a refusal that ended it, or the type of outcome; null while it goes on. */
export function ending({ outcome }: Played): string | null {
  return outcome?.type === "refused" ? outcome.reason : (outcome?.type ?? null);
}
