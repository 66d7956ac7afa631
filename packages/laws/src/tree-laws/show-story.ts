// A story as a table: when, what happened, and what the tree wanted done about it.

import type { TreeEffect, TreeEvent } from "@steadfast/supervision/tree";
import { textTable } from "../kernel/text-table.js";
import type { Chronicle } from "./chronicle.js";
import type { TreeStory } from "./story.js";

export function showStory({ taken, thrown }: Chronicle, { design }: TreeStory): string {
  const first = taken[0]?.now ?? 0;
  const rows = taken.map(({ event, now, effects }, row) => [
    `${row + 1}`,
    `${now - first}`,
    event ? eventText(event) : "(written down, read back)",
    effects.map(effectText).filter(Boolean).join(", ") || "-",
  ]);
  return [
    ...(design ? [`  tree: ${JSON.stringify(design)}`] : []),
    textTable([["row", "ms", "told", "answered"], ...rows]),
    ...(thrown ? [`  and then it threw ${String(thrown.error)}`] : []),
  ].join("\n");
}

function eventText(event: TreeEvent): string {
  const { type } = event;
  const path = event.path?.join("/");
  const about = path ? ` ${path}` : "";
  if ("ref" in event) return `${type}${about} ${event.id} (${event.ref})`;
  if (type === "exited") return `${type}${about} ${event.generation}: ${event.exit.kind}`;
  if ("generation" in event) return `${type}${about} ${event.generation}`;
  return `${type}${about}`;
}

/** Such as `launch a 0 (start)`: the number is the generation. */
export function effectText(effect: TreeEffect): string {
  const path = "path" in effect && effect.path ? ` ${effect.path.join("/")}` : "";
  const generation = "generation" in effect ? ` ${effect.generation}` : "";
  const name = `${effect.type}${path}`;
  switch (effect.type) {
    case "launch":
      return `${name}${generation} (${effect.cause})`;
    case "request-stop":
      return `${name}${generation} (${effect.reason})`;
    case "exited":
      return `${name}${generation} (${effect.exit.kind}${effect.ordered ? ", ordered" : ""})`;
    case "delayed":
      return `${name} ${effect.delayMs} ms`;
    case "refused":
      return `${name} (${effect.reason}, ${effect.retryAfterMs ?? "never"})`;
    case "answered":
      return `${name} (${effect.ref}) ${effect.ok ? "ok" : effect.error}`;
    case "answer":
      return `${name} ${JSON.stringify(effect.answer)}`;
    case "settle":
      return `settle ${JSON.stringify(effect.outcome)}`;
    case "report":
      return "";
    case "note":
    case "drawn":
      return "";
    default:
      return `${name}${generation}`;
  }
}
