// The programs of the documentation that start processes or threads, or listen to signals: each runs as
// it stands, in a folder of its own with the files its page shows, and has to end by itself and well.
// What it claims (`// =>`) is checked. The rest of the documentation: ../docs.test.ts.

import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { readPage } from "../docs/markdown.js";
import { pagesWithPrograms, ROOT } from "../docs/pages.js";
import { type Program, programsOf } from "../docs/programs.js";
import { runnable } from "../docs/runnable.js";

const MODULES = join(ROOT, "packages/conformance/node_modules");

/** Runs a program in a process of its own. Rejects if that does not end with code 0. */
async function run(program: Program): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "steadfast-docs-"));
  try {
    await symlink(MODULES, join(folder, "node_modules"));
    for (const [name, text] of program.files) await writeFile(join(folder, name), text);
    await writeFile(join(folder, "program.mjs"), runnable(program).code);
    await promisify(execFile)(process.execPath, ["program.mjs"], { cwd: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const real = pagesWithPrograms
  .flatMap((page) => programsOf(page))
  .filter((program) => program.real);

it.each(real.map((program) => [program.page, program.lines.join(", "), program] as const))(
  "%s: the program at line %s runs, ends well, and its claims are so",
  async (_, __, program) => {
    await run(program);
  },
);

function page(code: number): Program {
  const lines = [
    "```js file: child.mjs",
    "process.exit(3);",
    "```",
    "```ts",
    'import { spawnSync } from "node:child_process";',
    'const { status }: { status: number | null } = spawnSync(process.execPath, ["child.mjs"]);',
    `status; // => ${code}`,
    "```",
    "",
  ];
  const [program] = programsOf(readPage("case.md", lines.join("\n")));
  if (!program) throw new Error("no program");
  return program;
}

it("a program may use the files of its page, and a wrong claim is found", async () => {
  expect(page(3).real).toBe(true);
  await run(page(3));
  await expect(run(page(4))).rejects.toThrow("line 7: Expected values to be strictly");
});
