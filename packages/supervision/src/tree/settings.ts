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
import { unknownKind } from "../errors.js";
import { type Rules, rulesOf } from "../rules.js";
import { supervisionSettings } from "../settings.js";
import { type StartGraph, startGraph } from "./graph-rules.js";
import type { SupervisionTree, TreeKind } from "./machine.js";
import type { ChildSpec, KindSpec, Strategy, TreeOptions } from "./options.js";

/** The rules of one kind. */
export interface KindRules extends TreeKind {
  readonly rules: Rules;
  readonly temporary: boolean;
  /** How long it waits for those in `after`; left out for as long as it takes. */
  readonly startTimeoutMs?: number | undefined;
  /** How many replicas a rolling restart may take down at a time. Left out where there are none. */
  readonly maxUnavailable?: number;
}

/** The options in force. */
export interface TreeRules {
  readonly strategy: Strategy;
  readonly budget: RestartPolicy | null;
  readonly autoShutdown: "never" | "any-significant" | "all-significant";
  readonly startFailure: "end" | "restart";
  /** Whether a restart alone is a plan, too. */
  readonly isOneByOne: boolean;
  readonly kinds: ReadonlyMap<string, KindRules>;
  /** The children of the list in order: the name of each, and that of its kind, which is its spec's. */
  readonly listed: ReadonlyMap<string, string>;
  /** Who stands for a name of the list: itself, or its replicas. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Starts as a graph; null where they are one by one. */
  readonly graph: StartGraph | null;
}

/** The rules of a child. A state of another tree has to be parsed first. */
export function kindOf({ kinds }: TreeRules, kind: string): KindRules {
  const rules = kinds.get(kind);
  if (!rules) throw unknownKind(kind);
  return rules;
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
    isOneByOne:
      read.oneOf("restarts", ["side-by-side", "one-by-one"], "side-by-side") !== "side-by-side",
  } as const;
  const kinds = new Map<string, KindRules>();
  const others = read.checked<Readonly<Record<string, KindSpec>>>(
    "kinds",
    "an object",
    isRecord,
    {},
  );
  for (const [name, spec] of Object.entries(others)) {
    kinds.set(name, kindRules(`${owner}.kinds.${name}`, spec, common));
  }
  const children = read.checked<readonly ChildSpec[]>("children", "an array", Array.isArray, []);
  read.end();
  const placeOf = (i: number) => `${owner}.children[${i}]`;
  const named = new Map<string, readonly string[]>();
  for (const [i, spec] of children.entries()) {
    const place = placeOf(i);
    const kind = kindRules(place, spec, common, true);
    const { id } = spec;
    if (kinds.has(id)) throw twice(place, id);
    const fault = misfit(kind, rules.autoShutdown);
    if (fault) throw new PolicyOptionsError(place, "significant", fault, true);
    kinds.set(id, kind);
    named.set(id, namesOf(spec));
  }
  const listed = listedOf(named, kinds, placeOf);
  return { ...rules, kinds, listed, named, graph: startGraph(children, placeOf) };
}

/** Every name, and its kind's. */
function listedOf(
  named: ReadonlyMap<string, readonly string[]>,
  kinds: ReadonlyMap<string, KindRules>,
  placeOf: (child: number) => string,
): ReadonlyMap<string, string> {
  const listed = new Map<string, string>();
  for (const [i, [kind, names]] of [...named].entries()) {
    for (const id of names) {
      if (listed.has(id) || (id !== kind && kinds.has(id))) throw twice(placeOf(i), id);
      listed.set(id, kind);
    }
  }
  return listed;
}

const twice = (place: string, id: string): PolicyOptionsError =>
  new PolicyOptionsError(place, "id", "unlike every other id and kind", id);

function namesOf({ id, replicas }: ChildSpec): readonly string[] {
  if (replicas === undefined) return [id];
  return Array.from({ length: replicas }, (_, i) => `${id}.${i + 1}`);
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
const BESIDE_TREE = "left out beside a tree, whose children have their own";
const MOST_REPLICAS = 100_000;
/** A tree takes as long as its children: by default it is neither killed nor given up. */
const TREE_TIMES = { gracePeriodMs: Infinity, abandonAfterMs: Infinity };

function kindRules(
  place: string,
  spec: KindSpec,
  { budget, notes }: Common,
  isListed = false,
): KindRules {
  const isNested = spec.tree !== undefined;
  for (const key of ALONE) refuse(place, spec, key, "left out", "not of a child in a tree");
  if (isNested) for (const key of LEAVES) refuse(place, spec, key, BESIDE_TREE);
  const options = { ...(isNested && { ...TREE_TIMES, readiness: "explicit" }), ...spec };
  const read = readOptions<ChildSpec>(place, options as ChildSpec);
  const standing = isListed ? readStanding(read, place) : null;
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
    ...standing,
  };
}

type Standing = Pick<KindRules, "startTimeoutMs" | "maxUnavailable">;

/** What only a child of the list has. What it waits for is read with the others'. */
function readStanding(read: OptionsReader<ChildSpec>, place: string): Standing {
  read.checked("id", "a text that is not blank and has no slash", isId);
  const needs = { after: "startTimeoutMs", replicas: "maxUnavailable" } as const;
  for (const [beside, key] of Object.entries(needs) as ["after", "startTimeoutMs"][]) {
    const got = read.raw(key);
    if (read.raw(beside) !== undefined || got === undefined) continue;
    throw new PolicyOptionsError(place, key, `left out without ${beside}`, got);
  }
  if (read.raw("replicas") !== undefined) read.whole("replicas", { max: MOST_REPLICAS });
  const isTimed = read.raw("startTimeoutMs") !== undefined;
  return {
    startTimeoutMs: isTimed ? read.whole("startTimeoutMs") : undefined,
    maxUnavailable: read.whole("maxUnavailable", { min: 1, default: 1 }),
  };
}

function refuse(place: string, spec: object, key: string, allowed: string, hint?: string): void {
  if (!(key in spec)) return;
  const got: unknown = spec[key as keyof typeof spec];
  throw new PolicyOptionsError(place, key, allowed, got, hint);
}
