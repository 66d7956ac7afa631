// What a move of a story means in the world as it is: who is meant, and which event that comes to.

import type { Move } from "./story.js";
import { EXITS, type World } from "./world.js";

type MoveOf<Type extends Move["type"]> = Extract<Move, { readonly type: Type }>;

const NOBODY = ["nobody"];

export function apply(world: World, move: Exclude<Move, { readonly type: "wait" | "jump" }>): void {
  switch (move.type) {
    case "crash": {
      const attempt = pick([...world.alive.values()], move.who);
      if (attempt) world.crash(attempt, EXITS[move.exit]);
      return;
    }
    case "own":
      return own(world, move);
    case "order":
      return order(world, move);
    case "child":
      return child(world, move);
    case "roll": {
      const path = pick(treesOf(world), move.where) ?? [];
      const ids = idsIn(world, path);
      const entries = new Set(ids.map((id) => id.replace(/\.\d+$/, "")));
      const id = pick([...entries, ...entries, ...ids, "nobody"], move.who);
      const ref = world.nextRef++;
      const { max } = move;
      return world.give({
        type: "roll",
        id,
        ref,
        ...(max !== null && { maxUnavailable: max }),
        ...(path.length > 0 && { path }),
      });
    }
    case "report":
      return report(world, move);
    case "hand-over":
      return world.handOver();
  }
}

function own(world: World, { what }: MoveOf<"own">): void {
  if (what === "stop" || what === "kill") return world.give({ type: what, by: "stop" });
  if (what === "fault") return world.give({ type: "fault", error: "broken" });
  world.give({ type: what });
}

function order(world: World, { what, who }: MoveOf<"order">): void {
  const path = pick([...world.seen.values(), NOBODY], who) ?? NOBODY;
  const more = MORE[what];
  world.give({ type: what, path, ...more });
}

const MORE: { readonly [what: string]: object } = {
  stop: { by: "stop" },
  kill: { by: "stop" },
  restart: { requester: "owner", reason: "wanted" },
  signal: { signal: "SIGUSR2" },
  unhealthy: { reason: "found" },
  recycle: { reason: "planned" },
};

function child(world: World, { what, where, who }: MoveOf<"child">): void {
  const path = pick(treesOf(world), where) ?? [];
  const ids = idsIn(world, path);
  const ref = world.nextRef++;
  const inside = path.length > 0 ? { path } : {};
  if (what !== "start-child") {
    const id = pick([...ids, "nobody"], who);
    return world.give({ type: what, id, ref, ...inside });
  }
  const id = pick(["x", "y", "z", ...ids], who);
  const kind = pick([...world.kinds, "nothing"], who + where);
  world.give({ type: what, id, kind, ref, ...inside });
}

function report(world: World, { what, who }: MoveOf<"report">): void {
  if (what === "stale") {
    const gone = pick(world.ended, who);
    if (!gone) return;
    const { path, generation } = gone;
    return world.give({ type: "exited", path, generation, exit: EXITS.failed });
  }
  const attempt = pick(
    [...world.alive.values()].filter(({ isThere }) => isThere),
    who,
  );
  if (!attempt) return;
  const { path, generation } = attempt;
  const more = what === "heartbeat" ? { at: world.now } : what === "used" ? { uses: 1 } : {};
  world.give({ type: what, path, generation, ...more });
}

function pick<Item>(all: readonly Item[], which: number): Item | undefined {
  return all.length === 0 ? undefined : all[which % all.length];
}

/** The trees that were heard of: the whole, and those that somebody stands in. */
function treesOf(world: World): readonly (readonly string[])[] {
  const trees = new Map<string, readonly string[]>([["", []]]);
  for (const path of world.seen.values()) {
    for (let depth = 1; depth < path.length; depth++) {
      const above = path.slice(0, depth);
      trees.set(above.join("/"), above);
    }
  }
  return [...trees.values()];
}

function idsIn(world: World, tree: readonly string[]): readonly string[] {
  const ids = new Set<string>();
  for (const path of world.seen.values()) {
    if (path.length > tree.length && tree.every((id, i) => path[i] === id)) {
      ids.add(path[tree.length] as string);
    }
  }
  return [...ids];
}
