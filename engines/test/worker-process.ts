// A worker in a process of its own, which says how far it has come, and is killed.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface WorkerProcess {
  /** How often it said so. */
  count(word: string): number;
  /** Settles once it has said so. */
  said(word: string): Promise<void>;
  kill(): Promise<void>;
}

/** Forks a program of `workers/`. */
export function startWorker(file: string, ...args: readonly string[]): WorkerProcess {
  const program = fileURLToPath(new URL(`workers/${file}`, import.meta.url));
  const child = fork(program, args);
  const words: string[] = [];
  child.on("message", (message) => words.push(...Object.keys(message as object)));
  const count = (word: string) => words.filter((one) => one === word).length;
  return {
    count,
    async said(word) {
      while (count(word) === 0) await once(child, "message");
    },
    async kill() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}
