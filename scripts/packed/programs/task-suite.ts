// What a launcher promises, as promise tasks keep it.

import { taskLauncher } from "@steadfast/promise-tasks";
import { holds } from "./suite.js";

const asked = (signal: AbortSignal) =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("asked")));
  });

/** A promise cannot be ended by force. */
const NEVER = ["a child that ignores the request to stop is ended by a kill"];

export function main(): Promise<void> {
  const makers = {
    completes: () => taskLauncher(() => "done"),
    fails: () => taskLauncher(() => Promise.reject(new Error("no"))),
    stopsWhenAsked: () => taskLauncher(({ signal }) => asked(signal)),
    ignoresStop: () => taskLauncher(() => new Promise(() => {})),
    cannotStart: null,
    saysReady: () =>
      taskLauncher(({ ready, signal }) => {
        ready();
        return asked(signal);
      }),
  };
  return holds(makers, NEVER);
}
