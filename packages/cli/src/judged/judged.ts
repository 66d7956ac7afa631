// What is looked at by `lint`, `explain`, `simulate` and `diff`: the policy of `--policy`, or those of a file, which is a policy
// itself, or a stack with one for each of its services.

import type { RestartPolicy } from "@steadfast/policy";
import type { Preset } from "@steadfast/presets";
import { type PolicySpec, policyFrom, presetFrom } from "@steadfast/spec";
import { CliError } from "../cli-error.js";
import { policyIn, policyOption } from "../policy-option.js";
import { parseSource, readText } from "../source-file.js";
import { readStack } from "../stack/read-stack.js";
import { variables, type World } from "../world.js";

/** The rules that a preset brings beside its policy. */
export type Rules = Partial<Omit<Preset, "policy">>;

/** A policy with a name for people. */
export interface Judged {
  /** The name of a service, or of the policy. */
  readonly name: string;
  readonly policy: RestartPolicy;
  readonly rules: Rules;
}

export function judgedOf(name: string, spec: PolicySpec): Judged {
  if (typeof spec === "object" && "preset" in spec) {
    const { policy, ...rules } = presetFrom(spec);
    return { name, policy, rules };
  }
  return { name, policy: policyFrom(spec), rules: {} };
}

/** The policy of an option. */
export function judgedOption(text: string, { cwd }: World, option = "--policy"): Judged {
  const judged = judgedOf(text, policyOption(text, cwd, option));
  return { ...judged, name: judged.policy.name };
}

/**
 * All that a command line names, in order.
 *
 * @param file a policy or a stack; undefined: `policy`, and without that the stack of the folder.
 */
export async function judgedIn(
  file: string | undefined,
  policy: string | undefined,
  world: World,
): Promise<readonly Judged[]> {
  if (policy !== undefined && file !== undefined) {
    throw new CliError("either a file or --policy is looked at, not both");
  }
  if (policy !== undefined) return [judgedOption(policy, world)];
  if (file !== undefined && isPolicyFile(file, world)) {
    const source = parseSource(file, readText(file, world.cwd));
    return [judgedOf(file, policyIn(source))];
  }
  const { services } = await readStack(file, world.cwd, variables(world));
  return services.map(({ id, policy: spec }) => judgedOf(id, spec));
}

/** A file in YAML or JSON that says what a policy is made of. */
function isPolicyFile(file: string, { cwd }: World): boolean {
  if (!/\.(ya?ml|json)$/.test(file)) return false;
  const { value } = parseSource(file, readText(file, cwd));
  if (typeof value === "string") return true;
  return typeof value === "object" && value !== null && ("kind" in value || "preset" in value);
}
