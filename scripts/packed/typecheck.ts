// Typechecks programs of a project as its owner would: strict, and the declarations of the packages, too.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";
import type { Project } from "./project.ts";

export interface Surroundings {
  readonly resolution: "nodenext" | "bundler";
  /** Whether the programs are ES modules or CommonJS, and so which declarations they get. */
  readonly modules: "esm" | "cjs";
  /** Whether @types/node is there; without it, no ambient types are. */
  readonly nodeTypes: boolean;
  /** Beyond ES2023: what the web platform has. */
  readonly web: boolean;
  /** `tsc` is TypeScript 7, `tsc6` is TypeScript 6. */
  readonly compiler: "tsc" | "tsc6";
}

/** What the compiler says; empty if it is content. The sources: programs.ts. */
export async function typecheck(
  root: string,
  { folder }: Project,
  programs: readonly string[],
  { resolution, modules, nodeTypes, web, compiler }: Surroundings,
): Promise<string> {
  const config = {
    compilerOptions: {
      target: "ES2022",
      lib: web ? ["ES2023", "ESNext.Disposable", "DOM"] : ["ES2023"],
      module: resolution === "bundler" ? "ESNext" : "NodeNext",
      moduleResolution: resolution,
      types: nodeTypes ? ["node"] : [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipDefaultLibCheck: true,
      noEmit: true,
    },
    files: programs.map((name) => `${modules}/${name}.ts`),
  };
  const facts = [resolution, modules, nodeTypes, web, compiler, programs.length];
  const name = `tsconfig.${facts.join("-")}.json`;
  writeFileSync(join(folder, name), JSON.stringify(config, null, 2));
  const binary = join(root, "node_modules/.bin", compiler);
  const { stdout, stderr } = await command(binary, ["-p", name], { cwd: folder });
  return `${stdout}${stderr}`.trim();
}
