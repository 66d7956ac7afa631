// One running child process as the supervisor's `LiveChild`.
//
// running -> (exit, or a refusal to spawn) -> see the group out, drain the pipes -> over: settle.
// The first of exit and refusal decides; whatever follows changes nothing. `error` events of a child
// that has a pid are faults (a signal or a message that failed), never exits.

import type { ChildProcess } from "node:child_process";
import type { Exit } from "@steadfast/policy";
import type { LiveChild } from "@steadfast/supervisor";
import { type Channel, channel } from "./channel.js";
import { letGo, streamsOf } from "./child-streams.js";
import { type Clearance, clearance } from "./clearance.js";
import type { Outlets } from "./outlets.js";
import { readOutput } from "./output-reader.js";
import { processExit } from "./process-exit.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { type SignalBox, signalBox } from "./signal-box.js";
import { signsOfLife } from "./signs-of-life.js";
import { type KillReach, planFor, type StopPlan } from "./stop-plan.js";
import { type Stopping, stopping } from "./stopping.js";

/**
 * An attempt that is a process.
 * @since 0.1.0
 */
export interface LiveProcess extends LiveChild<undefined> {
  /** Whom `kill` reaches: what the `killScope` asked for came to on this platform, for this child. */
  readonly reach: KillReach;
}

/** Whose child it is. */
export interface Custody {
  /** Whether this package started it, and so closes its streams and its channel after the exit. */
  readonly ours: boolean;
  /** Whether it leads a process group of its own. */
  readonly leadsGroup: boolean;
  /** Its own promise, which knows why it was not started or what has ended it, where nobody else tells. */
  readonly promise: Promise<unknown> | null;
  /** What all that it starts have in their environment; left out where that is not known. */
  readonly mark?: string | undefined;
}

/** What is heard of a child process. */
interface Ears {
  readonly onError: (error: unknown) => void;
  readonly onExit: (code: number | null, signal: string | null) => void;
  readonly fault: (error: unknown) => void;
}

/** Listens, and tells what is over already: a spawn that failed, a factory's child that has ended. */
function listen(
  child: ChildProcess,
  promise: Custody["promise"],
  { onError, onExit, fault }: Ears,
): void {
  child.on("exit", onExit).on("error", onError);
  for (const stream of streamsOf(child)) stream.on("error", fault);
  if (child.pid === undefined) {
    promise?.catch(onError);
    setImmediate(() => onError(new Error("the child has no pid")));
  }
  if ((child.exitCode ?? child.signalCode ?? null) !== null) {
    onExit(child.exitCode, child.signalCode);
  }
}

function planOf(settings: ProcessSettings, leadsGroup: boolean, channel: boolean): StopPlan {
  return planFor({ ...settings, platform: process.platform, leadsGroup, channel });
}

interface Parts {
  readonly plan: StopPlan;
  readonly box: SignalBox;
  readonly orders: Stopping;
  readonly clearing: Clearance;
  readonly startTime: string | null;
  readonly send: Channel["send"] | null;
  readonly settings: ProcessSettings;
}

/** What the supervisor sees of a child. */
function faceOf(child: ChildProcess, parts: Parts): LiveProcess {
  const { pid } = child;
  const { plan, box, orders, clearing, startTime, send } = parts;
  const { reloadSignal } = parts.settings;
  return {
    exited: clearing.exited,
    lingeredMs: clearing.lingeredMs,
    reach: plan.reach,
    // Without a process id there never was a process: the error that says so is still to come.
    ...(pid === undefined ? { announces: true } : { pid }),
    ...(startTime === null ? {} : { startTime }),
    onSignal: box.listen,
    requestStop: orders.requestStop,
    kill: orders.kill,
    ...(send ? { send } : {}),
    signal: orders.signal,
    ...(reloadSignal ? { reload: () => orders.signal(reloadSignal) } : {}),
    abandon() {
      clearing.abandon();
      letGo(child);
    },
  };
}

/** Watches a child process. */
export function liveProcess(
  child: ChildProcess,
  settings: ProcessSettings,
  outlets: Outlets,
  custody: Custody,
  box: SignalBox = signalBox(),
): LiveProcess {
  const { ours, leadsGroup, promise } = custody;
  const { pid, connected } = child;
  const plan = planOf(settings, leadsGroup, connected);
  let received = 0;
  const beat = signsOfLife(settings.heartbeat, pid, box);
  const output = readOutput(child, settings, outlets, piece, () => box.put({ type: "ready" }));
  const orders = stopping(child, plan, settings, fault, () => clearing.hurry());
  const isStopping = () => orders.mood() !== "firm";
  const talk = channel(child, settings, { box, ours, count, fault, isStopping });
  const reading = { output, received: () => received };
  const left = { child, ...custody, plan, settings, orders, forget, ...reading };
  const clearing = clearance(left);
  let ended = false;

  function count(): void {
    received++;
  }

  function piece(): void {
    count();
    beat();
  }

  function end(exit: Exit<undefined>): void {
    if (ended) return;
    ended = true;
    orders.ended();
    clearing.run(exit);
  }

  /** The listeners for errors stay for good: a late one must not escape. */
  function fault(error: unknown): void {
    if (!ended) settings.onFault(error);
  }

  function onError(error: unknown): void {
    if (pid === undefined) end({ kind: "spawn-failed", error });
    else fault(error);
  }

  function onExit(code: number | null, signal: string | null): void {
    end(processExit(code, signal));
  }

  function forget(): void {
    box.close();
    talk.close();
    child.off("exit", onExit);
  }

  function send(message: unknown): boolean | "backlog" {
    return !ended && talk.send(message);
  }

  listen(child, promise, { onError, onExit, fault });
  const startTime = clearing.began();
  const says = connected ? send : null;
  return faceOf(child, { plan, box, orders, clearing, startTime, settings, send: says });
}
