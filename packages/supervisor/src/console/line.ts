// One line as it is said, before it has a form.

import type { SupervisorEvent } from "../events.js";

/**
 * How much a line matters. `info`: as it should be. `warn`: something failed, and it is taken care of.
 * `error`: a restart loop, a kill, a child that was given up, or the end of the restarts.
 */
export type LogLevel = "info" | "warn" | "error";

export interface Line {
  readonly level: LogLevel;
  readonly text: string;
  /** Good news. */
  readonly good?: boolean;
  /** Numbers for machines, beyond those of the event. */
  readonly fields?: Readonly<Record<string, number>>;
}

/** An event of one type. */
export type Of<Type extends SupervisorEvent["type"]> = Extract<
  SupervisorEvent,
  { readonly type: Type }
>;

export const info = (text: string): Line => ({ level: "info", text });
export const good = (text: string): Line => ({ level: "info", text, good: true });
export const warn = (text: string): Line => ({ level: "warn", text });
export const error = (text: string): Line => ({ level: "error", text });

/** How much of a text is said. */
export const SENTENCE = 240;

/** `1 exit`, `2 exits`. */
export const times = (count: number, word: string): string =>
  `${count} ${word}${count === 1 ? "" : "s"}`;
