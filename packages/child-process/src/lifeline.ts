// What ends the children of a host that cannot do so itself any more: one small shell per host, which lives in a
// session of its own and sees the end of a pipe. It is started with the first child, and stays for the host's life.

import { type ChildProcess, spawn } from "node:child_process";
import { LIFELINE_SCRIPT } from "./lifeline-script.js";

/** So often it is started again after it was ended by somebody else. */
const MOST_AGAIN = 3;

/** Whom it ends: a group, or the process alone. */
export type LifelineReach = "g" | "p";

let line: ChildProcess | null = null;
let starts = 0;
/** What it must know, by pid. */
const held = new Map<number, string>();

/**
 * Has a process, or the group that it leads, ended if this host goes first; until what is returned is called.
 *
 * @param startTime as the system says it; null: the shell asks itself.
 */
export function holdLifeline(
  pid: number,
  reach: LifelineReach,
  startTime: string | null,
  onFault: (error: unknown) => void,
): () => void {
  const entry = `+ ${pid} ${reach} ${startTime ?? "-"}\n`;
  held.set(pid, entry);
  if (line) tell(entry);
  else start(onFault);
  return () => {
    if (held.get(pid) !== entry) return;
    held.delete(pid);
    tell(`- ${pid}\n`);
  };
}

function tell(text: string): void {
  line?.stdin?.write(text);
}

/** Starts it and tells it all. It keeps nobody alive. */
function start(onFault: (error: unknown) => void): void {
  if (starts > MOST_AGAIN) return;
  starts++;
  const fault = (cause: unknown) => onFault(new Error("the lifeline cannot be started", { cause }));
  try {
    const shell = spawn("/bin/sh", ["-c", 'eval "$SCRIPT"', "steadfast-lifeline"], {
      cwd: "/",
      detached: true,
      // In the environment, so that a list of processes stays readable.
      env: { PATH: process.env.PATH ?? "/usr/bin:/bin", SCRIPT: LIFELINE_SCRIPT },
      stdio: ["pipe", "ignore", "ignore"],
    });
    line = shell;
    const lose = () => {
      if (line === shell) line = null;
    };
    shell.on("error", (error) => {
      lose();
      fault(error);
    });
    shell.on("exit", () => {
      lose();
      if (held.size > 0) start(onFault);
    });
    shell.stdin.on("error", lose);
    shell.unref();
    (shell.stdin as typeof shell.stdin & { unref?(): void }).unref?.();
    tell([...held.values()].join(""));
  } catch (error) {
    fault(error);
  }
}
