import { PolicyOptionsError } from "@steadfast/policy";
import type { ChildPath } from "./handle.js";

const PATH = 'names with a slash between, such as "workers/w.1", or a list of them';

/** The names in a path. Throws `PolicyOptionsError`. */
export function readPath(owner: string, path: ChildPath): readonly string[] {
  const ids: unknown = typeof path === "string" ? path.split("/") : path;
  const isPath =
    Array.isArray(ids) &&
    ids.length > 0 &&
    ids.every((id) => typeof id === "string" && id.trim() !== "" && !id.includes("/"));
  if (!isPath) throw new PolicyOptionsError(owner, "path", PATH, path);
  return ids;
}
