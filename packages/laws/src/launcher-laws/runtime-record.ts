// What a virtual runtime gives an adapter, and what it remembers of what the adapter did.

import type { System } from "@steadfast/supervisor";
import type { RawChild, RawEvent, RawScript } from "./raw-child.js";

/**
 * What an adapter under test is given.
 * @since 0.1.0
 */
export interface VirtualRuntime {
  /** Clock and timers, for an adapter that needs them. */
  readonly system: System;
  /**
   * Starts the next child, as `spawn` does. Throws what the system refuses, or a TypeError for a wrong
   * call, where the script says so.
   */
  start(): RawChild;
  /**
   * Listens to what all children share, as an adapter that listens to the host's own process does.
   * Returns what removes the listener. No event ever comes; the listeners are counted.
   */
  onHost(listener: () => void): () => void;
}

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
  /** The number that it was given; null if it was refused. */
  readonly pid: number | null;
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

/**
 * A virtual runtime with its account.
 * @since 0.1.0
 */
export interface VirtualRuntimeRecord extends VirtualRuntime {
  /** Every child that was started or refused, oldest first. */
  readonly children: readonly RawRecord[];
  /** How many of them live. */
  readonly alive: number;
  /** How many listen to what all children share. */
  readonly hostListeners: number;
}
