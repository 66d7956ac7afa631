// What the system still has of a run: every process that was started with the run's mark in its environment, by
// process group, and zombies. Linux only: elsewhere nothing is seen.

import { readdirSync, readFileSync } from "node:fs";

export const MARK = "STEADFAST_SOAK";
/** How many of the last process ids are remembered, for zombies, which have no environment any more. */
const REMEMBERED = 4_096;

export class ProcessesOfOurs {
  readonly #mark: string;
  readonly #recent = new Int32Array(REMEMBERED);
  #next = 0;

  constructor(mark: string) {
    this.#mark = `${MARK}=${mark}`;
  }

  remember(pid: number): void {
    this.#recent[this.#next] = pid;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  look(): { readonly groups: number; readonly zombies: number } {
    const groups = new Set<number>();
    let zombies = 0;
    for (const name of pidNames()) {
      const pid = Number(name);
      if (!pid || pid === process.pid) continue;
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (state === "Z" || state === "X") {
          if (Number(parent) === process.pid || this.#recent.includes(Number(group))) zombies++;
        } else if (this.#isOurs(pid)) groups.add(Number(group));
      } catch {} // gone meanwhile
    }
    return { groups: groups.size, zombies };
  }

  #isOurs(pid: number): boolean {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(this.#mark);
  }
}

function pidNames(): readonly string[] {
  try {
    return readdirSync("/proc");
  } catch {
    return []; // no /proc: not Linux
  }
}
