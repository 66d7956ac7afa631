// The account that a virtual runtime keeps of one child, and what a start may throw.

import type { RawEvent, RawScript } from "./raw-child.js";

/**
 * What a runtime remembers of one child.
 * @since 0.1.0
 */
export interface RawRecord {
  /** What it does. */
  readonly script: RawScript;
  /** What happened to it, in order, and how many listened. */
  readonly told: readonly RawTold[];
  /** What was done to it, in order. */
  readonly calls: readonly RawCall[];
  /** What the call that started it threw; null if it threw nothing. */
  readonly thrown: { readonly error: unknown } | null;
  /** Whether it lives: started, or about to be, and not ended. */
  readonly alive: boolean;
}

/**
 * An event of a raw child.
 * @since 0.1.0
 */
export interface RawTold {
  /** What happened. */
  readonly event: RawEvent;
  /** How many listened to it then. */
  readonly heardBy: number;
  /** Whether the child had ended before. */
  readonly isLate: boolean;
  /** What the listeners threw: it would end the host. */
  readonly escaped: readonly unknown[];
}

/**
 * Something that was done to a raw child.
 * @since 0.1.0
 */
export interface RawCall {
  /** What was called. */
  readonly call: "ask" | "force" | "send";
  /** The message of a `send`, else undefined. */
  readonly message: unknown;
  /** Whether the child had ended before: its number may be somebody else's by then. */
  readonly isLate: boolean;
}

/** The same, while it is being written. */
export type Writable<Part> = {
  -readonly [Key in keyof Part]: Part[Key] extends readonly (infer Item)[] ? Item[] : Part[Key];
};

export function refusal(): Error {
  const details = { code: "ENOENT", errno: -2, syscall: "spawn" };
  return Object.assign(new Error("spawn ENOENT"), details);
}

export function misuse(): Error {
  return Object.assign(new TypeError("a wrong argument"), { code: "ERR_INVALID_ARG_TYPE" });
}
