import type { Exit } from "./exit.js";
import { isFailure } from "./exit.js";
import { readOptions } from "./read-options.js";

/**
 * Where a cell gets its time and chance, and the state it starts from.
 * @since 0.1.0
 */
export interface CellOptions {
  /** The time, in milliseconds. It may jump: readings are rounded down and never go back. */
  readonly clock: () => number;
  /** A uniform random number in [0, 1), drawn once per `launch` request. */
  readonly random: () => number;
  /** The wall clock in epoch milliseconds, for calendars. Default: the same reading as `clock`. */
  readonly wall?: () => number;
  /** The judge of the exits given to `failed`. Default: the function `isFailure`. */
  readonly isFailure?: (exit: Exit) => boolean;
  /** A saved state, checked by the policy's `parse`. Default: the initial state. */
  readonly state?: unknown;
}

/** The options in force. */
export interface CellSettings {
  readonly clock: () => number;
  readonly random: () => unknown;
  readonly wall: (() => unknown) | null;
  readonly isFailure: (exit: Exit) => boolean;
  readonly state: unknown;
}

const isFunction = (value: unknown) => typeof value === "function";

/** Checks the options. Throws `PolicyOptionsError`. */
export function cellSettings(options: CellOptions): CellSettings {
  const read = readOptions("cell", options);
  const settings = {
    clock: read.checked<() => number>("clock", "a function that answers milliseconds", isFunction),
    random: read.checked<() => unknown>(
      "random",
      "a function that answers a number in [0, 1)",
      isFunction,
    ),
    wall: read.checked<(() => unknown) | null>("wall", "a function", isFunction, null),
    isFailure: read.checked("isFailure", "a function", isFunction, isFailure),
    state: read.raw("state"),
  };
  read.end();
  return settings;
}
