// What `supervise` gets besides the policy, as far as a policy can notice it.

import {
  type Exit,
  isFailure,
  type Millis,
  PolicyOptionsError,
  readOptions,
} from "@steadfast/policy";

/**
 * The options of `supervise` that decide what a policy hears and what becomes of its answers. A preset,
 * or the options of `supervise`, can be passed as they are: what has no meaning here is passed over.
 * @since 0.1.0
 */
export interface SupervisionRules {
  /** The judge of exits. Default: all but `completed`, `cancelled` and `lost` are failures. */
  readonly isFailure?: (exit: Exit) => boolean;
  /** On a refusal with a time: wait and ask again, or end. Default `wait`. */
  readonly onNotYet?: "wait" | "end";
  /** Whether an operator's launches are asked of the policy. Default `free`: they are not. */
  readonly operatorLaunches?: "free" | "ask";
  /** An attempt that lives longer than this is healthy: whole, from 0 to 2^53-1. Default 10 000. */
  readonly healthyAfterMs?: Millis;
}

/** What presets and the options of `supervise` have besides: passed over, while any other name is a mistake. */
const PASSED_OVER = [
  "abandonAfterMs",
  "check",
  "deadlineMs",
  "delayCutBy",
  "gracePeriodMs",
  "healthyFrom",
  "heartbeatTimeoutMs",
  "id",
  "journal",
  "maxRunMs",
  "onEvent",
  "onMessage",
  "onRefused",
  "path",
  "policy",
  "probe",
  "readiness",
  "readyTimeoutMs",
  "recycle",
  "reloadMessage",
  "restartLimit",
  "shared",
  "signal",
  "snapshot",
  "standby",
];

/** Checks the rules and fills the defaults in. */
export function readRules(owner: string, rules: SupervisionRules): Required<SupervisionRules> {
  const read = readOptions<SupervisionRules & Readonly<Record<string, unknown>>>(owner, {
    ...rules,
  });
  const judge = read.raw("isFailure") ?? isFailure;
  if (typeof judge !== "function") {
    throw new PolicyOptionsError(owner, "isFailure", "a function", judge);
  }
  const checked: Required<SupervisionRules> = {
    isFailure: judge as (exit: Exit) => boolean,
    onNotYet: read.oneOf("onNotYet", ["wait", "end"], "wait"),
    operatorLaunches: read.oneOf("operatorLaunches", ["free", "ask"], "free"),
    healthyAfterMs: read.whole("healthyAfterMs", { default: 10_000 }),
  };
  for (const name of PASSED_OVER) read.raw(name);
  read.end();
  return checked;
}
