// Policies made in code, by calling the factories and the presets; JSON has no part in it.

import {
  backoff,
  constant,
  decorrelated,
  exponential,
  linear,
  proportional,
  steps,
  table,
} from "@steadfast/backoff";
import { crashBudget, decayingBudget } from "@steadfast/crash-budget";
import {
  allOf,
  coarse,
  giveUp,
  inTurn,
  type Json,
  lifetimeCap,
  type RestartPolicy,
  type RestartType,
  restartOn,
  waitOut,
} from "@steadfast/policy";
import { pausingWindow, slidingWindow } from "@steadfast/sliding-window";
import fc from "fast-check";
import { type PresetName, presets } from "../src/presets.js";
import { schema } from "../src/schema/schema.js";
import { type Schema, sample, within } from "./sampler.js";

const definitions = schema.definitions as { readonly [name: string]: Schema };

/** The options of a factory or a preset, numbers only. */
function optionsOf(name: string): fc.Arbitrary<Json> {
  const { options } = (definitions[name] as Schema).properties as { readonly options: Schema };
  return sample(options, 0, { texts: false });
}

/** A factory or a preset called with any of its options. */
function called<Made>(name: string, factory: (options: never) => Made): fc.Arbitrary<Made> {
  const make = (options: Json) => factory(options as never);
  return within(optionsOf(name), make).map(make);
}

const ms = fc.constantFrom(0, 0.5, 1, 200, 1_000, 30_000, Number.MAX_SAFE_INTEGER);

const curve = fc.oneof(
  ms.map((delayMs) => constant({ delayMs })),
  fc.tuple(ms, ms).map(([initialMs, incrementMs]) => linear({ initialMs, incrementMs })),
  fc.array(ms, { minLength: 1, maxLength: 4 }).map((delays) => table(delays)),
  fc
    .tuple(ms, fc.option(ms), fc.nat(9))
    .map(([initialMs, maxMs, count]) => steps({ initialMs, maxMs, steps: count })),
  fc
    .tuple(ms, ms, fc.constantFrom(1, 1.5, 2), fc.boolean())
    .map(([initialMs, capMs, factor, capFirst]) =>
      exponential({ initialMs, capMs, factor, capFirst }),
    ),
);

const jitter = fc.oneof(
  fc.constantFrom("none" as const, "full" as const, "equal" as const),
  fc.constantFrom(1, 3, 1e308).map((times) => decorrelated({ times })),
  fc
    .tuple(fc.constantFrom(0, 0.1, 0.5, 1), fc.constantFrom(0, 0.3, 1, 1e6), fc.boolean())
    .map(([one, other, last]) =>
      proportional({
        low: Math.min(one, other),
        high: Math.max(one, other),
        ...(last && { capOrder: "before-jitter" as const }),
      }),
    ),
);

const delays = fc.oneof(
  fc
    .record({
      curve,
      jitter,
      counts: fc.constantFrom("failures" as const, "restarts" as const),
      from: fc.constantFrom("exit" as const, "launch" as const, "request" as const),
    })
    .map((options) => backoff(options)),
  fc
    .record({ initialMs: ms, jitter, resetAfterMs: fc.constantFrom(null, 0, 1_000) })
    .map((options) => backoff(options)),
);

const decaying = fc.oneof(
  called("decayingBudget", ({ jitter: _, ...options }: object & { jitter?: unknown }) =>
    decayingBudget(options),
  ),
  fc
    .constantFrom({ low: 0.1, high: 0.3 }, { low: 1, high: 1.5 })
    .map((band) => decayingBudget({ onTrip: "delay", threshold: 1, jitter: band })),
);

/** A preset by hand, called with any of its options but functions. */
export const presetByHand = fc
  .constantFrom(...(Object.keys(presets) as PresetName[]))
  .chain((name) => called(name, presets[name]).map((preset) => ({ name, preset }) as const));

const leaf: fc.Arbitrary<RestartPolicy> = fc.oneof(
  called("slidingWindow", slidingWindow),
  called("pausingWindow", pausingWindow),
  delays,
  called("crashBudget", crashBudget),
  decaying,
  called("lifetimeCap", lifetimeCap),
  fc
    .constantFrom<RestartType>("permanent", "transient", "temporary")
    .map((type) => restartOn(type)),
  presetByHand.map(({ preset }) => preset.policy),
);

/** Any policy by hand, of up to so many levels of combinators. */
export function byHand(levels: number): fc.Arbitrary<RestartPolicy> {
  if (levels === 0) return leaf;
  const below = byHand(levels - 1);
  return fc.oneof(
    leaf,
    fc.array(below, { maxLength: 3 }).map((members) => allOf(...members)),
    fc.tuple(below, below).map(([one, other]) => inTurn(one, other)),
    below.map((member) => giveUp(member)),
    below.map((member) => waitOut(member)),
    fc.tuple(below, fc.constantFrom(1, 10, 1_000)).map(([member, unit]) => coarse(member, unit)),
  );
}
