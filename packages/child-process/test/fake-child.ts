// A ChildProcess without a process: its events are emitted by the test.

import { ChildProcess } from "node:child_process";
import { PassThrough } from "node:stream";

/** Beyond the largest pid that Linux gives away: nobody is there to be signalled. */
export const NOBODY = 5_000_000;

export interface FakeChild {
  readonly child: ChildProcess;
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  /** The signals it was sent, in order. */
  readonly signals: unknown[];
  /** The messages it was sent, in order. */
  readonly sent: unknown[];
  /** How many listeners there are for every event of the child and its streams. */
  listeners(): Record<string, number>;
}

/** What to make. */
export interface FakeTraits {
  /** Left out: the spawn fails. */
  readonly pid?: number;
  /** Whether there is an IPC channel. */
  readonly channel?: boolean;
  /** What the channel says to a message that it was given. */
  readonly sendError?: Error | null;
  readonly exitCode?: number | null;
}

export function fakeChild({ pid, channel, sendError = null, exitCode }: FakeTraits): FakeChild {
  const child = new ChildProcess();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const signals: unknown[] = [];
  const sent: unknown[] = [];
  const parts = {
    pid,
    stdout,
    stderr,
    stdio: [null, stdout, stderr],
    connected: channel ?? false,
    exitCode: exitCode ?? null,
    signalCode: null,
    kill(signal: unknown) {
      signals.push(signal);
      return true;
    },
    send(message: unknown, done: (error: Error | null) => void) {
      sent.push(message);
      process.nextTick(done, sendError);
      return true;
    },
    disconnect() {
      Object.defineProperty(child, "connected", { value: false });
    },
    unref() {},
  };
  for (const [key, value] of Object.entries(parts)) {
    Object.defineProperty(child, key, { value, configurable: true, writable: true });
  }
  return {
    child,
    stdout,
    stderr,
    signals,
    sent,
    listeners() {
      const counts: Record<string, number> = {};
      for (const [name, emitter] of Object.entries({ child, stdout, stderr })) {
        for (const event of emitter.eventNames()) {
          counts[`${name} ${String(event)}`] = emitter.listenerCount(event);
        }
      }
      return counts;
    },
  };
}
