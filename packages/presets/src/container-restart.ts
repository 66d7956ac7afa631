// Which exits of a container the kubelet restarts.
//
// - Without a restart policy of its own a container has its pod's.
// - With one it may have rules: the first whose exit codes match says "restart". If none matches, its own
//   policy decides; the pod's has no say.
// - `In`: the exit code is among the values. `NotIn`: it is not; without values that is every code.
// - What Kubernetes does not have: an exit that nobody saw matches no rule, and is restarted unless the
//   policy is `Never`.
//
// `restartOn` gets a verdict of the rules as an exit that failed, or did not: one state for all settings.

import {
  type Exit,
  isFailure,
  type OptionsReader,
  PolicyOptionsError,
  type RestartOnState,
  type RestartPolicy,
  restartOn,
} from "@steadfast/policy";
import { containerExitCode } from "./container-exit-code.js";

/**
 * Which exits of a container are restarted: all, those that failed, none.
 * @since 0.1.0
 */
export type ContainerRestartPolicy = "Always" | "OnFailure" | "Never";

/**
 * A rule of `restartPolicyRules`, as a container's manifest has it.
 * @since 0.1.0
 */
export interface ContainerRestartRule {
  /** What is done about an exit that matches. */
  readonly action: "Restart";
  /** Which exits match. */
  readonly exitCodes: {
    /** Whether the exit code must be among the values, or must not. */
    readonly operator: "In" | "NotIn";
    /** Exit codes, whole numbers, each from 0 to 2^31-1, at most 255 of them, none twice. Default: none. */
    readonly values?: readonly number[];
  };
}

/**
 * The fields of a pod and its container that say which exits are restarted.
 * @since 0.1.0
 */
export interface ContainerRestartOptions {
  /** `restartPolicy` of the pod: which exits are restarted. Default `Always`. */
  readonly restartPolicy?: ContainerRestartPolicy;
  /** `restartPolicy` of the container; null for none. Default null: the pod's. */
  readonly containerRestartPolicy?: ContainerRestartPolicy | null;
  /**
   * `restartPolicyRules` of the container, at most 20; the first that matches restarts. Only with
   * `containerRestartPolicy`. Default: none.
   */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
}

const TYPES = { Always: "permanent", OnFailure: "transient", Never: "temporary" } as const;
const WORDS = ["Always", "OnFailure", "Never"] as const;
const OPERATORS = ["In", "NotIn"];
const MOST_RULES = 20;
const MOST_CODES = 255;
const HIGHEST_CODE = 2 ** 31 - 1;
const RULES = `an array of at most ${MOST_RULES} rules`;
const RULE = `{ action: "Restart", exitCodes: { operator: "In" or "NotIn", values } }`;
const CODES = `an array of at most ${MOST_CODES} different whole numbers from 0 to ${HIGHEST_CODE}`;
const FAILED: Exit = { kind: "failed" };
const ENDED: Exit = { kind: "completed" };

const isCode = (code: unknown) =>
  Number.isSafeInteger(code) && (code as number) >= 0 && (code as number) <= HIGHEST_CODE;

const hasOnly = (value: unknown, keys: readonly string[]) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).every((key) => keys.includes(key));

/** A rule that is one, with its values copied. */
function readRule(given: unknown, i: number): Required<ContainerRestartRule> {
  const at = `restartPolicyRules[${i}]`;
  const rule = given as ContainerRestartRule;
  const isRule =
    hasOnly(rule, ["action", "exitCodes"]) &&
    rule.action === "Restart" &&
    hasOnly(rule.exitCodes, ["operator", "values"]) &&
    OPERATORS.includes(rule.exitCodes.operator);
  if (!isRule) throw new PolicyOptionsError("kubernetes", at, RULE, given);
  const { operator, values = [] } = rule.exitCodes;
  const areCodes =
    Array.isArray(values) &&
    values.length <= MOST_CODES &&
    values.every(isCode) &&
    new Set(values).size === values.length;
  if (!areCodes)
    throw new PolicyOptionsError("kubernetes", `${at}.exitCodes.values`, CODES, values);
  return { action: "Restart", exitCodes: { operator, values: [...values] } };
}

/** Reads the fields and makes the rule of them. */
export function containerRestart(read: OptionsReader<ContainerRestartOptions>) {
  const restartPolicy = read.oneOf("restartPolicy", WORDS, "Always");
  const containerRestartPolicy =
    (read.raw("containerRestartPolicy") ?? null) === null
      ? null
      : read.oneOf("containerRestartPolicy", WORDS);
  const isRules = (value: unknown) => Array.isArray(value) && value.length <= MOST_RULES;
  const given = read.checked<readonly unknown[]>("restartPolicyRules", RULES, isRules, []);
  const restartPolicyRules = given.map(readRule);
  if (restartPolicyRules.length > 0 && containerRestartPolicy === null) {
    throw new PolicyOptionsError(
      "kubernetes",
      "containerRestartPolicy",
      "given beside restartPolicyRules",
      null,
    );
  }

  const inForce = containerRestartPolicy ?? restartPolicy;
  const matches = ({ exitCodes: { operator, values = [] } }: ContainerRestartRule, code: number) =>
    values.includes(code) === (operator === "In");

  function wants(exit: Exit): boolean {
    if (exit.kind === "lost") return inForce !== "Never";
    const code = containerExitCode(exit);
    if (restartPolicyRules.some((rule) => matches(rule, code))) return true;
    return inForce === "Always" || (inForce === "OnFailure" && isFailure(exit));
  }

  const options = { restartPolicy, containerRestartPolicy, restartPolicyRules };
  const policy = restartPolicyRules.length > 0 ? byVerdict(wants) : restartOn(TYPES[inForce]);
  return { options, policy };
}

/** `restartOn("transient")`, told that what is wanted back has failed, and that nothing else has. */
function byVerdict(wants: (exit: Exit) => boolean): RestartPolicy<RestartOnState> {
  const policy = restartOn("transient");
  return {
    ...policy,
    step(state, event, now) {
      if (event.type !== "exited") return policy.step(state, event, now);
      const failed = wants(event.exit);
      return policy.step(state, { ...event, exit: failed ? FAILED : ENDED, failed }, now);
    },
  };
}
