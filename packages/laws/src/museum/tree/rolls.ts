// Trees with a rolling restart that takes too much down, or too little.

import type { TreeEffect, TreeState } from "@steadfast/supervision/tree";
import { isOwn, stepping, treeFault } from "./tree-fault.js";

/** With the numbers of the orders that are not carried out. */
type Waiting = TreeState & { readonly waiting?: readonly number[] };

const isKnown = (ids: readonly string[], id: string): boolean =>
  ids.some((one) => one === id || one.startsWith(`${id}.`));

const shutdown = (ref: number): TreeEffect => ({
  type: "answered",
  ref,
  ok: false,
  error: "shutdown",
});

export const allAtOnce = treeFault(
  {
    name: "tree-rolls-all-at-once",
    defect: "A rolling restart takes every replica down at once.",
    seenIn: "pm2: `restart` of a cluster, as opposed to `reload`",
  },
  stepping((tree, state, event, now) =>
    tree.step(state, event.type === "roll" ? { ...event, maxUnavailable: 1_000 } : event, now),
  ),
);

export const nobody = treeFault(
  {
    name: "tree-rolls-nobody",
    defect:
      "A rolling restart is answered with success when it is ordered, and nobody is restarted.",
    seenIn: "a mutant of `supervisionTree`",
  },
  stepping((tree, state, event, now) =>
    event.type === "roll" && isOwn(event) && isKnown(tree.children(state), event.id)
      ? [state, [{ type: "answered", ref: event.ref, ok: true }]]
      : tree.step(state, event, now),
  ),
);

export const neverGoesOn = treeFault(
  {
    name: "tree-roll-that-never-goes-on",
    defect: "A rolling restart is taken on, and waits until the tree ends.",
    seenIn: "Kubernetes: a rollout that makes no progress is reported as such, and stays",
  },
  (make) => (options) => {
    const tree = make(options);
    const waits = stepping((_, state: Waiting, event, now) => {
      const waiting = state.waiting ?? [];
      if (event.type === "roll" && isOwn(event) && !state.end) {
        const isThere = isKnown(tree.children(state), event.id);
        if (isThere) return [{ ...state, waiting: [...waiting, event.ref] }, []];
      }
      const [after, all] = tree.step(state, event, now);
      const isOver = all.some(({ type }) => type === "settle");
      const last = all.flatMap((one) =>
        one.type === "settle" ? [...waiting.map(shutdown), one] : [one],
      );
      const left = isOver || event.type === "begin" ? [] : waiting;
      return [after === state || left.length === 0 ? after : { ...after, waiting: left }, last];
    })(() => tree)(options);
    const parse = (raw: unknown, now: number) => {
      const { waiting } = raw as Waiting;
      return { ...tree.parse(raw, now), ...(waiting && { waiting }) };
    };
    return { ...waits, parse };
  },
);
