// A package on its way into a tarball: README with absolute links, and the repository's NOTICE. Both are taken
// back when it is packed. What stood in README.md before waits beside it meanwhile; if packing was cut off, the next
// one begins with that.

import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { withAbsoluteLinks } from "./absolute-links.ts";
import { REPOSITORY } from "./publication.ts";

const KEPT = ".README.md.kept";

/** Makes what stands in the folder of a package what is to be packed. */
export function dress(root: string, folder: string): void {
  undress(folder);
  const readme = join(folder, "README.md");
  const text = readFileSync(readme, "utf8");
  const place = { folder: relative(root, folder).replaceAll("\\", "/"), repository: REPOSITORY };
  writeFileSync(join(folder, KEPT), text);
  writeFileSync(readme, withAbsoluteLinks(text, place));
  copyFileSync(join(root, "NOTICE"), join(folder, "NOTICE"));
}

/** Takes it back; of what was not dressed nothing changes. */
export function undress(folder: string): void {
  const kept = join(folder, KEPT);
  if (existsSync(kept)) renameSync(kept, join(folder, "README.md"));
  rmSync(join(folder, "NOTICE"), { force: true });
}
