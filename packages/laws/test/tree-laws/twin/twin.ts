// The tree's twin: the same semantics, written a second time from the page that says them, in another way.
// No pages but plain arrays; no cursors but lists; recursion for nesting; all timers in a sorted list. A step
// copies everything and compares at the end.

import { type ChildSlotOptions, childSlot } from "@steadfast/child-slot";
import { allOf, isFailure, type Millis, type RestartPolicy, restartOn } from "@steadfast/policy";
import type { ChildSpec, KindSpec, TreeOptions } from "@steadfast/supervision/tree";
import { deepEqual } from "../../../src/kernel/deep-equal.js";
import { Act } from "./act.js";
import { happen, timersOf } from "./step.js";
import type {
  Dependency,
  Heard,
  Kid,
  Said,
  TwinKind,
  TwinRules,
  TwinState,
  TwinTree,
} from "./words.js";

const SLOT = [
  "readiness",
  "readyTimeoutMs",
  "healthyAfterMs",
  "healthyFrom",
  "heartbeatTimeoutMs",
  "maxRunMs",
  "gracePeriodMs",
  "abandonAfterMs",
] as const;

export function twinTree(options: TreeOptions): TwinTree {
  const rules = rulesOf(options);
  return {
    rules,
    initial: () => initial(rules),
    step: (state, event, now) => step(rules, state, event, now),
    deadline: (state) => timersOf(new Act(rules, state, NOTHING, 0))[0] ?? null,
    parse: (raw, now) => parse(rules, raw, now),
  };
}

const UNLIMITED = Number.MAX_SAFE_INTEGER;
const NOTHING: Heard = { type: "tick", draw: 0, wall: 0 };
/** What is somebody else's, and is only ever replaced. */
const VALUES = new Set(["slot", "policy", "budget"]);

/** A copy of plain data, which may be changed; what is no plain object or list, such as an error, is shared. */
function copy<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as Value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value))
    result[key] = VALUES.has(key) ? part : copy(part);
  return result as Value;
}

export function fresh(kind: TwinKind, id: string, name: string): Kid {
  return {
    id,
    kind: name,
    slot: kind.slot.initial(),
    policy: kind.own.initial(),
    wait: null,
    seat: null,
    failed: null,
    failures: 0,
    abandoned: 0,
    reload: false,
    begunAt: null,
    inner: null,
    done: false,
    held: false,
    blame: [],
    completed: false,
  };
}

function initial(rules: TwinRules): TwinState {
  return {
    kids: rules.children.map((id) => {
      const name = rules.kinds.has(id) ? id : baseOf(id);
      return fresh(rules.kinds.get(name) as TwinKind, id, name);
    }),
    budget: rules.budget?.initial() ?? null,
    plan: null,
    later: [],
    rolls: [],
    end: null,
    over: false,
    up: false,
    lost: false,
    begun: false,
    gone: {},
  };
}

const baseOf = (id: string) => id.slice(0, id.lastIndexOf("."));

function step(
  rules: TwinRules,
  state: TwinState,
  event: Heard,
  now: Millis,
): readonly [TwinState, readonly Said[]] {
  const act = new Act(rules, copy(state), event, now);
  happen(act);
  return [deepEqual(act.s, state) ? state : act.s, act.out];
}

function rulesOf(options: TreeOptions): TwinRules {
  const { children = [], kinds = {} } = options;
  refuse(options);
  const made = new Map<string, TwinKind>();
  for (const [name, spec] of Object.entries(kinds)) made.set(name, kindOf(spec));
  for (const spec of children) {
    const { startTimeoutMs = null, maxUnavailable = 1 } = spec;
    made.set(spec.id, { ...kindOf(spec), startTimeoutMs, maxUnavailable });
  }
  return {
    strategy: options.strategy ?? "one-for-one",
    budget: options.budget ?? null,
    autoShutdown: options.autoShutdown ?? "never",
    startFailure: options.startFailure ?? "end",
    children: children.flatMap(namesOf),
    entries: new Map(children.map((spec) => [spec.id, namesOf(spec)])),
    after: new Map(children.map(({ id, after = [] }) => [id, after.map(dependency)])),
    kinds: made,
    startable: new Set(made.keys()),
    isGraph: children.some(({ after }) => after !== undefined),
  };
}

const namesOf = ({ id, replicas }: ChildSpec): readonly string[] =>
  replicas === undefined ? [id] : Array.from({ length: replicas }, (_, i) => `${id}.${i + 1}`);

const dependency = (one: string | Partial<Dependency>): Dependency =>
  ({ until: "ready", ...(typeof one === "string" ? { id: one } : one) }) as Dependency;

function refuse(options: TreeOptions): void {
  for (const { id, significant, restart = "permanent" } of options.children ?? []) {
    const isBad = restart === "permanent" || (options.autoShutdown ?? "never") === "never";
    if (significant && isBad) throw new Error(`${id}: bad combination`);
  }
}

function kindOf(spec: KindSpec): TwinKind {
  const restart = spec.restart ?? "permanent";
  const slot: Record<string, unknown> = spec.tree
    ? { readiness: "explicit", gracePeriodMs: UNLIMITED, abandonAfterMs: UNLIMITED }
    : {};
  for (const key of SLOT) if (spec[key] !== undefined) slot[key] = spec[key];
  const type = restartOn(restart) as RestartPolicy;
  return {
    restart,
    significant: spec.significant ?? false,
    own: (spec.policy ? allOf(type, spec.policy) : type) as RestartPolicy,
    slot: childSlot({ ...slot, id: "child" } as ChildSlotOptions),
    isFailure: spec.isFailure ?? isFailure,
    onNotYet: spec.onNotYet ?? "wait",
    operatorLaunches: spec.operatorLaunches ?? "free",
    delayCutBy: spec.delayCutBy ?? [],
    recycle: spec.recycle ?? null,
    deadlineMs: spec.deadlineMs ?? null,
    tree: (spec.tree as unknown as TwinTree | undefined) ?? null,
    startTimeoutMs: null,
    maxUnavailable: 1,
  };
}

/** Instants later than now are pulled back; who is not known any more is dropped, who is new is added. */
function parse(rules: TwinRules, raw: unknown, now: Millis): TwinState {
  const saved = copy(raw as TwinState);
  const kids = saved.kids.filter(({ kind }) => rules.kinds.has(kind));
  for (const kid of kids) {
    const { slot, own, tree } = rules.kinds.get(kid.kind) as TwinKind;
    kid.slot = slot.parse(kid.slot, now);
    kid.policy = own.parse(kid.policy, now);
    if (tree && kid.inner) kid.inner = tree.parse(kid.inner, now);
    if (kid.begunAt !== null) kid.begunAt = Math.min(kid.begunAt, now);
    if (!kid.wait) continue;
    const back = Math.max(0, kid.wait.since - now);
    kid.wait = { ...kid.wait, since: kid.wait.since - back, until: kid.wait.until - back };
  }
  for (const fresh of initial(rules).kids) {
    if (!(fresh.id in saved.gone) && !kids.some(({ id }) => id === fresh.id)) kids.push(fresh);
  }
  const budget = rules.budget ? rules.budget.parse(saved.budget, now) : null;
  return { ...saved, kids, budget };
}
