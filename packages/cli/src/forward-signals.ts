// Signals that are handed on to a child, each time they come. `untilSignals` hears one and is then done: so there is a
// new one for each, made before anything else can happen.

import { constants } from "node:os";
import { untilSignals } from "@steadfast/supervisor/node";

/** Calls `hear` for each of the signals, until it is disposed of. A name that this system does not know is left out. */
export function forwardSignals(
  names: readonly NodeJS.Signals[],
  hear: (name: NodeJS.Signals) => void,
): Disposable {
  const known = names.filter((name) => Object.hasOwn(constants.signals, name));
  const listening = new Map<NodeJS.Signals, Disposable>();

  function listen(name: NodeJS.Signals): void {
    const guard = untilSignals([name]);
    listening.set(name, guard);
    guard.addEventListener(
      "abort",
      () => {
        guard[Symbol.dispose]();
        listen(name);
        hear(name);
      },
      { once: true },
    );
  }

  for (const name of known) listen(name);
  return {
    [Symbol.dispose]() {
      for (const guard of listening.values()) guard[Symbol.dispose]();
      listening.clear();
    },
  };
}
