// The environment of an attempt: from weakest to strongest, the variables of `.env` files, the host's, the user's,
// and what says which attempt it is. That the host's are stronger than a file's is the rule of Node's own `--env-file`.

import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { PolicyOptionsError } from "@steadfast/policy";
import type { LaunchInfo } from "@steadfast/supervisor";
import type { Environment, EnvOption } from "./launcher-options.js";
import { PLACE_VARIABLE } from "./port-place.js";
import { promiseIn } from "./promise-in.js";

/** What a child is started as: an attempt, or a standby, which has a number of its own. */
export interface ChildInfo extends LaunchInfo {
  readonly standby?: number;
  /** What is in the environment of this child, and of all that it starts, alone. */
  readonly mark?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of an attempt. A file that cannot be read is thrown as the system's refusal.
 * @throws PolicyOptionsError for what is no environment, without showing a value.
 */
export function environmentOf(
  owner: string,
  { env, envFile }: EnvOption,
  info: ChildInfo,
  host: Variables = process.env,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const made = typeof env === "function" ? env(info) : env;
  checkEnvironment(owner, made);
  const isWhole = made !== undefined && isReplacement(made);
  const layers: Variables[] = filesOf(envFile).map((file) => parseEnv(readFileSync(file, "utf8")));
  if (!isWhole) layers.push(host);
  layers.push((isWhole ? made.replace : made) as Variables, marksOf(info));
  return merged(layers, platform === "win32");
}

/** What says which attempt it is; the host's own, if it is a child itself, are not passed on. */
function marksOf({ id, attempt, generation, standby, mark }: ChildInfo): Variables {
  const isStandby = standby !== undefined;
  return {
    STEADFAST_ID: id,
    STEADFAST_ATTEMPT: isStandby ? undefined : `${attempt}`,
    STEADFAST_GENERATION: isStandby ? undefined : `${generation}`,
    STEADFAST_STANDBY: isStandby ? `${standby}` : undefined,
    STEADFAST_MARK: mark,
    [PLACE_VARIABLE]: undefined,
  };
}

/** Later layers win; undefined takes a variable away. On Windows the case of a name says nothing. */
function merged(layers: readonly (Variables | undefined)[], ignoresCase: boolean) {
  const names = new Map<string, string>();
  const all: NodeJS.ProcessEnv = {};
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      const key = ignoresCase ? name.toUpperCase() : name;
      delete all[names.get(key) ?? name];
      names.set(key, name);
      if (value !== undefined) all[name] = value;
    }
  }
  return all;
}

/** @throws PolicyOptionsError: Node would take a promise or a Map for an environment without a variable. */
export function checkEnvironment(
  owner: string,
  env: unknown,
): asserts env is Environment | undefined {
  if (env === undefined) return;
  if (!isRecord(env)) {
    const allowed =
      "an object of variables, { replace } with one, or a function that returns it at once";
    throw new PolicyOptionsError(owner, "env", allowed, typeof env);
  }
  const isWhole = isReplacement(env);
  if (isWhole && Object.keys(env).length > 1) {
    throw new PolicyOptionsError(owner, "env", "{ replace } alone, or variables", "both");
  }
  for (const [name, value] of Object.entries(isWhole ? env.replace : env)) {
    if (value === undefined || typeof value === "string") continue;
    throw new PolicyOptionsError(owner, `env.${name}`, "a string, or undefined", typeof value);
  }
}

/** @throws PolicyOptionsError for what names no files. */
export function checkEnvFile(owner: string, envFile: unknown): void {
  const names: readonly unknown[] = Array.isArray(envFile) ? envFile : [envFile];
  if (envFile === undefined) return;
  for (const name of names) {
    if (typeof name === "string" && name !== "") continue;
    throw new PolicyOptionsError(owner, "envFile", "a path, or a list of paths", typeof name);
  }
}

function filesOf(envFile: EnvOption["envFile"]): readonly string[] {
  return envFile === undefined ? [] : typeof envFile === "string" ? [envFile] : envFile;
}

function isReplacement(env: object): env is { readonly replace: Variables } {
  return isRecord((env as { readonly replace?: unknown }).replace);
}

function isRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Symbol.iterator in value) return false;
  return promiseIn(value) === null;
}
