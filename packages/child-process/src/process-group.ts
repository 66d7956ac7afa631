// One process group, by its number, which is the pid of its leader.
//
// A group is over when nobody in it lives. A zombie does not live: it holds no file, no port and no
// memory, and where PID 1 does not reap it stays for ever. `kill(-pgid, 0)` cannot tell the two
// apart, so Linux is asked through /proc; elsewhere, or without /proc, the signal has to do.
// A process whose main thread is a zombie while other threads are not yet gone still holds its ports.
//
// The number of a group stays taken while it has a member, dead leader or not. Once it is empty the
// number may be given away, so nobody signals a group that was seen empty.

import { readdirSync, readFileSync } from "node:fs";

/** What can be done with a process group. */
export interface ProcessGroup {
  /** Signals every member. False if there was nobody. Throws what else `kill(2)` refuses. */
  signal(signal: NodeJS.Signals | 0): boolean;
  /** Whether any member lives. Zombies do not. */
  alive(): boolean;
}

/** The group that the process `pgid` leads or once led. */
export function processGroup(
  pgid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessGroup {
  function signal(name: NodeJS.Signals | 0): boolean {
    try {
      process.kill(-pgid, name);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
      throw error;
    }
  }

  return {
    signal,
    alive() {
      const stats = platform === "linux" ? readStats() : null;
      if (stats) return stats.some((stat) => livesIn(stat, pgid));
      try {
        return signal(0);
      } catch {
        return true; // EPERM: there is a member, and it is not ours to signal
      }
    },
  };
}

/**
 * Whether a process leads a group of its own. True only if the group is the process's: a number that
 * is a living process's pid cannot be the number of anybody else's group.
 */
export function leadsGroup(pid: number): boolean {
  if (process.platform === "win32") return false;
  try {
    return processGroup(pid).signal(0);
  } catch {
    return true;
  }
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
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ", 18);
  const [state, , group] = fields;
  if (Number(group) !== pgid || state === "X" || state === "x") return false;
  return state !== "Z" || Number(fields[17]) > 1;
}

/** One line per process, or null where there is no /proc to read. */
function readStats(): string[] | null {
  try {
    return readdirSync("/proc").filter(isPid).map(readStat);
  } catch {
    return null;
  }
}

function isPid(name: string): boolean {
  return /^\d+$/.test(name);
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return ""; // gone since the listing
  }
}
