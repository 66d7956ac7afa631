// Who has left the group of a child, and lives on after it: found on Linux by the mark that every child we start has in
// its environment, and passes on to what it starts. They are found and said, and let be.
//
// All that ask in one turn share one look. It reads the environments of those alone that were started after the
// oldest of the children asked about, the youngest first, some per turn; of more than `MOST` the oldest are not looked at.

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { threadId } from "node:worker_threads";
import { withReserve } from "./descriptor-reserve.js";
import { type ProcessLine, processTable } from "./process-table.js";

/** So many environments are read at most, and so many per turn. */
const MOST = 4_000;
const PER_TURN = 50;
/** Of an environment that is longer the beginning counts. */
const LONGEST = 131_072;
/** So many are named. */
const NAMED = 10;

/** Who is looked for: what a child of ours has started. */
export interface Lineage {
  /** What its processes have in their environment. */
  readonly mark: string;
  readonly pid: number;
  /** When it was started itself. */
  readonly startTime: string;
}

let count = 0;

/** A mark that no other child has. */
export function newMark(): string {
  count++;
  return `${process.pid}.${threadId}.${count}`;
}

let coming: { readonly all: Lineage[]; readonly found: Promise<Map<Lineage, string[]>> } | null =
  null;

/** Those who are out of the group and live: number and name, at most ten. Errors: none; who cannot be read is nobody. */
export async function escapees(lineage: Lineage): Promise<readonly string[]> {
  if (process.platform !== "linux") return [];
  coming ??= begin();
  coming.all.push(lineage);
  try {
    return (await coming.found).get(lineage) ?? [];
  } catch {
    return [];
  }
}

function begin() {
  const all: Lineage[] = [];
  const found = processTable().then((table) => {
    coming = null;
    return look(all, table ? [...table.values()].flat() : []);
  });
  return { all, found };
}

async function look(all: readonly Lineage[], lines: readonly ProcessLine[]) {
  const found = new Map<Lineage, string[]>();
  const since = Math.min(...all.map(({ startTime }) => Number(startTime)));
  const young = lines
    .filter(({ lives, startTime }) => lives && Number(startTime) >= since)
    .sort((a, b) => Number(b.startTime) - Number(a.startTime))
    .slice(0, MOST);
  const buffer = Buffer.allocUnsafe(LONGEST);
  for (const [at, { pid, group }] of young.entries()) {
    if (at % PER_TURN === PER_TURN - 1) await new Promise(setImmediate);
    const mark = markOf(pid, buffer);
    const lineage = mark && all.find((one) => one.mark === mark && one.pid !== group);
    if (!lineage) continue;
    const named = found.get(lineage) ?? [];
    found.set(lineage, named);
    if (named.length < NAMED) named.push(nameOf(pid));
  }
  return found;
}

const MARK = "\0STEADFAST_MARK=";

/** The mark in the environment of a process; null for none, and for one that is gone or another user's. */
function markOf(pid: number, buffer: Buffer): string | null {
  try {
    const length = withReserve(() => {
      const fd = openSync(`/proc/${pid}/environ`, "r");
      try {
        buffer[0] = 0;
        return 1 + readSync(fd, buffer, 1, LONGEST - 1, 0);
      } finally {
        closeSync(fd);
      }
    });
    const environment = buffer.subarray(0, length);
    const at = environment.indexOf(MARK);
    if (at < 0) return null;
    const from = at + MARK.length;
    const end = environment.indexOf(0, from);
    return environment.toString("latin1", from, end < 0 ? length : end);
  } catch {
    return null;
  }
}

/** Its number, and its name as the system has it. */
function nameOf(pid: number): string {
  try {
    const name = readFileSync(`/proc/${pid}/comm`, "utf8")
      .trim()
      .replace(/\p{Cc}/gu, "?");
    return `${pid} ${name}`;
  } catch {
    return String(pid);
  }
}
