// The line that means ready. The user's function is asked about one line after the other, until it says yes.

import type { OutputName } from "./output-options.js";
import { promiseIn } from "./promise-in.js";
import type { ProcessSettings } from "./read-launcher-options.js";

/** Looks for it. */
export interface ReadyLine {
  /** Whether it still looks. */
  isOpen(): boolean;
  look(line: string, name: OutputName): void;
  close(): void;
}

export function readyLine(settings: ProcessSettings, onReady: () => void): ReadyLine {
  const { readyWhen, onFault } = settings;
  let looks = readyWhen !== undefined;
  return {
    isOpen: () => looks,
    look(line, name) {
      if (!looks) return;
      try {
        const answer: unknown = readyWhen?.(line, name);
        const promise = promiseIn(answer);
        if (answer !== true && !promise) return;
        looks = false;
        if (promise) onFault(new TypeError("readyWhen must answer at once, it returned a promise"));
        else onReady();
      } catch (error) {
        onFault(error);
      }
    },
    close() {
      looks = false;
    },
  };
}
