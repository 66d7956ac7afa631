// A whole configuration as a stack: checked by its shape, then what no shape can say: names that are not there, circles.

import { basename } from "node:path";
import { didYouMean } from "@steadfast/policy";
import { policyOfParts } from "../policy-parts.js";
import type { SourceFile } from "../source-file.js";
import type { Stack } from "../stack/stack.js";
import { wrongIn } from "./check.js";
import { STACK } from "./fields.js";
import { serviceOf } from "./service-of.js";
import type { StackConfig } from "./stack.js";

/** @throws CliError for the first thing that is wrong, with its place. */
export function stackOf(source: SourceFile, folder: string): Stack {
  const wrong = wrongIn({ is: "record", fields: STACK }, source.value);
  if (wrong) throw source.error(wrong.path, wrong.message);
  const config = source.value as StackConfig;
  const { name, strategy, budget, policy = policyOfParts({}), children } = config;
  const entries = Object.entries(children);
  const services = entries.map(([id, child]) =>
    serviceOf(id, child, {
      folder,
      policy,
      error: (path, message) =>
        source.error(
          ["children", id, ...path],
          `${["children", id, ...path].join(".")}: ${message}`,
        ),
    }),
  );
  checkOrder(
    services.map(({ id, after = [] }) => [id, after.map((one) => one.id)]),
    source,
  );
  return {
    name: name ?? basename(folder),
    folder,
    services,
    ...(strategy && { strategy }),
    ...(budget !== undefined && { budget }),
    watch: Object.fromEntries(entries.map(([id, child]) => [id, [child.watch ?? []].flat()])),
    report: [],
  };
}

type Order = readonly (readonly [id: string, after: readonly string[]])[];

function checkOrder(order: Order, source: SourceFile): void {
  const ids = order.map(([id]) => id);
  for (const [id, after] of order) {
    for (const [i, other] of after.entries()) {
      if (ids.includes(other)) continue;
      const hint = didYouMean(other, ids) || `known: ${ids.join(", ")}`;
      throw source.error(
        ["children", id, "after", i],
        `${id} waits for ${other}, which is not there (${hint})`,
      );
    }
  }
  const [first] = circleIn(order);
  if (first === undefined) return;
  throw source.error(
    ["children", first, "after"],
    `${circleIn(order).join(", which waits for ")}: nobody can be first`,
  );
}

/** Names of which each waits for the next, and the last for the first; none if there is no circle. */
function circleIn(order: Order): readonly string[] {
  const next = new Map(order);
  const over = new Set<string>();
  const walk = (id: string, way: readonly string[]): readonly string[] => {
    if (way.includes(id)) return [...way.slice(way.indexOf(id)), id];
    if (over.has(id)) return [];
    for (const other of next.get(id) ?? []) {
      const found = walk(other, [...way, id]);
      if (found.length > 0) return found;
    }
    over.add(id);
    return [];
  };
  for (const [id] of order) {
    const found = walk(id, []);
    if (found.length > 0) return found;
  }
  return [];
}
