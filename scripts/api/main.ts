// `pnpm api`: writes the API reference, the snapshots of the public surface and the catalogue of errors,
// and says what is missing in the docstrings, and which errors have no code. Reads the built packages: `pnpm api` builds first.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findings } from "./docstrings.ts";
import { exceptions } from "./exceptions.ts";
import { readApi } from "./generated.ts";
import { uncodedFindings } from "./thrown.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { surfaces, bare, sources, files } = readApi(root);

for (const [path, text] of files) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`written: ${path}`);
}
const missing = [...findings(surfaces, exceptions, sources), ...uncodedFindings(bare)];
for (const one of missing) console.error(one);
const names = surfaces.flatMap(({ entries }) => entries.flatMap((entry) => entry.names));
const shown = names.filter(({ exported }) => exported).length;
console.log(`api: ${shown} public names, ${files.size} files, ${missing.length} findings`);
process.exitCode = missing.length === 0 ? 0 : 1;
