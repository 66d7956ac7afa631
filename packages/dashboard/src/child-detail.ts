// The page of one child, and the budgets of the lines that are in sight. Each is asked for when somebody looks, so that a tree of
// any size costs no more than what is looked at.

import { type Json, readOptions } from "@steadfast/policy";
import { toJson } from "@steadfast/spec";
import type { PolicyView } from "@steadfast/supervision";
import type { EventRing } from "./event-ring.js";
import { Refusal } from "./refusal.js";
import type { Source } from "./source.js";
import { budgetOf, lastWhy, nowWhy } from "./why.js";
import type { Budgets, ChildDetail } from "./wire.js";

const MOST_EVENTS = 500;
const MOST_PATHS = 100;

type Find = (of: string) => Source;

const isText = (value: unknown): boolean => typeof value === "string";
const isPaths = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= MOST_PATHS && value.every(isText);

/** Throws a `Refusal`, or `PolicyOptionsError` for a bad body. */
export function childDetail(body: object, find: Find, ring: EventRing): ChildDetail {
  const read = readOptions<{ of: string; path: string }>("child", body as never);
  const of = read.checked<string>("of", "the name of a supervision", isText);
  const path = read.checked<string>("path", "the path of a child", isText);
  read.end();
  const source = find(of);
  const status = source.status(path);
  const row = source.row(path);
  if (!status || !row) throw new Refusal(404, "unknown-child", "there is no such child");
  const now = source.now();
  const view = source.policy(path);
  const { lastExit, stop, readyAt, lastHeartbeatAt } = status;
  return {
    of,
    now,
    row,
    lastExit,
    stop,
    readyAt,
    lastHeartbeatAt,
    lastWhy: lastWhy(view, source.recording, source.type === "child" ? "" : path),
    nowWhy: nowWhy(view, row, now),
    budget: budgetOf(view, row, now),
    policy: view && policyOf(view),
    told: ring
      .since(0)
      .filter((told) => told.of === of && told.id === path)
      .slice(-MOST_EVENTS),
  };
}

function policyOf({ policy, budget }: PolicyView): ChildDetail["policy"] {
  const [own = policy] = budget ? (policy.members ?? []) : [];
  return { name: own.name, spec: specOf(own), shared: budget?.name ?? null };
}

function specOf(policy: PolicyView["policy"]): Json | null {
  try {
    return toJson(policy) as unknown as Json;
  } catch {
    return null;
  }
}

/** Throws a `Refusal`, or `PolicyOptionsError` for a bad body. */
export function budgetsOf(body: object, find: Find): Budgets {
  const read = readOptions<{ of: string; paths: readonly string[] }>("budgets", body as never);
  const of = read.checked<string>("of", "the name of a supervision", isText);
  const list = `a list of at most ${MOST_PATHS} paths`;
  const paths = read.checked<readonly string[]>("paths", list, isPaths);
  read.end();
  const source = find(of);
  const now = source.now();
  const budgets = paths.map((path) => {
    const row = source.row(path);
    return row && budgetOf(source.policy(path), row, now);
  });
  return { budgets };
}
