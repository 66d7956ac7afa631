// The only place in this package that listens to the host process.

import { constants } from "node:os";
import { PolicyOptionsError, readArguments } from "@steadfast/policy";

/**
 * An AbortSignal that listens to the operating system until it is disposed of.
 * @since 0.1.0
 */
export interface SignalGuard extends AbortSignal, Disposable {}

/**
 * The reason of the abort: which signal came.
 *
 * Fix: nothing is broken; somebody wants the host to end.
 *
 * @since 0.1.0
 */
export class SignalReceivedError extends Error {
  readonly code = "ERR_SIGNAL_RECEIVED";
  /** The signal's name. */
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`received ${signal}`);
    this.name = "SignalReceivedError";
    this.signal = signal;
  }
}

/**
 * Turns operating-system signals into one AbortSignal.
 *
 * Decides: the first signal, of whichever name, aborts: every supervision that was given it stops in
 * order. A second one, of whichever name, kills at once: every child still alive is killed, and then
 * the host itself dies of that signal, as if nobody had listened. As PID 1 of a container it exits with
 * 128 + the signal's number instead, since the kernel would ignore the signal.
 * Effect: one listener per name, until it is disposed of or a second signal came; a name given twice
 * counts once. Nothing keeps the host alive. Edge: with an empty list it never fires; a signal after
 * the disposal does what it does without us.
 * Errors: `PolicyOptionsError` for names that are no list, for a name that is no signal here, and for a
 * signal that cannot be caught (`SIGKILL`, `SIGSTOP`); then no listener is left behind.
 *
 * @since 0.1.0
 * @example
 * using signal = untilSignals(["SIGINT", "SIGTERM"]);
 * await supervise(launcher, { policy, signal }).outcome; // settles when all is stopped in order
 * signal.aborted; // => false
 */
export function untilSignals(names: readonly NodeJS.Signals[]): SignalGuard {
  readArguments("untilSignals", arguments, 1);
  const wanted = checked(names);
  const controller = new AbortController();
  const { signal } = controller;

  function hear(name: NodeJS.Signals): void {
    if (!signal.aborted) return controller.abort(new SignalReceivedError(name));
    signal.dispatchEvent(new Event("abort"));
    dispose();
    // The kernel ignores a signal to PID 1 that has no handler, also from itself.
    if (process.pid === 1) process.exit(128 + constants.signals[name]);
    process.kill(process.pid, name);
  }

  function dispose(): void {
    for (const name of wanted) process.off(name, hear);
  }

  try {
    for (const name of wanted) process.on(name, hear);
  } catch (error) {
    dispose();
    throw error;
  }
  return Object.assign(signal, { [Symbol.dispose]: dispose });
}

const UNCATCHABLE: readonly unknown[] = ["SIGKILL", "SIGSTOP"];

/** The names, each once. */
function checked(names: readonly NodeJS.Signals[]): ReadonlySet<NodeJS.Signals> {
  const wrong = (allowed: string, got: unknown) =>
    new PolicyOptionsError("untilSignals", "names", allowed, got);

  if (!Array.isArray(names) || names.length === 0) {
    throw wrong('a list of one signal name or more, such as ["SIGINT", "SIGTERM"]', names);
  }
  for (const name of names as readonly unknown[]) {
    if (typeof name !== "string" || !Object.hasOwn(constants.signals, name)) {
      throw wrong(`signals of this system, such as ${nearest(name)}`, name);
    }
    if (UNCATCHABLE.includes(name)) throw wrong("signals that can be caught", name);
  }
  return new Set(names);
}

/** The name of a signal that was written in small letters, without SIG, or as a number. */
function nearest(name: unknown): string {
  const word = String(name).toUpperCase();
  const near = Object.entries(constants.signals).find(
    ([known, number]) => known === word || known === `SIG${word}` || number === name,
  );
  return near?.[0] ?? "SIGINT, SIGTERM";
}
