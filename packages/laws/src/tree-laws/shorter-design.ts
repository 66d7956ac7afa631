// Simpler trees than one that fails: fewer children, none of the extras.

import { shorterList, simplerItems } from "../kernel/shorten.js";
import type { ChildDesign, KindDesign, TreeDesign } from "./design.js";

export function* shorterDesign(design: TreeDesign): Generator<TreeDesign> {
  const { children, kinds, budget, autoShutdown } = design;
  if (Object.keys(kinds).length > 0) yield { ...design, kinds: {} };
  for (const fewer of shorterList(children)) yield { ...design, children: bound(fewer) };
  if (budget) yield { ...design, budget: null };
  if (autoShutdown !== "never") {
    yield {
      ...design,
      autoShutdown: "never",
      children: children.map(({ significant: _, ...child }) => child),
      kinds: Object.fromEntries(
        Object.entries(kinds).map(([name, { significant: _, ...kind }]) => [name, kind]),
      ),
    };
  }
  for (const simpler of simplerItems(children, shorterChild)) {
    yield { ...design, children: simpler };
  }
}

/** Without those that are gone, nobody waits for them. */
function bound(children: readonly ChildDesign[]): readonly ChildDesign[] {
  const ids = new Set(children.map(({ id }) => id));
  return children.map(({ after, startTimeoutMs, ...child }) => {
    const left = (after ?? []).filter((one) => ids.has(typeof one === "string" ? one : one.id));
    if (left.length === 0) return child;
    return { ...child, after: left, ...(startTimeoutMs !== undefined && { startTimeoutMs }) };
  });
}

function* shorterChild(child: ChildDesign): Generator<ChildDesign> {
  const { id, restart, policy, tree, after, startTimeoutMs, replicas, maxUnavailable, ...more } =
    child;
  const kept = {
    id,
    restart,
    policy,
    tree,
    ...(after && { after }),
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
    ...(replicas !== undefined && { replicas }),
    ...(maxUnavailable !== undefined && { maxUnavailable }),
  };
  if (tree) {
    yield { ...child, tree: null };
    for (const shorter of shorterDesign(tree)) yield { ...child, tree: shorter };
  }
  if (policy) yield { ...child, policy: null };
  if (replicas !== undefined && replicas > 1) yield { ...child, replicas: replicas - 1 };
  for (const option of Object.keys(more) as (keyof KindDesign)[]) {
    if (option === "readyTimeoutMs" && !("readiness" in more)) continue;
    const { [option]: _, ...left } = more as unknown as KindDesign;
    if (option === ("readiness" as keyof KindDesign))
      delete (left as { readyTimeoutMs?: number }).readyTimeoutMs;
    yield { ...left, ...kept };
  }
}
