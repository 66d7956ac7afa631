// The programs of the documentation that start processes or threads, or listen to signals: each runs as
// it stands, in a folder of its own with the files its page shows, and has to end by itself and well.
// What it claims (`// =>`) is checked; a program that imports vitest is a file of tests, which vitest runs. The rest of the documentation: ../docs.test.ts.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { readPage } from "../docs/markdown.js";
import { pagesWithPrograms, ROOT } from "../docs/pages.js";
import { type Program, programsOf } from "../docs/programs.js";
import { runnable } from "../docs/runnable.js";

const MODULES = join(ROOT, "packages/conformance/node_modules");

const VITEST = join(ROOT, "node_modules/vitest");

async function linkWithVitest(folder: string): Promise<void> {
  await mkdir(join(folder, "node_modules"));
  await symlink(VITEST, join(folder, "node_modules/vitest"));
  await symlink(join(MODULES, "@steadfast"), join(folder, "node_modules/@steadfast"));
}

/** Runs a program in a process of its own. Rejects if that does not end with code 0. */
async function run(program: Program): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "steadfast-docs-"));
  try {
    const isTest = /from "vitest"/.test(program.text);
    const file = isTest ? "program.test.mjs" : "program.mjs";
    await (isTest ? linkWithVitest(folder) : symlink(MODULES, join(folder, "node_modules")));
    for (const [name, text] of program.files) await writeFile(join(folder, name), text);
    await writeFile(join(folder, file), runnable(program).code);
    const args = isTest ? [join(VITEST, "vitest.mjs"), "run", "--root", folder] : [file];
    await promisify(execFile)(process.execPath, args, { cwd: folder });
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

it("a program that imports vitest is run by it, and a test that fails is found", async () => {
  const tests = (sum: number) => {
    const lines = ["```js", 'import { expect, it } from "vitest";', "", "```", ""];
    lines[2] = `it("adds", () => expect(1 + 1).toBe(${sum}));`;
    const [program] = programsOf(readPage("case.md", lines.join("\n")));
    if (!program) throw new Error("no program");
    return program;
  };
  await run(tests(2));
  await expect(run(tests(3))).rejects.toThrow("vitest.mjs");
});
