// The only place in this package that touches the host process.

/** An AbortSignal that listens to the operating system until it is disposed of. */
export interface SignalGuard extends AbortSignal, Disposable {}

/** The reason of the abort: which signal came. */
export class SignalReceivedError extends Error {
  readonly code = "ERR_SIGNAL_RECEIVED";
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
 * The first signal aborts: every supervision that was given it stops in order. A second one kills at
 * once: every child still alive is killed, and then the host itself dies of that signal, as if nobody
 * had listened. Disposing of it takes the listeners away; nothing else does.
 * Errors: Node's, for a name that is no signal. Edge: with an empty list it never fires.
 *
 * @example
 * using signal = untilSignals(["SIGINT", "SIGTERM"]);
 * await supervise(launcher, { policy, signal }).outcome;
 */
export function untilSignals(names: readonly NodeJS.Signals[]): SignalGuard {
  const controller = new AbortController();
  const { signal } = controller;

  function hear(name: NodeJS.Signals): void {
    if (!signal.aborted) return controller.abort(new SignalReceivedError(name));
    signal.dispatchEvent(new Event("abort"));
    dispose();
    process.kill(process.pid, name);
  }

  function dispose(): void {
    for (const name of names) process.off(name, hear);
  }

  for (const name of names) process.on(name, hear);
  return Object.assign(signal, { [Symbol.dispose]: dispose });
}
