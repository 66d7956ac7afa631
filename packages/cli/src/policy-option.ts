// `--policy`: the name of a preset, JSON, a file with a policy in YAML or JSON, or a short form such as `10/10m`.

import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isPolicySpecError, type PolicySpec, policyFrom, presetFrom } from "@steadfast/spec";
import { CliError } from "./cli-error.js";
import { keysOf, parseSource, readSource, type SourceFile } from "./source-file.js";

/** @throws CliError that says what was meant, and where. */
export function policyOption(text: string, cwd: string, option = "--policy"): PolicySpec {
  if (/^\s*[{[]/.test(text)) return policyIn(parseSource(option, text));
  if (isPreset(text)) return { preset: text } as PolicySpec;
  const path = resolve(cwd, text);
  if (existsSync(path) && statSync(path).isFile()) return policyIn(readSource(text, cwd));
  try {
    policyFrom(text);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    throw new CliError(`${option}: ${error.message}; nor is it a preset or a file`);
  }
  return text;
}

/** The policy that a whole file, or a part of one, is. Throws CliError with the place of what is wrong. */
export function policyIn(
  source: SourceFile,
  value = source.value,
  path: readonly (string | number)[] = [],
) {
  try {
    policyFrom(value);
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    throw source.error([...path, ...keysOf(error.path)], error.message);
  }
  return value as PolicySpec;
}

function isPreset(name: string): boolean {
  try {
    presetFrom({ preset: name });
    return true;
  } catch (error) {
    // A preset that needs options is known, too: what is wrong then is one of them.
    return isPolicySpecError(error) && error.path !== "preset";
  }
}
