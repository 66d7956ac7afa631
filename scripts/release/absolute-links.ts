// A README as it stands in a tarball: there it has no neighbours, so every relative link
// becomes one into the repository.

import { posix } from "node:path";
import { rewriteLinks } from "./rewrite-links.ts";

export interface Place {
  /** Of the page, from the root: `packages/backoff`. */
  readonly folder: string;
  readonly repository: string;
}

export function withAbsoluteLinks(markdown: string, { folder, repository }: Place): string {
  return rewriteLinks(markdown, (target, isImage) => {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(target) ?? [];
    const place = posix.join("/", folder, path);
    return `${repository}/${isImage ? "raw" : "blob"}/main${place}${rest}`;
  });
}
