// One way to break the contract, and what the suite says of it.

import type { ChildSignal } from "../../src/index.js";
import type { LauncherMakers } from "../../src/testing.js";
import type { Told } from "./told.js";

/** How long the cases wait in vain. */
export const WAIT_MS = 20;

export interface Fault {
  readonly why: string;
  readonly makers: Partial<LauncherMakers>;
  /** Every case that fails, and how. */
  readonly told: Told;
}

export const inVain = (what: string) => `${what}: nothing happened within ${WAIT_MS} ms`;

/** What no child may say. */
export const noSignal = (what: unknown) => what as ChildSignal;
