// What a `ChildProcess` is made of, read with its gaps: a child whose spawn failed may have no
// streams, and no channel, and a type that says otherwise.

import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { leadsGroup } from "./process-group.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { type StopPlan, stopPlan } from "./stop-plan.js";

/** The streams between the child and this process. */
export function streamsOf(child: ChildProcess): (Readable | Writable)[] {
  const stdio: readonly (Readable | Writable | null | undefined)[] | undefined = child.stdio;
  return (stdio ?? []).filter((stream) => stream !== null && stream !== undefined);
}

/** Whether the child's `exit` event has been emitted already. */
export function hasEnded(child: ChildProcess): boolean {
  return typeof child.exitCode === "number" || typeof child.signalCode === "string";
}

/** The plan for this child, as it is now: a group is signalled only if the child is seen to lead it. */
export function planFor(child: ChildProcess, settings: ProcessSettings): StopPlan {
  const { pid } = child;
  return stopPlan({
    platform: process.platform,
    killScope: settings.killScope,
    stopSignal: settings.stopSignal,
    leadsGroup: pid !== undefined && !hasEnded(child) && leadsGroup(pid),
    channel: child.connected,
  });
}

/** Keeps this process alive no longer for the child's sake. */
export function letGo(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of streamsOf(child)) {
    if ("unref" in stream && typeof stream.unref === "function") stream.unref();
  }
}
