// The line that means ready. The user's function is asked about one line after the other, until it says yes.

import type { Launcher } from "@steadfast/supervisor";
import type { OutputName } from "./output-options.js";
import { promiseIn } from "./promise-in.js";
import type { ProcessSettings } from "./read-launcher-options.js";

/** Looks for it. */
export interface ReadyLine {
  /** Whether it still looks. */
  isOpen(): boolean;
  look(line: string, name: OutputName): void;
  /** Looks at what is not finished. */
  glance(text: string, name: OutputName): void;
  close(): void;
}

export function readyLine(settings: ProcessSettings, onReady: () => void): ReadyLine {
  const { readyWhen, promptWhen, onFault } = settings;
  let looks = saysReady(settings);

  function ask(name: "readyWhen" | "promptWhen", text: string, stream: OutputName): void {
    if (!looks) return;
    try {
      const answer: unknown = settings[name]?.(text, stream);
      const promise = promiseIn(answer);
      if (answer !== true && !promise) return;
      looks = false;
      if (promise) onFault(new TypeError(`${name} must answer at once, it returned a promise`));
      else onReady();
    } catch (error) {
      onFault(error);
    }
  }

  return {
    isOpen: () => looks,
    look(line, name) {
      if (readyWhen) ask("readyWhen", line, name);
    },
    glance(text, name) {
      if (promptWhen && text !== "") ask("promptWhen", text, name);
    },
    close() {
      looks = false;
    },
  };
}

/** Whether output says when the child is ready. */
export function saysReady({ readyWhen, promptWhen }: ProcessSettings): boolean {
  return readyWhen !== undefined || promptWhen !== undefined;
}

/** What the supervision is to know of that: nothing where a child may, or may not. */
export function saysOf(settings: ProcessSettings): Pick<Launcher, "saysReady" | "saysAlive"> {
  return {
    ...(saysReady(settings) ? { saysReady: true } : {}),
    ...(settings.heartbeat ? { saysAlive: true } : {}),
  };
}

/** Whether both streams are read, wherever they go. */
export function readsAll(settings: ProcessSettings): boolean {
  return saysReady(settings) || settings.heartbeat === "output";
}
