// The exit code that a container runtime reports to the kubelet: always a number.
//
// - A signal is 128 and its number; so is the kill that ends a child which hangs, and one for memory.
// - A container that cannot be started is 128.
// - What is no process: a task that threw is 1, as a program is that did not catch it; one that returned, or
//   was cancelled, is 0. An unknown signal is 255.

import type { Exit } from "@steadfast/policy";
import { SIGNAL_NUMBERS } from "./signals.js";

const SIGNALLED = 128;
const KILLED = 137;
const UNKNOWN = 255;

/** The exit code of the container, from 0 to 255 unless the child's own is higher. */
export function containerExitCode(exit: Exit): number {
  switch (exit.kind) {
    case "completed":
    case "cancelled":
    case "lost":
      return 0;
    case "failed":
      return exit.code ?? 1;
    case "signalled": {
      const number = SIGNAL_NUMBERS[exit.signal];
      return number === undefined ? UNKNOWN : SIGNALLED + number;
    }
    case "spawn-failed":
      return SIGNALLED;
    case "timed-out":
    case "unhealthy":
      return exit.ended ? containerExitCode(exit.ended) : KILLED;
    case "out-of-memory":
    case "abandoned":
      return KILLED;
  }
}
