// One process group, by its number, which is the pid of its leader.
//
// A group is over when nobody in it lives. A zombie does not live: it holds no file, no port and no
// memory, and where PID 1 does not reap it stays forever. `kill(-pgid, 0)` cannot tell the two
// apart, so Linux is asked through /proc; elsewhere, or without /proc, the signal has to do.
// A process whose main thread is a zombie while other threads are not yet gone still holds its ports.
//
// Members that were seen are looked at again by themselves: the whole of /proc is read for the first look, and
// when none of those that are known lives any more.
//
// The number of a group stays taken while it has a member, dead leader or not. Once it is empty the
// number may be given away, so nobody signals a group that was seen empty.

import { type ProcessLine, processLine, processTable } from "./process-table.js";

/** What a look at a group showed; `unseen`: there is somebody, who may be a zombie, and `/proc` cannot be read now. */
export type Sight = "alive" | "empty" | "unseen";

/** What can be done with a process group. */
export interface ProcessGroup {
  /** Signals every member that the system lets us signal. False if there was nobody at all. */
  reach(signal: NodeJS.Signals | 0): boolean;
  /** Whether any member lives. Zombies do not. Errors: none. */
  look(): Promise<Sight>;
}

/** The group that the process `pgid` leads or once led. */
export function processGroup(
  pgid: number,
  platform: NodeJS.Platform = process.platform,
): ProcessGroup {
  let known: readonly ProcessLine[] = [];

  function reach(signal: NodeJS.Signals | 0): boolean {
    try {
      return process.kill(-pgid, signal);
    } catch (error) {
      return !isNobody(error); // EPERM: somebody is there
    }
  }

  /** Whether it is the same process, and lives. */
  function livesOn({ pid, startTime }: ProcessLine): boolean {
    const line = processLine(pid);
    return line?.lives === true && line.group === pgid && line.startTime === startTime;
  }

  async function seen(): Promise<Sight> {
    if (known.some(livesOn)) return "alive";
    const members = (await processTable())?.get(pgid);
    // Somebody is there, and is not to be seen: there is no /proc, or it hides the processes of others.
    if (!members) return reach(0) ? "alive" : "empty";
    known = members.filter(({ lives }) => lives);
    return known.length > 0 ? "alive" : "empty";
  }

  return {
    reach,
    async look() {
      if (!reach(0)) return "empty";
      if (platform !== "linux") return "alive";
      try {
        return await seen();
      } catch {
        return reach(0) ? "unseen" : "empty";
      }
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
