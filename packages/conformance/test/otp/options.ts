// The tree that a case of OTP's supervisor describes, by `otpSupervisor`.

import { type Exit, isPolicyOptionsError } from "@steadfast/policy";
import { type OtpChild, otpSupervisor } from "@steadfast/presets/otp-supervisor";
import { supervisionTree } from "@steadfast/supervision/tree";
import type { OtpChild as Child, OtpCase } from "../../../../config/testing/otp-case.ts";

const STRATEGIES = {
  oneForOne: "one_for_one",
  oneForAll: "one_for_all",
  restForOne: "rest_for_one",
} as const;

const AUTO = {
  never: "never",
  anySignificant: "any_significant",
  allSignificant: "all_significant",
} as const;

const CLEAN: readonly unknown[] = ["normal", "shutdown", "{shutdown,x}"];

const isFailure = (exit: Exit): boolean =>
  exit.kind === "failed" ? !CLEAN.includes(exit.error) : exit.kind !== "completed";

function childOf({ id, restart, shutdown = 5_000, significant = false }: Child): OtpChild {
  return {
    id,
    restart,
    significant,
    shutdown: shutdown === "brutalKill" ? "brutal_kill" : shutdown,
    isFailure,
    readiness: "explicit",
    healthyAfterMs: Infinity,
  };
}

/** The case's specification is refused. */
export const REFUSED = "refused";

export function optionsOf(one: OtpCase) {
  const { strategy, autoShutdown = "never", intensity, period, children, steps } = one;
  const specs = new Map(children.map((child) => [child.id, child]));
  const kinds: Record<string, Omit<OtpChild, "id">> = {};
  const add = (name: string, child: Child) => {
    const { id: _, ...kind } = childOf(child);
    kinds[name] = kind;
    specs.set(name, child);
  };
  for (const [i, step] of (steps ?? []).entries()) {
    if (step.op === "startChild") add(`step ${i}`, step.child);
    if (step.op !== "burst") continue;
    for (const [k, op] of step.ops.entries()) {
      if (op.op === "startChild") add(`step ${i}.${k}`, op.child);
    }
  }
  const tree = otpSupervisor({
    strategy: STRATEGIES[strategy],
    auto_shutdown: AUTO[autoShutdown],
    intensity,
    period,
    children: children.map(childOf),
    kinds,
  });
  try {
    supervisionTree(tree);
  } catch (error) {
    if (isPolicyOptionsError(error)) return REFUSED;
    throw error;
  }
  return { tree, specs };
}
