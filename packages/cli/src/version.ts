// The version of the package, from its own manifest, which is beside what is built.

import { readFileSync } from "node:fs";

interface Manifest {
  readonly version: string;
}

const manifest = new URL("../package.json", import.meta.url);

export const { version: VERSION } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
