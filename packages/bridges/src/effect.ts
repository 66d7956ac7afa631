// A Schedule of Effect by a policy, made of Effect's own modules: they are handed in, so that nothing of it is imported
// here. Time is Effect's clock, a test clock included.

import { readArguments } from "@steadfast/policy";
import { attempts, type BridgeOptions, type BridgePolicy } from "./attempts.js";
import { readFunction, readObject } from "./doors.js";

export type { BridgeOptions, BridgePolicy, BridgePreset } from "./attempts.js";

/**
 * The modules of Effect that are used, as `import { Cause, Duration, Effect, Schedule } from "effect"` has them.
 * @since 0.1.0
 */
export interface EffectModules {
  /** `done` ends a schedule. */
  readonly Cause: { done(output: number): unknown };
  /** `millis` makes a duration. */
  readonly Duration: { millis(ms: number): unknown };
  /** `sync` runs for each use of the schedule, `suspend` for each step. */
  readonly Effect: {
    sync(make: () => unknown): unknown;
    succeed(value: unknown): unknown;
    suspend(make: () => never): unknown;
  };
  /** `fromStep` makes a schedule; what `recurs` answers is its type. */
  readonly Schedule: { fromStep(step: never): unknown; recurs(times: number): unknown };
}

const PARTS = [
  ["Cause", "done"],
  ["Duration", "millis"],
  ["Effect", "sync"],
  ["Effect", "succeed"],
  ["Effect", "suspend"],
  ["Schedule", "fromStep"],
] as const;

/**
 * Makes a policy a Schedule of Effect: `Effect.retry(task, scheduleBy({ Cause, Duration, Effect, Schedule }, policy))`.
 *
 * Decides: after each failure the policy, with what the effect failed with as the exit's `error`; its delay runs from
 * the failure, a refusal for good ends the schedule, so that the effect fails with its last error. The schedule's output is
 * how many restarts there were before. Each use has a state of its own, which ends with the process: Effect has no
 * place for it. Units: milliseconds; fractions stay. Default: Effect's clock; `clock` is not used. Edge: with
 * `Effect.repeat` an input that is no failure counts as one. Effect: none until it is used.
 * Errors: `PolicyOptionsError` for a bad option, at once.
 *
 * @since 0.1.0
 * @example
 * const part = () => undefined; // here Effect's own: import { Cause, Duration, Effect, Schedule } from "effect"
 * const modules = {
 *   Cause: { done: part },
 *   Duration: { millis: part },
 *   Effect: { sync: part, succeed: part, suspend: part },
 *   Schedule: { fromStep: () => "a schedule", recurs: () => "a schedule" },
 * };
 * scheduleBy(modules, lifetimeCap({ restarts: 1 })); // => "a schedule"
 */
export function scheduleBy<Modules extends EffectModules>(
  modules: Modules,
  policy: BridgePolicy,
  options: Omit<BridgeOptions, "clock"> = {},
): ReturnType<Modules["Schedule"]["recurs"]> {
  readArguments("scheduleBy", arguments, 3);
  let now = 0;
  readObject("scheduleBy", options);
  const bridge = attempts("scheduleBy", policy, { ...options, clock: () => now });
  for (const [name, part] of PARTS) {
    readFunction("scheduleBy", `modules.${name}.${part}`, modules?.[name]?.[part as never]);
  }
  const { Cause, Duration, Effect, Schedule } = modules;
  const begin = Effect.sync(() => {
    let state: unknown;
    let startedAt: number | null = null;
    let restarts = 0;
    return (at: number, error: unknown) =>
      Effect.suspend(() => {
        now = Math.floor(at);
        const verdict = bridge.after(state, { kind: "failed", error }, startedAt ?? now);
        state = verdict.state;
        if (verdict.delayMs === null) return Cause.done(restarts) as never;
        startedAt = now + Math.ceil(verdict.delayMs);
        return Effect.succeed([restarts++, Duration.millis(verdict.delayMs)]) as never;
      });
  });
  return Schedule.fromStep(begin as never) as ReturnType<Modules["Schedule"]["recurs"]>;
}
