// An attempt that another host has launched and left behind. What is left of it is known by its group's number and by
// the variables that every attempt has in its environment, so a number that was reused is not touched. Where there
// is a lifeline, it ends that attempt; else, or where it does not, we do.

import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { PastAttempt } from "@steadfast/supervisor";
import { isExhausted, withReserve } from "./descriptor-reserve.js";
import { processGroup, type Sight } from "./process-group.js";
import { type ProcessLine, processLine, processTable } from "./process-table.js";
import type { ProcessSettings } from "./read-launcher-options.js";
import { sweep } from "./sweep.js";

/** The lifeline kills after 2 s. */
const LIFELINE_MS = 2_500;
const LOOK_MS = 50;
const GRACE_MS = 2_000;
/** Linux counts start times in hundredths of a second. */
const TICK_MS = 10;
/** How exact that is as an instant. */
const CLOCK_MS = 1_000;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Settles when nobody of it is left, or where one process cannot be distinguished from another: only Linux shows environments. Errors: none. */
export async function settlePast(
  past: PastAttempt,
  { lifeline, killScope, stopSignal, onFault }: ProcessSettings,
): Promise<void> {
  const { pid } = past;
  if (pid === null || process.platform !== "linux") return;
  const group = processGroup(pid);
  const isMeant = (line: ProcessLine) =>
    line.lives && (killScope !== "process" || line.pid === pid) && isOfPast(line, past);

  async function look(): Promise<Sight> {
    try {
      const members = (await processTable())?.get(pid as number) ?? [];
      return members.some(isMeant) ? "alive" : "empty";
    } catch {
      return "unseen";
    }
  }

  function reach(signal: NodeJS.Signals | 0): boolean {
    if (killScope !== "process") return group.reach(signal);
    try {
      return process.kill(pid as number, signal);
    } catch {
      return false;
    }
  }

  const waits = lifeline ? LIFELINE_MS / LOOK_MS : 0;
  for (let i = 0; i < waits && (await look()) !== "empty"; i++) await pause(LOOK_MS);
  const debts: NodeJS.Signals[] = [stopSignal, "SIGCONT"];
  const owed = () => debts.splice(0);
  const rest = await sweep({ reach, look }, { mood: () => "firm", owed, graceMs: GRACE_MS, pause });
  if (rest === "left" || rest === "unseen") {
    onFault(new Error(`what another host has left of process group ${pid} cannot be ended`));
  }
}

/**
 * A leader that the snapshot knows was there before it; what was started later has a number that was reused. But the clock
 * of the host that took it may have been behind: it does not count while a machine sleeps, and does not follow one that is set.
 */
function isOldEnough({ pid, group, startTime }: ProcessLine, at: number): boolean {
  const startedAt = Date.now() - uptime() * 1_000 + Number(startTime) * TICK_MS;
  return pid !== group || startedAt <= at + CLOCK_MS;
}

/** A file of a process; empty where it has no memory any more, which newer kernels say by ESRCH. */
function shown(pid: number, file: string): string {
  try {
    return withReserve(() => readFileSync(`/proc/${pid}/${file}`, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "";
    throw error;
  }
}

/**
 * Whether a process has the variables of this attempt in its environment, and was started when that was; where the
 * snapshot does not say when, it is as old as that, or its host is gone. One that is just ending has no memory any
 * more, so neither an environment nor a command line: it counts, since it may still hold a port or a lock, and a signal
 * does it no harm.
 */
function isOfPast(line: ProcessLine, past: PastAttempt): boolean {
  const { pid } = line;
  const isSame =
    past.startTime === null || pid !== past.pid ? null : line.startTime === past.startTime;
  if (isSame === false) return false; // the number was reused
  const isOld = isSame ?? isOldEnough(line, past.at);
  try {
    const text = shown(pid, "environ");
    if (text === "") return isOld && shown(pid, "cmdline") === "";
    const environment = text.split("\0");
    return isMarked(environment, past) && (isOld || isOrphan(environment, line));
  } catch (error) {
    if (isExhausted(error)) throw error;
    return false; // it is gone, or another user's
  }
}

/** One that was a standby first does not show there which attempt it became. */
function isMarked(
  environment: readonly string[],
  { id, attempt, generation }: PastAttempt,
): boolean {
  const ofAttempt = [`STEADFAST_ATTEMPT=${attempt}`, `STEADFAST_GENERATION=${generation}`];
  const isStandby = environment.some((variable) => variable.startsWith("STEADFAST_STANDBY="));
  const has = (mark: string) => environment.includes(mark);
  return has(`STEADFAST_ID=${id}`) && (isStandby || ofAttempt.every(has));
}

/** Whether the host that has started it, whose number is in its mark, is gone: a process that has its number now is younger. */
function isOrphan(environment: readonly string[], line: ProcessLine): boolean {
  const mark = environment.find((variable) => variable.startsWith(MARK));
  if (mark === undefined) return false;
  const host = processLine(Number.parseInt(mark.slice(MARK.length), 10));
  return !host?.lives || Number(host.startTime) > Number(line.startTime);
}

const MARK = "STEADFAST_MARK=";
