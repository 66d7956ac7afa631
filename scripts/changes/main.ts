// `pnpm changes`: whether the changesets say enough about what has changed in each package since it was
// released (size.ts says how much is enough). `pnpm changes main` compares with a branch instead.

import { fileURLToPath } from "node:url";
import { checkChanges } from "./check.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const verdicts = checkChanges(root, process.argv[2]);

for (const { name, missing } of verdicts) {
  for (const one of missing) console.error(`${name}: ${one}`);
}
const released = verdicts.filter(({ since }) => since !== null).length;
const short = verdicts.filter(({ missing }) => missing.length > 0).length;
console.log(
  `changes: ${verdicts.length} packages, ${verdicts.length - released} of them not released yet, ${short} need more of a changeset`,
);
process.exitCode = short === 0 ? 0 : 1;
