// The tree that a case of OTP's supervisor describes.

import { coarse, type Exit, giveUp, isPolicyOptionsError } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
import { type ChildSpec, supervisionTree, type TreeOptions } from "@steadfast/supervision/tree";
import type { OtpCase, OtpChild } from "./case.js";

const STRATEGIES = {
  oneForOne: "one-for-one",
  oneForAll: "one-for-all",
  restForOne: "rest-for-one",
} as const;

const AUTO = {
  never: "never",
  anySignificant: "any-significant",
  allSignificant: "all-significant",
} as const;

const CLEAN: readonly unknown[] = ["normal", "shutdown", "{shutdown,x}"];

const isFailure = (exit: Exit): boolean =>
  exit.kind === "failed" ? !CLEAN.includes(exit.error) : exit.kind !== "completed";

function childOf({ id, restart, shutdown = 5_000, significant = false }: OtpChild): ChildSpec {
  return {
    id,
    restart,
    significant,
    isFailure,
    readiness: "explicit",
    gracePeriodMs: shutdown === "brutalKill" ? 0 : shutdown === "infinity" ? Infinity : shutdown,
    healthyAfterMs: Infinity,
  };
}

/** The case's specification is refused. */
export const REFUSED = "refused";

export function optionsOf(one: OtpCase) {
  const { strategy, autoShutdown = "never", intensity, period, children, steps } = one;
  const specs = new Map(children.map((child) => [child.id, child]));
  const kinds: Record<string, Omit<ChildSpec, "id">> = {};
  for (const [i, step] of (steps ?? []).entries()) {
    if (step.op !== "startChild") continue;
    const { id: _, ...kind } = childOf(step.child);
    kinds[`step ${i}`] = kind;
    specs.set(`step ${i}`, step.child);
  }
  const window = { limit: intensity, windowMs: period * 1_000, edge: "closed" } as const;
  const tree: TreeOptions = {
    strategy: STRATEGIES[strategy],
    autoShutdown: AUTO[autoShutdown],
    budget: coarse(giveUp(slidingWindow({ ...window, counts: "restarts" })), 1_000),
    children: children.map(childOf),
    kinds,
  };
  try {
    supervisionTree(tree);
  } catch (error) {
    if (isPolicyOptionsError(error)) return REFUSED;
    throw error;
  }
  return { tree, specs };
}
