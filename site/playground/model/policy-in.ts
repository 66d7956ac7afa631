// A document, read: the policy and what a supervisor gets with it, or what is wrong and where.
//
// - The document is bounded before it is read: `MOST` says how.
// - A preset that stands alone brings its rules for `supervise` with it; inside of another policy it is only its policy.

import type { Json, RestartPolicy } from "@steadfast/policy";
import { isPolicySpecError, policyFrom, presetFrom } from "@steadfast/spec";
import type { SupervisionOptions } from "@steadfast/supervision";
import { MOST, type PolicyDocument, type Scene } from "./scene.ts";

/** The options of `supervise` that a preset decides. */
export type PresetRules = Pick<
  SupervisionOptions,
  "isFailure" | "onNotYet" | "operatorLaunches" | "healthyAfterMs"
>;

export interface Fault {
  /** Where in the document: `members[0].options.limit`; empty for all of it. */
  readonly path: string;
  readonly message: string;
}

export type PolicyIn =
  | { readonly policy: RestartPolicy; readonly rules: PresetRules; readonly fault: null }
  | { readonly policy: null; readonly rules: null; readonly fault: Fault };

/** They, with what the scene says instead. */
export function sideOptions(rules: PresetRules, { healthyAfterMs }: Scene): PresetRules {
  return healthyAfterMs === null ? rules : { ...rules, healthyAfterMs };
}

type Node = { readonly [field: string]: Json };

export function isNode(value: Json | undefined): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Puts a path together as the errors of `@steadfast/spec` do. */
export function joined(path: string, rest: string): string {
  return path === "" || rest === "" || rest.startsWith("[") ? path + rest : `${path}.${rest}`;
}

export function policyIn(document: PolicyDocument): PolicyIn {
  const fault = beyondBounds(document);
  if (fault !== null) return { policy: null, rules: null, fault };
  try {
    if (!isNode(document) || document.preset === undefined) {
      return { policy: policyFrom(document), rules: {}, fault: null };
    }
    const { policy, isFailure, onNotYet, operatorLaunches, healthyAfterMs } = presetFrom(document);
    const healthy = healthyAfterMs === undefined ? {} : { healthyAfterMs };
    return { policy, rules: { isFailure, onNotYet, operatorLaunches, ...healthy }, fault: null };
  } catch (error) {
    if (!isPolicySpecError(error)) throw error;
    return { policy: null, rules: null, fault: { path: error.path, message: error.message } };
  }
}

function beyondBounds(document: PolicyDocument): Fault | null {
  const length = JSON.stringify(document).length;
  if (length > MOST.document) {
    const message = `policy must be at most ${MOST.document} characters of JSON here, got ${length}`;
    return { path: "", message };
  }
  let count = 0;
  const beyond = (node: Json, path: string, depth: number): Fault | null => {
    count++;
    const place = joined("policy", path);
    if (depth > MOST.depth) {
      return { path, message: `${place} must be nested at most ${MOST.depth} deep here` };
    }
    if (count > MOST.policies) {
      return { path, message: `policy must have at most ${MOST.policies} policies here` };
    }
    const members = isNode(node) && Array.isArray(node.members) ? node.members : [];
    for (const [i, member] of members.entries()) {
      const fault = beyond(member, joined(path, `members[${i}]`), depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  };
  return beyond(document, "", 1);
}
