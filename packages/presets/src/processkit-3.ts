// processkit 3: predicate, restart type, permanent failures, budget, storm guard, backoff, in that
// order; see processkit.ts.
//
// - A crash is an exit whose code is not among `okCodes`, or that has none.
// - A run of at least `maxBackoffMs` brings the delay back to the first, however it ended; a failed
//   spawn was no run. The budget forgets nothing.
// - The storm guard is off unless `stormPauseMs` is given. Each failure makes the score half of itself
//   per `failureDecayMs`, plus 1; above `failureThreshold` it takes one pause, jittered like a delay, and
//   begins at 0 again. The backoff comes on top of the pause.

import { backoff } from "@steadfast/backoff";
import { decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  type Exit,
  type InTurnState,
  inTurn,
  type OptionsReader,
  readArguments,
  readOptions,
} from "@steadfast/policy";
import { flag } from "./flag.js";
import { named } from "./named.js";
import { NEVER_MS } from "./never.js";
import { optionalCount } from "./optional-count.js";
import { ownDraw } from "./own-draw.js";
import type { Preset } from "./preset.js";
import { BAND, delays, inForce, type ProcesskitOptions, predicate, wanted } from "./processkit.js";

/**
 * What the builder of processkit 3's `Supervisor` takes; all have its defaults.
 * @since 0.1.0
 */
export interface Processkit3Options extends ProcesskitOptions {
  /** Ends it when true of a crash or a failed spawn: no restart will fix that. Must be pure. Default: never. */
  readonly giveUpWhen?: (exit: Exit) => boolean;
  /** The exit codes that are no crash, each from -(2^53-1) to 2^53-1. Default `[0]`. */
  readonly okCodes?: readonly number[];
  /** How long a storm pauses, in whole milliseconds from 0 to 2^53-1. Default null: no storm guard. */
  readonly stormPauseMs?: number | null;
  /** In how long the score of failures halves, from 0 to 2^53-1 ms. Default 30 000. */
  readonly failureDecayMs?: number;
  /** The highest score that is no storm: any number; one that is not finite is never exceeded. Default 5. */
  readonly failureThreshold?: number;
  /** Whether no delay exceeds `maxBackoffMs`, jitter included. Default false, as in the source. */
  readonly fixed?: boolean;
}

type Read = OptionsReader<Processkit3Options>;

/** A score that no failures get to. */
const UNREACHED = Number.MAX_SAFE_INTEGER;

/**
 * Restarts as processkit 3 `Supervisor` does: as 0.7, with a pause in a storm of failures; its health check apart.
 *
 * Decides: a restart after a crash, in the order predicate, restart type, permanent failure, budget,
 * storm, backoff. Units: milliseconds. Defaults: `onCrash`, no limit,
 * 200 ms, factor 2, 30 s, jitter; no storm guard, half-life 30 s, threshold 5.
 * Edges: a run of exactly `maxBackoffMs` forgives; a score of exactly `failureThreshold` is no storm.
 * Known surprises: a jittered delay may reach 1.5 times `maxBackoffMs` (`fixed` keeps it within). A
 * child that fails after just less than `maxBackoffMs` never becomes well. Budget and storm guard are
 * apart: a budget that is spent ends it without a pause. `stopWhen` is not asked about a failed spawn,
 * nor about an exit `unhealthy`.
 * Errors: `PolicyOptionsError`. Effect: none, and the policy has no memory but its state.
 * Source: processkit 3, `Supervisor::drive`, `gate_restart`, `storm_gate`.
 *
 * @since 0.1.0
 * @example
 * const preset = processkit3({ okCodes: [0, 2], jitter: false });
 * preset.isFailure({ kind: "failed", code: 2 }); // => false
 * const child = cell(preset.policy, { clock: () => 0, random: () => 0 });
 * child.send({ type: "launch", cause: "start" }); // => { type: "launch", delayMs: 0 }
 * child.send({ type: "exited", exit: { kind: "failed", code: 1 }, failed: true, uptimeMs: 0 });
 * child.send({ type: "launch", cause: "restart" }); // => { type: "launch", delayMs: 200 }
 */
export function processkit3(options: Processkit3Options = {}): Preset<InTurnState> {
  readArguments("processkit3", arguments, 1);
  const read = readOptions<Processkit3Options>("processkit3", options);
  const growth = delays(read, flag(read, "fixed"));
  const asked = predicate<Processkit3Options, [Exit, number]>(read, "stopWhen");
  const members = wanted(read, {
    stop: (exit, ordinal) => exit.kind !== "unhealthy" && asked(exit, ordinal),
    giveUp: predicate(read, "giveUpWhen"),
  });
  const storm = readStorm(read);
  const okCodes = readOkCodes(read);
  const filled = {
    ...inForce(read, growth, ["stopWhen", "giveUpWhen"]),
    ...storm,
    okCodes: okCodes.map((code) => code + 0),
  };
  read.end();
  return {
    policy: named(
      "processkit3",
      filled,
      inTurn(
        allOf(...members),
        inTurn(
          stormGuard(storm, growth.jitter === "none"),
          backoff({ ...growth, from: "request", resetAfterMs: Math.ceil(growth.capMs) }),
        ),
      ),
    ),
    isFailure: (exit) => exit.kind !== "lost" && !okCodes.some((code) => code === codeOf(exit)),
    onNotYet: "end",
    operatorLaunches: "free",
    healthyAfterMs: NEVER_MS,
    gracePeriodMs: 2_000,
  };
}

/** The storm guard's settings in force; a threshold that is not finite becomes one that no score gets to. */
function readStorm(read: Read) {
  const given = read.checked<number>(
    "failureThreshold",
    "a number",
    (value) => typeof value === "number",
    5,
  );
  return {
    stormPauseMs: optionalCount(read, "stormPauseMs"),
    failureDecayMs: read.finite("failureDecayMs", {
      max: Number.MAX_SAFE_INTEGER,
      default: 30_000,
    }),
    failureThreshold: Number.isFinite(given) ? Math.min(Math.max(0, given), UNREACHED) : UNREACHED,
  };
}

function stormGuard(storm: ReturnType<typeof readStorm>, steady: boolean) {
  const { stormPauseMs, failureDecayMs: halfLifeMs, failureThreshold } = storm;
  const threshold = stormPauseMs === null ? UNREACHED : failureThreshold;
  const jitter = steady ? { low: 1, high: 1 } : BAND;
  return ownDraw(
    decayingBudget({ halfLifeMs, threshold, pauseMs: stormPauseMs ?? 0, onTrip: "delay", jitter }),
    "storm",
  );
}

function readOkCodes(read: Read): readonly number[] {
  return read.checked<readonly number[]>(
    "okCodes",
    "an array of whole numbers",
    (value) => Array.isArray(value) && value.every(Number.isSafeInteger),
    [0],
  );
}

/** The exit code, where there is one. A task that completed has none, and counts as code 0. */
function codeOf(exit: Exit): number | null {
  if (exit.kind === "completed") return exit.code ?? 0;
  if (exit.kind === "failed" || exit.kind === "out-of-memory") return exit.code ?? null;
  return null;
}
