// `pnpm walls`: lists everything that breaks a wall, and fails if there is anything.

import { fileURLToPath } from "node:url";
import { show } from "./finding.ts";
import { OWED } from "./owed.ts";
import { readRepo } from "./repo.ts";
import { inspect } from "./walls.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { packages, files, findings } = inspect(readRepo(root), OWED);

for (const finding of findings) console.error(show(finding));
console.log(`walls: ${packages} packages, ${files} files, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
