// One process group, by its number, which is the pid of its leader.
//
// A group is over when nobody in it lives. A zombie does not live: it holds no file, no port and no
// memory, and where PID 1 does not reap it stays forever. `kill(-pgid, 0)` cannot tell the two
// apart, so Linux is asked through /proc; elsewhere, or without /proc, the signal has to do.
// A process whose main thread is a zombie while other threads are not yet gone still holds its ports.
//
// The number of a group stays taken while it has a member, dead leader or not. Once it is empty the
// number may be given away, so nobody signals a group that was seen empty.

import { readdirSync, readFileSync } from "node:fs";

/** What can be done with a process group. */
export interface ProcessGroup {
  /** Signals every member that the system lets us signal. False if there was nobody at all. */
  reach(signal: NodeJS.Signals | 0): boolean;
  /** Whether any member lives. Zombies do not. */
  alive(): boolean;
}

/** The group that the process `pgid` leads or once led. */
export function processGroup(
  pgid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessGroup {
  function reach(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-pgid, signal);
    } catch (error) {
      return !isNobody(error); // EPERM: somebody is there
    }
  }

  return {
    reach,
    alive() {
      try {
        if (platform === "linux") {
          return readdirSync("/proc").some((pid) => livesIn(readStat(pid), pgid));
        }
      } catch {
        // There is no /proc here.
      }
      return reach(0);
    },
  };
}

/** Whether an error says that there was nobody to be signalled. */
export function isNobody(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ESRCH";
}

/**
 * Whether a process leads a group of its own. True only if the group is the process's: a number that
 * is a living process's pid cannot be the number of anybody else's group.
 */
export function leadsGroup(pid: number): boolean {
  return process.platform !== "win32" && processGroup(pid).reach(0);
}

/**
 * Whether the process that a line of `/proc/<pid>/stat` describes is alive and in group `pgid`.
 *
 * The second field is the program's name in parentheses and may itself hold spaces, parentheses and
 * line ends, so the fields are counted from the last `)`. States X and x (dead) are no life; nor is Z
 * (zombie) once the number of threads is down to 1. A line without these fields describes nobody.
 * Source: proc_pid_stat(5): state is field 3, pgrp 5, num_threads 20.
 */
export function livesIn(stat: string, pgid: number): boolean {
  const [, state = "", group, threads] = STAT.exec(stat) ?? [];
  if (Number(group) !== pgid || /x/i.test(state)) return false;
  return state !== "Z" || Number(threads) > 1;
}

const STAT = /.*\) (\S) \S+ (\S+)(?: \S+){14} (\S+)/s;

/** The line of a process; nothing for one that is gone since the listing, or that is none. */
function readStat(pid: string): string {
  try {
    return Number(pid) > 0 ? readFileSync(`/proc/${pid}/stat`, "latin1") : "";
  } catch {
    return "";
  }
}
