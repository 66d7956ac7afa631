// `backoff` as JSON: its curve and its jitter are named as policies are.

import {
  backoff,
  constant,
  type DescribedCurve,
  decorrelated,
  exponential,
  type Jitter,
  linear,
  type ProportionalOptions,
  proportional,
  steps,
  table,
} from "@steadfast/backoff";
import { didYouMean, type Json, type RestartPolicy } from "@steadfast/policy";
import { bandOf, between } from "./between.js";
import { onlyFields } from "./fields.js";
import { make, type Options, onlyOption, optionsAt } from "./options.js";
import { isObject } from "./plain.js";
import { join, PolicySpecError, wrong } from "./policy-spec-error.js";

type Backoffs = typeof import("@steadfast/backoff");

/** The names of all that makes a `Made`: a new one does not compile without a row below. */
type Makers<Made> = {
  [Name in keyof Backoffs]: Backoffs[Name] extends (...args: never[]) => Made ? Name : never;
}[keyof Backoffs];

/** What makes a curve, by name. */
export const curves: { readonly [Name in Makers<DescribedCurve>]: Maker<DescribedCurve> } = {
  constant,
  exponential,
  linear,
  steps,
  table: (options: { readonly delaysMs: readonly number[] }) =>
    table(onlyOption("table", options, "delaysMs")),
};

/** What makes a jitter that is more than a word, by name. */
export const jitters: { readonly [Name in Makers<Jitter>]: Maker<Jitter> } = {
  decorrelated,
  proportional: (options: { readonly between: readonly [number, number] }) =>
    proportional(bandOf("proportional", options) as ProportionalOptions),
};

type Maker<Made> = (options: never) => Made;

/** A curve or a jitter by name, from `{ kind, options }`. */
function named<Made>(makers: { readonly [kind: string]: Maker<Made> }, value: Json, path: string) {
  if (!isObject(value)) throw wrong(path, "an object with a kind", value);
  onlyFields(value, ["kind", "options"], path);
  const { kind } = value;
  const maker = typeof kind === "string" && Object.hasOwn(makers, kind) ? makers[kind] : undefined;
  if (maker === undefined) {
    const kinds = Object.keys(makers);
    throw wrong(join(path, "kind"), `one of ${kinds.join(", ")}`, kind, didYouMean(kind, kinds));
  }
  const place = join(path, "options");
  return make(place, optionsAt(value.options, place), maker);
}

/** `backoff` from the options at `path`. */
export function backoffFrom({ ...options }: Options, path: string): RestartPolicy {
  const { curve, jitter } = options;
  const parts = {
    ...(curve !== undefined && { curve: named(curves, curve, join(path, "curve")) }),
    ...(isObject(jitter) && { jitter: named(jitters, jitter, join(path, "jitter")) }),
  };
  return make(path, options, (read: object) => backoff({ ...read, ...parts }));
}

const OWN = "a function of your own";

/** The options of a described `backoff`, as JSON. */
export function backoffOptions({ ...options }: Options, path: string): Options {
  const { curve, jitter } = options;
  return {
    ...options,
    ...(isObject(curve) && { curve: curveOf(curve, join(path, "curve")) }),
    ...(isObject(jitter) && { jitter: jitterOf(jitter, join(path, "jitter")) }),
  };
}

function curveOf({ kind = "", options = {} }: Options, path: string): Json {
  if (typeof kind === "string" && Object.hasOwn(curves, kind)) return { kind, options };
  throw new PolicySpecError(path, "a curve that JSON can hold", OWN);
}

function jitterOf({ kind = "", ...options }: Options, path: string): Json {
  if (typeof kind !== "string" || !Object.hasOwn(jitters, kind)) {
    throw new PolicySpecError(path, "a jitter that JSON can hold", OWN);
  }
  return { kind, options: kind === "proportional" ? between(options) : options };
}
