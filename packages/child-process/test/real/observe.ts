// What the tests of real processes see of them: signals one at a time, and whether a pid lives.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ChildSignal, LaunchInfo, LiveChild, SupervisorHandle } from "@steadfast/supervisor";

export const info: LaunchInfo = {
  id: "child",
  attempt: 1,
  generation: 1,
  cause: "start",
  failures: 0,
};

/** The path of a fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
}

/** Takes the signals of a child one at a time, in order. */
export function signalsOf(child: LiveChild): () => Promise<ChildSignal> {
  const come: ChildSignal[] = [];
  const wanted: ((signal: ChildSignal) => void)[] = [];
  child.onSignal((signal) => {
    const want = wanted.shift();
    if (want) want(signal);
    else come.push(signal);
  });
  return () => {
    const signal = come.shift();
    return signal ? Promise.resolve(signal) : new Promise((resolve) => wanted.push(resolve));
  };
}

/** Takes the messages of a child one at a time; any other signal is an error. */
export function messagesOf(child: LiveChild): () => Promise<unknown> {
  const next = signalsOf(child);
  return async () => {
    const signal = await next();
    if (signal.type !== "message") throw new Error(`expected a message, got ${signal.type}`);
    return signal.message;
  };
}

/** Whether a process lives; a zombie does not. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return !/^[ZXx]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** Every standby is up, as far as its supervisor knows. No event says so: this looks every turn. */
export async function allUp(handle: Pick<SupervisorHandle, "snapshot">): Promise<void> {
  const up = () => {
    const { supervision } = handle.snapshot() as unknown as {
      supervision: { standby: { list: { up: boolean }[] } };
    };
    return supervision.standby.list.length > 0 && supervision.standby.list.every((one) => one.up);
  };
  while (!up()) await new Promise(setImmediate);
}
