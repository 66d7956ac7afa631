// The options of a factory, as a document has them: durations may be text, and what is wrong is said with
// its path in the document.

import {
  isPolicyOptionsError,
  type Json,
  type PolicyOptionsError,
  readOptions,
} from "@steadfast/policy";
import { A_DURATION, meantDuration, millisOf } from "./duration.js";
import { isObject } from "./plain.js";
import { fieldAt, join, PolicySpecError, wrong } from "./policy-spec-error.js";
import { shown } from "./shown.js";

/** Options as a document has them. */
export interface Options {
  readonly [option: string]: Json;
}

/** The options at a place; none are the defaults. */
export function optionsAt(value: Json | undefined, path: string): Options {
  if (value === undefined) return Object.create(null) as Options;
  if (!isObject(value)) throw wrong(path, "an object of options", value);
  return value;
}

/**
 * Calls a factory with the options at `path`. Its options are checked by itself, as everybody's are; the
 * error says where in the document.
 */
export function make<Made>(
  path: string,
  options: Options,
  factory: (options: never) => Made,
): Made {
  const read = Object.create(null) as { [option: string]: Json };
  for (const [option, value] of Object.entries(options)) {
    read[option] = option.endsWith("Ms") ? inMillis(value, fieldAt(path, option)) : value;
  }
  try {
    return factory(read as never);
  } catch (error) {
    if (!isPolicyOptionsError(error)) throw error;
    throw placed(error, path, options[error.option]);
  }
}

/** The error of a factory, with the place in the document, and a duration as it was written. */
function placed({ option, allowed, message }: PolicyOptionsError, path: string, written?: Json) {
  const [, said = ""] = message.split(` must be ${allowed}, got `);
  const [, got = said, hint] = /^(.*?)(?: \((.*)\))?$/s.exec(said) ?? [];
  const isText = typeof written === "string" && /^\d/.test(got);
  const told = isText ? `${shown(written)}, which is ${got}` : got;
  const unknown = / \((.*)\)$/s.exec(message)?.[1];
  return new PolicySpecError(join(path, option), allowed, told, hint ?? unknown);
}

/** The option of a factory that takes one value, and no object of options. */
export function onlyOption<Given extends object, Option extends keyof Given & string>(
  owner: string,
  options: Given,
  option: Option,
): Given[Option] {
  const read = readOptions<Given>(owner, options);
  const value = read.raw(option) as Given[Option];
  read.end();
  return value;
}

/** A value with the durations that are text in milliseconds. */
function inMillis(value: Json, path: string): Json {
  if (Array.isArray(value)) return value.map((one, i) => inMillis(one, `${path}[${i}]`));
  if (typeof value !== "string") return value;
  const ms = millisOf(value);
  if (ms === null) {
    throw wrong(path, `a number of milliseconds, or ${A_DURATION}`, value, meantDuration(value));
  }
  return ms;
}
