// The built program, started as a person would, and what it says while it runs. A test waits for text, never for time.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../dist/bin.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started extends AsyncDisposable {
  readonly pid: number;
  /** Settles when it has ended and all it said was read. */
  readonly ended: Promise<Ended>;
  /** What it has said on both streams so far. */
  text(): string;
  /** Settles when what it has said matches; rejects if it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
}

export interface How {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What starts it, such as `unshare`; it is given Node and the program as arguments. */
  readonly by?: readonly [string, ...string[]];
}

/** Without what would change colours or forms. */
const ENV: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR,
};

export function start(args: readonly string[], { cwd, env, by = ["env"] }: How = {}): Started {
  const [command, ...first] = by;
  const child = spawn(command, [...first, process.execPath, BIN, ...args], {
    cwd: cwd ?? process.cwd(),
    env: { ...ENV, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const streams = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  let isOver = false;
  const look = () => {
    for (const one of waiting) one();
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      streams[name] += text;
      look();
    });
  }
  const text = () => streams.stdout + streams.stderr;
  const ended = once(child, "close").then(([code, signal]): Ended => {
    isOver = true;
    look();
    return { code, signal, ...streams };
  });

  return {
    pid: child.pid ?? 0,
    ended,
    text,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const one = () => {
          const found = pattern.exec(streams.stdout) ?? pattern.exec(streams.stderr);
          if (!found && !isOver) return;
          waiting.delete(one);
          if (found) resolve(found);
          else reject(new Error(`it ended without ${pattern}:\n${text()}`));
        };
        waiting.add(one);
        one();
      }),
    kill: (signal) => {
      child.kill(signal);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** What it says and exits with. */
export async function ran(args: readonly string[], how: How = {}): Promise<Ended> {
  await using one = start(args, how);
  return await one.ended;
}
