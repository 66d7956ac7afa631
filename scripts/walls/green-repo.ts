// A small repository in memory in which every wall holds; tests break one thing at a time.

import { PACK_SCRIPTS, PACKED_FILES, publicationOf } from "../release/publication.ts";
import { show } from "./finding.ts";
import type { Manifest, Repo } from "./repo.ts";
import { inspect } from "./walls.ts";

const DEPENDENCIES: Readonly<Record<string, readonly string[]>> = {
  policy: [],
  backoff: ["policy"],
  "crash-budget": ["policy"],
  "child-slot": ["policy"],
  supervisor: ["policy", "child-slot"],
  "child-process": ["policy", "supervisor"],
  "promise-tasks": ["policy", "supervisor"],
  laws: ["policy", "child-slot", "supervisor"],
};

function manifestOf(name: string): Manifest {
  const dependencies = Object.fromEntries(
    (DEPENDENCIES[name] ?? []).map((dependency) => [`@steadfast/${dependency}`, "workspace:^"]),
  );
  return {
    name: `@steadfast/${name}`,
    license: "MIT",
    type: "module",
    sideEffects: false,
    ...publicationOf(`packages/${name}`),
    files: PACKED_FILES,
    engines: { node: "^20.16 || >=22.3" },
    publishConfig: { access: "public", provenance: true },
    scripts: { test: "vitest run", ...PACK_SCRIPTS },
    exports: { ".": {}, "./package.json": "./package.json" },
    dependencies,
  };
}

/** A text for a path, an object for a package.json, null to take the file away. */
export type Changes = Readonly<Record<string, string | Manifest | null>>;

function repoWith(changes: Changes): Repo {
  const repo = new Map<string, string>([["LICENSE", "MIT"]]);
  for (const [name, dependencies] of Object.entries(DEPENDENCIES)) {
    const folder = `packages/${name}`;
    const imports = dependencies.map((one) => `import type {} from "@steadfast/${one}";\n`);
    repo.set(`${folder}/package.json`, JSON.stringify(manifestOf(name)));
    repo.set(`${folder}/README.md`, `# ${name}`);
    repo.set(`${folder}/tsconfig.json`, '{ "extends": "../../config/tsconfig.core.json" }');
    repo.set(`${folder}/src/index.ts`, `${imports.join("")}export {};\n`);
    repo.set(`${folder}/test/index.test.ts`, 'import {} from "../src/index.js";\n');
  }
  for (const [path, change] of Object.entries(changes)) {
    if (change === null) repo.delete(path);
    else repo.set(path, typeof change === "string" ? change : JSON.stringify(change));
  }
  return repo;
}

/** What the walls say about the small repository after some changes. */
export function found(changes: Changes): string[] {
  return inspect(repoWith(changes)).findings.map(show);
}

/** One more source file in a package. */
export function source(name: string, text: string, file = "extra.ts"): Changes {
  return { [`packages/${name}/src/${file}`]: text };
}

/** Another package.json for a package. */
export function manifest(name: string, changes: Manifest): Changes {
  return { [`packages/${name}/package.json`]: { ...manifestOf(name), ...changes } };
}

/** A list of dependencies as it stands in a package.json. */
export function needs(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`@steadfast/${name}`, "workspace:^"]));
}
