// Parts a spec: the rules go to the machine, and who starts the children stays with the driver.

import { PolicyOptionsError } from "@steadfast/policy";
import {
  type SupervisionTree,
  supervisionTreeOf,
  type TreeOptions,
} from "@steadfast/supervision/tree";
import { hasMethods, isFunction } from "../has-methods.js";
import type { Launcher } from "../launcher.js";
import { readinessOf, unsaid } from "../launcher-readiness.js";
import type { SuperviseProbe } from "../options.js";
import type { PolicyFinding } from "../policy-finding.js";
import type { ProbeCheck } from "../prober.js";
import type { TreeChildSpec, TreeKindSpec, TreeSpec } from "./spec.js";

/** How the children of a tree are started. */
export interface TreePlan {
  readonly machine: SupervisionTree;
  readonly kinds: ReadonlyMap<string, KindPlan>;
}

/** How the children of a kind are started. */
export interface KindPlan {
  /** The launcher, or what makes one for each child; null where the kind is a tree. */
  readonly launcher: Launcher | ((id: string) => Launcher) | null;
  readonly check: ProbeCheck | null;
  readonly standby: number;
  /** Whether attempts are replaced after so many uses. */
  readonly countsUses: boolean;
  readonly reloadMessage: unknown;
  readonly onMessage: ((message: unknown, id: string) => void) | null;
  readonly tree: TreePlan | null;
  /** What is questionable about its launcher. */
  readonly findings: readonly PolicyFinding[];
}

/** Reads a spec whole, the trees in it included. Throws `PolicyOptionsError`. */
export function readSpec(spec: TreeSpec, notes: boolean, owner: string): TreePlan {
  if (!isObject(spec) || Array.isArray(spec)) {
    const hint = Array.isArray(spec) ? "a list: did you mean { children: [...] }?" : "";
    throw new PolicyOptionsError(owner, "spec", "an object", spec, hint);
  }
  const { children = [], kinds = {} } = spec;
  if (!Array.isArray(children)) {
    throw new PolicyOptionsError(owner, "children", "an array of children", children);
  }
  if (!isObject(kinds)) throw new PolicyOptionsError(owner, "kinds", "an object", kinds);
  const plans = new Map<string, KindPlan>();
  const rules = (name: string, kind: TreeKindSpec, where: string) => {
    if (!isObject(kind)) throw new PolicyOptionsError(owner, where, "an object", kind);
    const [plan, rest] = partKind(kind, notes, `${owner}: ${where}`);
    plans.set(name, plan);
    return rest;
  };
  const parted = {
    ...spec,
    notes,
    children: children.map((child: TreeChildSpec, i) => rules(child?.id, child, `children[${i}]`)),
    kinds: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, rules(name, kind, `kinds.${name}`)]),
    ),
  } as TreeOptions;
  return { machine: supervisionTreeOf(parted, owner), kinds: plans };
}

/** What of a kind is the driver's, and what the machine's. */
function partKind(kind: TreeKindSpec, notes: boolean, where: string): [KindPlan, object] {
  const { launcher, tree, probe, reloadMessage, onMessage, ...given } = kind as Parted;
  if (tree !== undefined && launcher !== undefined) {
    throw new PolicyOptionsError(where, "launcher", "left out beside `tree`", launcher);
  }
  const start = tree === undefined ? launcherOf(launcher, given.standby, where) : null;
  const known = typeof start === "object" ? start : null;
  const rules = known ? readinessOf(known, given) : given;
  const inner = tree === undefined ? null : readSpec(tree, notes, `${where}.tree`);
  if (onMessage !== undefined && !isFunction(onMessage)) {
    throw new PolicyOptionsError(where, "onMessage", "a function", onMessage);
  }
  const [check, looks] = probe === undefined ? [null, undefined] : partProbe(probe, where);
  const looked = probe === undefined ? {} : { probe: probe as SuperviseProbe };
  const plan: KindPlan = {
    launcher: start,
    check,
    standby: typeof rules.standby === "number" ? rules.standby : 0,
    countsUses: rules.recycle?.uses !== undefined,
    reloadMessage: reloadMessage ?? "reload",
    onMessage: onMessage ?? null,
    tree: inner,
    findings: known ? [...(known.findings ?? []), ...unsaid(known, { ...rules, ...looked })] : [],
  };
  return [
    plan,
    { ...rules, ...(looks && { probe: looks }), ...(inner && { tree: inner.machine }) },
  ];
}

/** Everything that either form of a kind may have. */
interface Parted {
  readonly launcher?: unknown;
  readonly tree?: TreeSpec;
  readonly probe?: object;
  readonly reloadMessage?: unknown;
  readonly onMessage?: KindPlan["onMessage"];
  readonly standby?: unknown;
  readonly readiness?: "immediate" | "explicit";
  readonly recycle?: { readonly uses?: unknown };
}

function launcherOf(given: unknown, standby: unknown, where: string): KindPlan["launcher"] {
  const isOne = hasMethods("launch");
  if (!isOne(given)) {
    if (isFunction(given)) return given as (id: string) => Launcher;
    const allowed = "an object with launch(), or a function from a path to one";
    throw new PolicyOptionsError(where, "launcher", allowed, given);
  }
  if (typeof standby === "number" && standby > 0 && !hasMethods("prepare")(given)) {
    const allowed = "0 or left out: this launcher cannot prepare() one";
    throw new PolicyOptionsError(where, "standby", allowed, standby);
  }
  return given as Launcher;
}

function partProbe(probe: object, where: string): [ProbeCheck, object] {
  const { check, ...looks } = probe as { readonly check?: unknown };
  if (!isFunction(check)) {
    throw new PolicyOptionsError(`${where}.probe`, "check", "a function", check);
  }
  return [check as ProbeCheck, looks];
}

/** What is questionable about the launchers. */
export function findingsOf({ kinds }: TreePlan): PolicyFinding[] {
  const found: PolicyFinding[] = [];
  for (const { findings, tree } of kinds.values()) {
    found.push(...findings, ...(tree ? findingsOf(tree) : []));
  }
  return found;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
