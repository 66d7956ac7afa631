// Whether the changesets that wait say enough about what has changed since the last release.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Published, publishedPackages } from "../api/published.ts";
import { snapshotPath } from "../api/snapshot.ts";
import { promises } from "./changesets.ts";
import { contentAt, exists, touchedSince } from "./history.ts";
import { atLeast, largest, type Need, needs } from "./size.ts";

export interface Verdict {
  readonly name: string;
  /** What it was compared with; null where there is no release yet, and so no promise to keep. */
  readonly since: string | null;
  /** What the changesets do not cover. */
  readonly missing: readonly string[];
}

/** Looks at every published package; `since` stands for the release of each. */
export function checkChanges(root: string, since?: string): Verdict[] {
  if (since !== undefined && !exists(root, since)) throw new Error(`there is no commit ${since}`);
  return publishedPackages(root).map((published) => {
    const { name, version } = published;
    const release = since ?? `${name}@${version}`;
    if (!exists(root, release)) return { name, since: null, missing: [] };
    const promised = largest(promises(root, name));
    const missing = needed(root, release, published)
      .filter(({ size }) => !atLeast(promised, size))
      .map(({ size, why }) => `${why}: a ${size} change, the changesets say ${promised}`);
    return { name, since: release, missing };
  });
}

function needed(root: string, release: string, { folder }: Published): Need[] {
  const path = snapshotPath(folder);
  const now = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
  const touched = touchedSince(root, release, folder);
  return needs(touched, contentAt(root, release, path), now);
}
