// The page's files, read once into memory: what is asked for is looked up among their names, never in the file system.

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DashboardAssetsError } from "./errors.js";

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

/** By the path that is asked for, such as `/` or `/app.js`. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Beside `dist/`, and beside `src/` in a clone. */
export function assetsFolder(): string {
  const here = typeof __filename === "undefined" ? fileURLToPath(import.meta.url) : __filename;
  return join(here, "..", "..", "assets");
}

/** Throws `DashboardAssetsError` where there is no page. */
export function readAssets(folder: string): Assets {
  const assets = new Map<string, Asset>();
  for (const name of namesIn(folder)) {
    const type = TYPES[extname(name)];
    if (!type) continue;
    const path = name === "index.html" ? "/" : `/${name}`;
    assets.set(path, { type, body: readFileSync(join(folder, name)) });
  }
  if (!assets.has("/")) throw new DashboardAssetsError(folder);
  return assets;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
