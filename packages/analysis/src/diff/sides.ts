// The two that are compared, and when they say the same.

import {
  PolicyOptionsError,
  type RestartDecision,
  type RestartPolicy,
  readPolicy,
  refuse,
} from "@steadfast/policy";
import { readRules, type SupervisionRules } from "../simulate/rules.js";
import type { DiffSide, Sameness } from "./types.js";

export interface Side {
  readonly policy: RestartPolicy;
  readonly rules: Required<SupervisionRules>;
}

export function sideOf(name: "a" | "b", side: DiffSide): Side {
  const isPreset = typeof side === "object" && side !== null && "policy" in side;
  const policy = readPolicy("diff", name, isPreset ? side.policy : side);
  return { policy, rules: readRules("diff", isPreset ? side : {}) };
}

/** What a decision means for the child: where "not yet" ends it, that is "never". */
export function effective(decision: RestartDecision, { rules }: Side): RestartDecision {
  const ends = decision.type === "refuse" && rules.onNotYet === "end";
  return ends ? refuse(decision.reason, null) : decision;
}

export type AreSame = (a: RestartDecision, b: RestartDecision) => boolean;

export function samenessOf(compare: Sameness): AreSame {
  if (typeof compare === "function") return compare;
  if (compare === "kinds") return (a, b) => kindOf(a) === kindOf(b);
  if (compare === "decisions") return (a, b) => kindOf(a) === kindOf(b) && timeOf(a) === timeOf(b);
  if (compare === "reasons") {
    return (a, b) =>
      kindOf(a) === kindOf(b) && timeOf(a) === timeOf(b) && reasonOf(a) === reasonOf(b);
  }
  const allowed = "decisions, reasons, kinds or a function";
  throw new PolicyOptionsError("diff", "compare", allowed, compare);
}

function kindOf(decision: RestartDecision): string {
  if (decision.type !== "refuse") return decision.type;
  return decision.retryAfterMs === null ? "never" : "not-yet";
}

function timeOf(decision: RestartDecision): number | null {
  if (decision.type === "launch") return decision.delayMs;
  return decision.type === "refuse" ? decision.retryAfterMs : null;
}

function reasonOf(decision: RestartDecision): string | null {
  return decision.type === "refuse" ? decision.reason : null;
}
