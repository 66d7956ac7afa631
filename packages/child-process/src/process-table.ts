// Who is in which process group, read from /proc on Linux. All that ask in one turn of the event loop share one
// reading, which begins after the last of them has asked: so it is never older than the question.

import { readdirSync, readFileSync } from "node:fs";
import { withReserve } from "./descriptor-reserve.js";

/** The processes of each group, living or not. */
export type ProcessTable = ReadonlyMap<number, readonly ProcessLine[]>;

/** What a line of `/proc/<pid>/stat` says. */
export interface ProcessLine {
  readonly pid: number;
  readonly group: number;
  readonly lives: boolean;
  /** When it was started, in clock ticks since the boot: with its number it names a process for good. */
  readonly startTime: string;
}

let coming: Promise<ProcessTable | null> | null = null;

/**
 * The table, read in the next turn; null where there is no `/proc`.
 * Rejects where there is one that cannot be read now, such as without file descriptors.
 */
export function processTable(): Promise<ProcessTable | null> {
  coming ??= new Promise<void>((resolve) => {
    setImmediate(resolve);
  }).then(() => {
    coming = null;
    return withReserve(readTable);
  });
  return coming;
}

/** One process now; null for one that is gone, or where there is no `/proc`. Throws what `processTable` rejects with. */
export function processLine(pid: number): ProcessLine | null {
  return withReserve(() => readLine(pid));
}

/** When a process was started, as the system says it; null for one that is gone, or cannot be seen. */
export function startTimeOf(pid: number): string | null {
  try {
    return processLine(pid)?.startTime ?? null;
  } catch {
    return null;
  }
}

function readTable(): ProcessTable | null {
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
  const table = new Map<number, ProcessLine[]>();
  for (const name of names) {
    const line = Number(name) > 0 ? readLine(Number(name)) : null;
    if (!line) continue;
    const group = table.get(line.group);
    if (group) group.push(line);
    else table.set(line.group, [line]);
  }
  return table;
}

function readLine(pid: number): ProcessLine | null {
  try {
    return parseLine(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** It is gone since the listing, or hidden from us: no line of ours either way. */
const isGone = (error: unknown): boolean =>
  ["ENOENT", "ESRCH", "EACCES", "EPERM", "ENOTDIR"].includes(
    String((error as NodeJS.ErrnoException).code),
  );

/**
 * Reads a line of `/proc/<pid>/stat`; null for what is none.
 *
 * The second field is the program's name in parentheses and may itself hold spaces, parentheses and
 * line ends, so the fields are counted from the last `)`. States X and x (dead) are no life; nor is Z
 * (zombie) once the number of threads is down to 1.
 * Source: proc_pid_stat(5): state is field 3, pgrp 5, num_threads 20, starttime 22.
 */
export function parseLine(stat: string): ProcessLine | null {
  const [, pid, state = "", group, threads, startTime = ""] = STAT.exec(stat) ?? [];
  if (pid === undefined) return null;
  const lives = !/x/i.test(state) && (state !== "Z" || Number(threads) > 1);
  return { pid: Number(pid), group: Number(group), lives, startTime };
}

const STAT = /^(\d+) .*\) (\S) \S+ (\S+)(?: \S+){14} (\S+) \S+ (\S+)/s;
