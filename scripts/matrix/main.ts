// `pnpm matrix`: the packed packages in every runtime that they are meant for. Prints a table, a line for
// each thing that is not supported, and what is red; exit code 1 if anything is. Arguments choose
// runtimes: `pnpm matrix node deno`.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publishedPackages } from "../api/published.ts";
import { pack, packPeers } from "../packed/pack.ts";
import { buildPrograms } from "../packed/programs.ts";
import { project } from "../packed/project.ts";
import { browserRuntime } from "./browser.ts";
import { hostRuntimes, ON_HOSTS } from "./hosts.ts";
import { jestRuntime } from "./jest.ts";
import { limits, never } from "./limits.ts";
import type { Form, Prepared, Runtime } from "./runtime.ts";
import { type Row, table } from "./table.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function rowOf({ name, programs, prepare }: Runtime): Promise<Row> {
  const began = performance.now();
  const cells = new Map<string, readonly Form[]>();
  let missing: string | null = null;
  let prepared: Prepared | null = null;
  try {
    prepared = await prepare();
    for (const program of programs) cells.set(program, await prepared.run(program));
  } catch (error) {
    missing = error instanceof Error ? error.message : String(error);
  }
  await prepared?.end?.();
  return { runtime: name, cells, missing, seconds: (performance.now() - began) / 1_000 };
}

const folder = mkdtempSync(join(tmpdir(), "matrix-"));
const cache = join(root, "node_modules/.cache/matrix");
mkdirSync(cache, { recursive: true });
try {
  const packages = publishedPackages(root);
  const tarballs = new Map([
    ...(await pack(root, packages, folder)),
    ...(await packPeers(root, packages, folder)),
  ]);
  const names = packages.map(({ name }) => name);
  const user = await project(join(folder, "user"), names, tarballs);
  await buildPrograms(user, ON_HOSTS);

  const wanted = process.argv.slice(2);
  const runtimes = [
    ...hostRuntimes(user.folder),
    browserRuntime(user.folder, cache),
    jestRuntime(user.folder, cache),
  ].filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
  const rows: Row[] = [];
  for (const runtime of runtimes) {
    console.error(`${runtime.name} ...`);
    rows.push(await rowOf(runtime));
  }

  const { text, lines, reds } = table(rows, ON_HOSTS, limits);
  console.log(`\n${text}\n`);
  for (const line of [...lines, ...never]) console.log(`not supported: ${line}`);
  for (const red of reds) console.error(`\nRED: ${red}`);
  console.log(`\nmatrix: ${rows.length} runtimes, ${reds.length} red`);
  process.exitCode = rows.length > 0 && reds.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
