// Checks the options of a tree once, and makes the rules of each kind of child.

import {
  allOf,
  type OptionsReader,
  PolicyOptionsError,
  type RestartPolicy,
  readOptions,
  readPolicy,
  restartOn,
} from "@steadfast/policy";
import { type Rules, rulesOf } from "../rules.js";
import { supervisionSettings } from "../settings.js";
import type { SupervisionTree, TreeKind } from "./machine.js";
import type { ChildSpec, KindSpec, Strategy, TreeOptions } from "./options.js";

/** The rules of one kind. */
export interface KindRules extends TreeKind {
  readonly rules: Rules;
  readonly temporary: boolean;
}

/** The options in force. */
export interface TreeRules {
  readonly strategy: Strategy;
  readonly budget: RestartPolicy | null;
  readonly autoShutdown: "never" | "any-significant" | "all-significant";
  readonly startFailure: "end" | "restart";
  readonly kinds: ReadonlyMap<string, KindRules>;
  /** The children of the list in order: the name of each, and its kind. */
  readonly listed: ReadonlyMap<string, string>;
}

const RESTART_TYPES = ["permanent", "transient", "temporary"] as const;
const isBoolean = (value: unknown) => typeof value === "boolean";

/** Makes them. Throws `PolicyOptionsError` under the caller's name. */
export function treeRules(options: TreeOptions, owner: string): TreeRules {
  const read = readOptions<TreeOptions>(owner, options);
  const given = read.raw("budget");
  const common = {
    budget: given === undefined ? null : policyOf(owner, "budget", given),
    notes: read.checked("notes", "true or false", isBoolean, true),
  };
  const rules = {
    strategy: read.oneOf("strategy", ["one-for-one", "one-for-all", "rest-for-one"], "one-for-one"),
    budget: common.budget,
    autoShutdown: read.oneOf(
      "autoShutdown",
      ["never", "any-significant", "all-significant"],
      "never",
    ),
    startFailure: read.oneOf("startFailure", ["end", "restart"], "end"),
  } as const;
  const kinds = new Map<string, KindRules>();
  const named = read.checked<Readonly<Record<string, KindSpec>>>(
    "kinds",
    "an object",
    isRecord,
    {},
  );
  for (const [name, spec] of Object.entries(named)) {
    kinds.set(name, kindRules(`${owner}.kinds.${name}`, spec, common));
  }
  const children = read.checked<readonly ChildSpec[]>("children", "an array", Array.isArray, []);
  read.end();
  const listed = new Map<string, string>();
  for (const [i, spec] of children.entries()) {
    const place = `${owner}.children[${i}]`;
    const id = readId(place, spec);
    if (kinds.has(id)) {
      throw new PolicyOptionsError(place, "id", "unlike every other id and kind", id);
    }
    const kind = kindRules(place, spec, common);
    const fault = misfit(kind, rules.autoShutdown);
    if (fault) throw new PolicyOptionsError(place, "significant", fault, true);
    kinds.set(id, kind);
    listed.set(id, id);
  }
  return { ...rules, kinds, listed };
}

/** What is wrong with a kind in a tree with this `autoShutdown`; null for nothing. */
export function misfit(
  { significant, restart }: TreeKind,
  autoShutdown: TreeRules["autoShutdown"],
): string | null {
  if (!significant) return null;
  if (restart === "permanent") return "false for a permanent child, which is never done";
  return autoShutdown === "never" ? "false where autoShutdown is never" : null;
}

/** Whether a text can be the name of a child. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && !value.includes("/");

function readId(place: string, spec: ChildSpec): string {
  const read = readOptions<ChildSpec>(place, spec);
  return read.checked("id", "a text that is not blank and has no slash", isId);
}

const policyOf = (owner: string, option: string, given: unknown): RestartPolicy =>
  readPolicy(owner, option, given as RestartPolicy, { preset: "{ ...preset }" });

interface Common {
  readonly budget: RestartPolicy | null;
  readonly notes: boolean;
}

const isRecord = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTree = (value: unknown): boolean => {
  const { step, initial, kinds } = (value ?? {}) as Partial<SupervisionTree>;
  return typeof step === "function" && typeof initial === "function" && isRecord(kinds);
};

/** What one child alone has, and a child of a tree has not. */
const ALONE = ["shared", "onRefused", "restartLimit", "notes"];
/** What cannot stand beside a tree. */
const LEAVES = ["readiness", "probe", "standby"];
/** A tree takes as long as its children: by default it is neither killed nor given up. */
const TREE_TIMES = { gracePeriodMs: Infinity, abandonAfterMs: Infinity };

function kindRules(place: string, spec: KindSpec, { budget, notes }: Common): KindRules {
  const isNested = spec.tree !== undefined;
  for (const key of isNested ? [...ALONE, ...LEAVES] : ALONE) refuse(place, spec, key);
  const options = { ...(isNested && { ...TREE_TIMES, readiness: "explicit" }), ...spec };
  const read = readOptions<KindSpec & { readonly id?: string }>(place, options as KindSpec);
  read.raw("id");
  const restart = read.oneOf("restart", RESTART_TYPES, "permanent");
  const significant = read.checked("significant", "true or false", isBoolean, false);
  const tree = read.checked<SupervisionTree | null>("tree", "a supervision tree", isTree, null);
  const given = read.raw("policy");
  const own = given === undefined ? null : policyOf(place, "policy", given);
  const settings = supervisionSettings(read as OptionsReader<never>, place, {
    policy: own ? allOf(restartOn(restart), own) : restartOn(restart),
    shared: budget,
    notes,
  });
  read.end();
  const rules = rulesOf(settings, place);
  return {
    rules,
    slot: rules.slot,
    restart,
    significant,
    temporary: restart === "temporary",
    tree,
  };
}

function refuse(place: string, spec: object, key: string): void {
  if (!(key in spec)) return;
  const got: unknown = spec[key as keyof typeof spec];
  throw new PolicyOptionsError(place, key, "left out", got, "not of a child in a tree");
}
