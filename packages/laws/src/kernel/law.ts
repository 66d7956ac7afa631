// What a law is: a sentence about a subject, tried on many inputs. Laws know no test runner; what runs
// them is `try-law.ts`.

import type { Arbitrary } from "fast-check";

/** A law about subjects of one kind: policies, slots, launchers. */
export interface Law<Subject> {
  /** A stable kebab-case name, such as `retry-after-exact`. */
  readonly name: string;
  /** The law as a sentence. */
  readonly says: string;
  /** What to do where the rule was broken on purpose. Default: nothing can be said. */
  readonly advice?: string;
  /** The options of the check without which it cannot be tried. Default: none. */
  readonly needs?: readonly string[];
  /** What is tried on this subject; or, as a text, why the law cannot be tried on it. */
  trial(subject: Subject): Trial | string;
}

/** Inputs, and what must hold for each. Made by `trial`, which ties the two types together. */
export interface Trial {
  readonly inputs: Arbitrary<unknown>;
  holds(input: unknown, reached: Reached): void | Promise<void>;
  /** The input as a table that a person can read. */
  show(input: unknown): string;
  /** Inputs that are simpler than this one, the simplest first; each is closer to one that has none. */
  shorter(input: unknown): Iterable<unknown>;
  /** What must be met often enough. Empty: every run counts. */
  readonly cases: readonly string[];
  /** The least share of runs that must meet each case. */
  readonly leastShare: number;
  /** Inputs that are tried first, whatever the seed. */
  readonly always: readonly unknown[];
  /** Of the runs that are asked for this share is tried, 20 at least: inputs that cost more are fewer. */
  readonly runsShare: number;
}

/** Notes that the law had something to say in this run. */
export type Reached = (what: string) => void;

/** One law's own types. */
export interface TypedTrial<Input> {
  /** Plain JSON, so that a failure can be kept and tried again. */
  readonly inputs: Arbitrary<Input>;
  /** Throws where the law is broken. */
  readonly holds: (input: Input, reached: Reached) => void | Promise<void>;
  /** Default: JSON. */
  readonly show?: (input: Input) => string;
  /** Default: none; the input is only shrunk by fast-check. */
  readonly shorter?: (input: Input) => Iterable<Input>;
  /** Default: none. */
  readonly always?: readonly Input[];
  /** Default: 1. */
  readonly runsShare?: number;
  /** Default: none, every run counts. */
  readonly cases?: readonly string[];
  /** Default 0.05. */
  readonly leastShare?: number;
}

/** A trial with its types put away, so that laws of different inputs stand in one list. */
export function trial<Input>(typed: TypedTrial<Input>): Trial {
  const { inputs, holds, cases = [], leastShare = 0.05, always = [], runsShare = 1 } = typed;
  const show = typed.show ?? ((input: Input) => JSON.stringify(input));
  return {
    inputs,
    holds: (input, reached) => holds(input as Input, reached),
    show: (input) => show(input as Input),
    shorter: (input) => typed.shorter?.(input as Input) ?? [],
    cases,
    leastShare,
    always,
    runsShare,
  };
}
