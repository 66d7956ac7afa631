// The programs of a user (programs/): each is one TypeScript module with a `main`, made into an ESM
// and a CJS program that imports, or requires, the installed packages.

import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import type { Project } from "./project.ts";

const FOLDER = fileURLToPath(new URL("programs/", import.meta.url));

export const programNames = [
  "analysis",
  "bridges",
  "command-line",
  "cores",
  "dashboard",
  "fork-suite",
  "law-kit",
  "one-copy",
  "own-policy",
  "pool",
  "presets",
  "processes",
  "signals",
  "spawn-suite",
  "spec",
  "stores",
  "task-suite",
  "tasks",
  "plain-spawn",
  "test-kit",
  "thread-suite",
  "threads",
  "two-copies",
] as const;

export type ProgramName = (typeof programNames)[number];

/** What programs start as a worker or a process. */
const STARTED = ["forked", "role", "served", "worker"];

const SETTINGS = {
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
} as const satisfies BuildOptions;

/** The sources, for a compiler or a bundler, as modules of both kinds: in esm/ and in cjs/. */
export function copySources({ folder }: Project): void {
  for (const [kind, type] of [
    ["esm", "module"],
    ["cjs", "commonjs"],
  ] as const) {
    cpSync(FOLDER, join(folder, kind), { recursive: true });
    writeFileSync(join(folder, kind, "package.json"), JSON.stringify({ type }));
  }
}

/** Runs `main` and says so; an error ends a program with code 1 in every runtime that has exit codes. */
function runner(name: string): string {
  return [
    `import { main } from "./${name}.ts";`,
    `export const done = main().then(() => console.log("${name}: ok"));`,
  ].join("\n");
}

/** Builds `<name>.mjs` and `<name>.cjs` into the project. */
export async function buildPrograms(
  { folder }: Project,
  names: readonly ProgramName[],
): Promise<void> {
  const outputs = (["esm", "cjs"] as const).flatMap((format) =>
    names.map((name) =>
      build({
        stdin: { contents: runner(name), resolveDir: FOLDER, sourcefile: `run-${name}.ts` },
        outfile: join(folder, `${name}.${format === "esm" ? "mjs" : "cjs"}`),
        format,
        ...SETTINGS,
      }),
    ),
  );
  const started = STARTED.map((name) =>
    build({
      entryPoints: [join(FOLDER, `${name}.ts`)],
      outfile: join(folder, `${name}.mjs`),
      format: "esm",
      ...SETTINGS,
    }),
  );
  await Promise.all([...outputs, ...started]);
}
