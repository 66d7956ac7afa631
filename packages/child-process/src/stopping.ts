// What was ordered of one child, and what it means before and after its exit. A stop is asked for once, step by step; a
// kill comes once, and nothing is asked after it. After the exit nobody but the rest of the group can be signalled,
// and only by the sweep, which knows whether somebody is there.

import type { ChildProcess } from "node:child_process";
import type { StopReason } from "@steadfast/supervisor";
import { carryOut } from "./carry-out.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import type { StopPlan, TimedStep } from "./stop-plan.js";
import type { Mood } from "./sweep.js";

/** The orders to one child. */
export interface Stopping {
  requestStop(reason: StopReason): void;
  kill(): void;
  /** Sends a signal to the child alone. False if it has ended. */
  signal(name: string): boolean;
  /** The child itself has ended. */
  ended(): void;
  /** Nothing of the child is left, or it was given up: no step follows. */
  over(): void;
  /** How the rest of its group is dealt with. */
  mood(): Mood;
  /** What the rest of its group is to be sent now, each once. */
  owed(): readonly NodeJS.Signals[];
  /** What was done to end it, in order: signals by name, else how. */
  done(): readonly string[];
}

/** @param hurry called when a kill comes after the exit. */
export function stopping(
  child: ChildProcess,
  plan: StopPlan,
  { killScope, stopSignal }: ProcessSettings,
  fault: (error: unknown) => void,
  hurry: () => void,
): Stopping {
  let isAsked = false;
  let isKilled = false;
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  const debts: NodeJS.Signals[] = [];
  const done: string[] = [];
  /** Whether a step asks the whole group; `mixed` asks its leader alone. */
  const asksRest = killScope !== "mixed" && plan.stop.some(isAsking);

  /** A child that is over, or has closed its channel, is not spoken to. */
  function isPossible({ via }: TimedStep): boolean {
    if (via === "message") return !hasEnded && child.connected;
    return via !== "stdin" || !hasEnded;
  }

  function perform(planned: readonly TimedStep[], reason: string): void {
    if (child.pid === undefined) return;
    const steps = planned.filter(isPossible);
    for (const step of steps) {
      if (step.via !== "signal") done.push(step.via);
      else if (step.signal !== "SIGCONT") done.push(step.signal);
      if (hasEnded && step.via === "signal") debts.push(step.signal);
    }
    if (!hasEnded) carryOut(steps, child, reason, fault);
  }

  /** Does all that is due so long after the request, and waits for what follows. */
  function proceed(from: number, at: number, reason: string, isSkipped = false): void {
    const next = plan.stop.findIndex(({ afterMs = 0 }) => afterMs > at);
    const due = plan.stop.slice(from, next < 0 ? undefined : next);
    const kills = due.at(-1)?.via === "kill";
    if (!isSkipped) perform(kills ? due.slice(0, -1) : due, reason);
    if (kills) return kill();
    const { afterMs = at } = plan.stop[next] ?? {};
    if (next >= 0) timer = setTimeout(proceed, afterMs - at, next, afterMs, reason);
  }

  function kill(): void {
    clearTimeout(timer);
    if (isKilled) return;
    isKilled = true;
    if (hasEnded) hurry();
    else perform(plan.kill, "kill");
  }

  return {
    requestStop(reason) {
      if (isAsked || isKilled) return;
      isAsked = true;
      // What a crash has left behind was asked already.
      proceed(0, 0, reason, hasEnded);
    },
    kill,
    signal: (name) => !hasEnded && child.kill(name as NodeJS.Signals),
    ended() {
      hasEnded = true;
      // Else the rest was asked together with the child, or a later step asks it.
      if (!isAsked || !asksRest) debts.push(stopSignal, "SIGCONT");
    },
    over: () => clearTimeout(timer),
    mood: () => (isKilled ? "forced" : isAsked ? "patient" : "firm"),
    owed: () => debts.splice(0),
    done: () => done,
  };
}

/** Whether a step is a signal that asks for the end. */
const isAsking = (step: TimedStep) => step.via === "signal" && step.signal !== "SIGCONT";
