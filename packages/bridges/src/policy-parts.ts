// A policy taken apart for compilers: which exits are wanted back, how long a restart waits, what is counted,
// in which order, and whether a "not yet" is final.

import type { Json } from "@steadfast/policy";
import { type PolicySpec, policyFrom, toJson } from "@steadfast/spec";

/** A description in the canonical form of `toJson`. */
export interface Described {
  readonly kind?: string;
  readonly preset?: string;
  readonly options: { readonly [option: string]: Json };
  readonly members: readonly Described[];
}

/** A part of a composition. */
export interface Part {
  /** The factory's name, such as `backoff`. */
  readonly kind: string;
  readonly options: { readonly [option: string]: Json };
  /** Whether a "not yet" of it is "never": something around it gives up. */
  readonly final: boolean;
  /** Whether it is asked as of the instant at which all parts before it let the child go. */
  readonly afterDelay: boolean;
}

/** The canonical form of a document. Throws `PolicySpecError` for what is none. */
export function described(policy: PolicySpec): Described {
  return filled(toJson(policyFrom(policy)) as unknown as Partial<Described>);
}

function filled({ options = {}, members = [], ...rest }: Partial<Described>): Described {
  return { ...rest, options, members: members.map(filled) };
}

/** The leaves of a composition, in the order in which they are asked; presets are leaves, too. */
export function partsOf(node: Described, final = false, afterDelay = false): readonly Part[] {
  const { kind, preset, options, members } = node;
  if (kind === "giveUp") return members.flatMap((one) => partsOf(one, true, afterDelay));
  if (kind === "allOf") return members.flatMap((one) => partsOf(one, final, afterDelay));
  if (kind === "inTurn") {
    return members.flatMap((one, i) => partsOf(one, final, afterDelay || i > 0));
  }
  return [{ kind: preset ?? kind ?? "", options, final, afterDelay }];
}

/** How long the n-th restart of a `backoff` waits, without chance. */
export interface Delays {
  readonly firstMs: number;
  /** What it grows by; 1 for a delay that is always the same. */
  readonly factor: number;
  readonly capMs: number;
  /** What of it is not one of these three, by option. */
  readonly others: readonly string[];
}

/** A `backoff` as a first delay, a factor and a cap, and what that leaves out. */
export function delaysOf({ options }: Part): Delays {
  const others: string[] = [];
  if (options.jitter !== "none") others.push("jitter");
  if (options.from !== "exit") others.push("from");
  if (options.firstRestart !== "delayed") others.push("firstRestart");
  const curve = options.curve as { kind: string; options: { [option: string]: Json } } | undefined;
  const own = curve?.options ?? options;
  const number = (value: Json | undefined) => Number(value ?? Number.MAX_SAFE_INTEGER);
  const cap = number(options.capMs);
  if (curve?.kind === "constant") {
    const firstMs = Math.min(number(own.delayMs), cap);
    return { firstMs, factor: 1, capMs: firstMs, others };
  }
  if (curve !== undefined && curve.kind !== "exponential") others.push("curve");
  const firstMs = Math.min(number(own.initialMs), number(own.capMs ?? cap), cap);
  const factor = number(own.factor ?? 1);
  const capMs = Math.min(cap, number(own.capMs ?? cap));
  const grows = factor !== 1 && firstMs > 0 && capMs > firstMs;
  if (grows && options.resetAfterMs !== null) others.push("resetAfterMs");
  return { firstMs, factor: grows ? factor : 1, capMs: grows ? capMs : firstMs, others };
}
