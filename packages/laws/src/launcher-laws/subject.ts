// What is checked: an adapter made over a virtual runtime, and what its kind of child can do.

import { PolicyOptionsError, readOptions } from "@steadfast/policy";
import type { Launcher } from "@steadfast/supervisor";
import type { VirtualRuntime } from "./runtime-record.js";

/**
 * Makes the adapter under test over a runtime: everything that it would have spawned, it starts there.
 * @since 0.1.0
 */
export type MakeVirtualLauncher = (runtime: VirtualRuntime) => Launcher;

/** How a child may end. */
const ENDS = ["code", "signal", "error", "value"] as const;
const SAYS = ["ready", "not-ready", "heartbeat", "message"] as const;
const REFUSES = ["thrown", "emitted"] as const;

/**
 * What the adapter's kind of child can do; what it cannot is left out of the traces.
 * @since 0.1.0
 */
export interface LauncherAbilities {
  /** How it ends. Default `code` and `signal`, as a process; a thread `code` and `error`, a task `value` and `error`. */
  readonly ends?: readonly ("code" | "signal" | "error" | "value")[];
  /** What it can say. Default everything. */
  readonly says?: readonly ("ready" | "not-ready" | "heartbeat" | "message")[];
  /** How the system refuses to start it. Default both; a task none. */
  readonly refuses?: readonly ("thrown" | "emitted")[];
  /** Whether `send` passes messages on to it. Default true. */
  readonly hears?: boolean;
  /**
   * Whether a kill ends it. False for a task: then `kill` must lead to the exit all the same, and what
   * becomes of the child is not asked. Default true.
   */
  readonly forces?: boolean;
}

/** All of them, filled in. */
export interface Abilities {
  readonly ends: readonly (typeof ENDS)[number][];
  readonly says: readonly (typeof SAYS)[number][];
  readonly refuses: readonly (typeof REFUSES)[number][];
  readonly hears: boolean;
  readonly forces: boolean;
}

export interface LauncherSubject {
  readonly name: string;
  readonly make: MakeVirtualLauncher;
  readonly can: Abilities;
}

export function launcherSubject(
  owner: string,
  make: MakeVirtualLauncher,
  name: string | undefined,
  can: LauncherAbilities = {},
): LauncherSubject {
  if (typeof make !== "function") {
    throw new PolicyOptionsError(owner, "launcher", "a function of a virtual runtime", make);
  }
  const read = readOptions(owner, can as object as Record<string, unknown>);
  const some = <Word extends string>(
    key: keyof LauncherAbilities,
    words: readonly Word[],
    fallback: readonly Word[],
    least: number,
  ): readonly Word[] => {
    const value = read.raw(key);
    if (value === undefined) return fallback;
    const isList = Array.isArray(value) && value.every((word) => words.includes(word as Word));
    if (isList && value.length >= least) return value as readonly Word[];
    const some = least > 0 ? "some" : "none or some";
    throw new PolicyOptionsError(owner, `can.${key}`, `${some} of ${words.join(", ")}`, value);
  };
  const yesNo = (key: "hears" | "forces"): boolean => {
    const value = read.raw(key) === undefined ? true : read.raw(key);
    if (typeof value === "boolean") return value;
    throw new PolicyOptionsError(owner, `can.${key}`, "true or false", value);
  };
  const abilities: Abilities = {
    ends: some("ends", ENDS, ["code", "signal"], 1),
    says: some("says", SAYS, SAYS, 0),
    refuses: some("refuses", REFUSES, REFUSES, 0),
    hears: yesNo("hears"),
    forces: yesNo("forces"),
  };
  read.end();
  return { name: name ?? (make.name || "launcher"), make, can: abilities };
}
