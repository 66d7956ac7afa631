// The options of every policy, curve and jitter, as the factories have them.

import type {
  BackoffOptions,
  ConstantOptions,
  DecorrelatedOptions,
  exponential,
  LinearOptions,
  ProportionalOptions,
  StepsOptions,
} from "@steadfast/backoff";
import type { CrashBudgetOptions, DecayingBudgetOptions } from "@steadfast/crash-budget";
import type { KeyedOptions, LifetimeCapOptions } from "@steadfast/policy";
import type { PausingWindowOptions, SlidingWindowOptions } from "@steadfast/sliding-window";
import { HIGHEST_FACTOR } from "../between.js";
import type { curves, jitters } from "../delays.js";
import type { SpecKind } from "../kinds.js";
import { TYPES } from "../short-form.js";
import {
  definition,
  finite,
  finiteMs,
  flag,
  list,
  MAX,
  object,
  orNull,
  type Schema,
  whole,
  wholeMs,
  word,
} from "./fragments.js";
import type { OptionsOf, OptionsTable } from "./options-table.js";

type NoOptions = Readonly<Record<never, never>>;
const none: OptionsTable<NoOptions> = { properties: {} };

/** Two ends, in either order. */
const band = (items: Schema): Schema => ({ type: "array", items, minItems: 2, maxItems: 2 });
const bandOfFactors = band(finite(0, HIGHEST_FACTOR));

const when = (option: string, word: string): Schema => ({
  properties: { [option]: { const: word } },
  required: [option],
});

/** Who is as `one` must be as `other`, too. */
const implies = (one: Schema, other: Schema): Schema => ({ anyOf: [{ not: one }, other] });

const slidingWindow: OptionsTable<SlidingWindowOptions> = {
  properties: {
    limit: whole(),
    windowMs: wholeMs(),
    edge: word("half-open", "closed"),
    counts: word("launches", "restarts", "failures"),
    tripAt: word("limit", "over-limit"),
    recordRefused: flag,
    limitZero: word("refuse", "run-once", "unlimited"),
  },
  required: ["limit", "windowMs"],
};

const pausingWindow: OptionsTable<PausingWindowOptions> = {
  properties: {
    limit: whole(1),
    windowMs: wholeMs(0, MAX - 1),
    pauseMs: wholeMs(),
    maxPauses: orNull(whole()),
    edge: word("half-open", "closed"),
  },
  required: ["limit", "windowMs", "pauseMs"],
};

const backoff: OptionsTable<BackoffOptions> = {
  properties: {
    initialMs: finiteMs(),
    factor: finite(1, null),
    capMs: finiteMs(),
    curve: definition("curve"),
    jitter: { anyOf: [word("none", "full", "equal"), definition("jitter")] },
    resetAfterMs: orNull(wholeMs()),
    counts: word("failures", "restarts"),
    firstRestart: word("delayed", "immediate"),
    from: word("exit", "launch", "request"),
  },
  rules: {
    allOf: [
      implies({ required: ["curve"] }, { properties: { initialMs: false, factor: false } }),
      implies(when("firstRestart", "immediate"), when("counts", "restarts")),
    ],
  },
};

const crashBudget: OptionsTable<CrashBudgetOptions> = {
  properties: {
    retries: whole(),
    windowMs: wholeMs(),
    retryDelayMs: finiteMs(),
    counts: word("failures", "launches"),
    edge: word("half-open", "closed"),
    onHealthy: word("forget", "re-anchor", "ignore"),
  },
  rules: implies(when("edge", "closed"), { properties: { windowMs: { maximum: MAX - 1 } } }),
};

const decayingBudget: OptionsTable<DecayingBudgetOptions> = {
  properties: {
    halfLifeMs: finiteMs(),
    threshold: finite(),
    pauseMs: wholeMs(),
    onTrip: word("hold", "delay"),
    jitter: object({ between: bandOfFactors }, ["between"]),
  },
  rules: {
    anyOf: [
      when("onTrip", "delay"),
      { properties: { jitter: { properties: { between: { items: { const: 1 } } } } } },
    ],
  },
};

/** Likewise for combinators, whose options stand beside the policies. */
export const kindOptions: { readonly [Kind in SpecKind]: OptionsTable<never> | object } = {
  allOf: none,
  backoff,
  coarse: {
    properties: { unitMs: wholeMs(1) },
    required: ["unitMs"],
  } satisfies OptionsTable<{ readonly unitMs: number }>,
  crashBudget,
  decayingBudget,
  giveUp: none,
  waitOut: none,
  inTurn: none,
  lifetimeCap: {
    properties: { restarts: whole() },
    required: ["restarts"],
  } satisfies OptionsTable<LifetimeCapOptions>,
  pausingWindow,
  restartOn: {
    properties: { type: word(...Object.keys(TYPES)) },
    required: ["type"],
  } satisfies OptionsTable<{ readonly type: string }>,
  slidingWindow,
};

export const keyedOptions: OptionsTable<KeyedOptions> = {
  properties: { maxKeys: whole() },
  required: ["maxKeys"],
};

const exponentialOptions: OptionsTable<OptionsOf<typeof exponential>> = {
  properties: {
    initialMs: finiteMs(),
    factor: finite(1, null),
    capMs: finiteMs(),
    capFirst: flag,
  },
};

export const curveOptions: { readonly [Curve in keyof typeof curves]: object } = {
  constant: {
    properties: { delayMs: finiteMs() },
    required: ["delayMs"],
  } satisfies OptionsTable<ConstantOptions>,
  exponential: exponentialOptions,
  linear: {
    properties: { initialMs: finiteMs(), incrementMs: finiteMs() },
    required: ["initialMs", "incrementMs"],
  } satisfies OptionsTable<LinearOptions>,
  steps: {
    properties: { initialMs: finiteMs(), maxMs: orNull(finiteMs()), steps: whole() },
    required: ["initialMs", "maxMs", "steps"],
  } satisfies OptionsTable<StepsOptions>,
  table: {
    properties: { delaysMs: list(finiteMs(), 1) },
    required: ["delaysMs"],
  } satisfies OptionsTable<{ readonly delaysMs: readonly number[] }>,
};

export const jitterOptions: { readonly [Jitter in keyof typeof jitters]: object } = {
  decorrelated: {
    properties: { times: finite(1, null) },
  } satisfies OptionsTable<DecorrelatedOptions>,
  proportional: {
    properties: { between: bandOfFactors, capOrder: word("last", "before-jitter") },
    required: ["between"],
  } satisfies OptionsTable<
    Omit<ProportionalOptions, "low" | "high"> & { readonly between: unknown }
  >,
};
