// Every program in docs/ and in the READMEs of the packages runs as it stands, has no type error, and
// what it claims (`// =>`) is so. How programs are made of code blocks: docs/programs.ts. Programs that
// start processes or threads are run by real/docs.test.ts.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readPage } from "./docs/markdown.js";
import { pagesWithPrograms, ROOT } from "./docs/pages.js";
import { leftOut, type Program, programsOf } from "./docs/programs.js";
import { isQuotation, misquotations } from "./docs/quotations.js";
import { runnable } from "./docs/runnable.js";
import { typeFaults } from "./docs/type-check.js";

const MOST_LEFT_OUT = 3;

/** Some pages play days on virtual time, and TypeScript reads every package: not short on a busy machine. */
const PATIENCE_MS = 60_000;

const programs = pagesWithPrograms.flatMap((page) => programsOf(page));
const excluded = pagesWithPrograms.flatMap(leftOut);

let folder = "";

beforeAll(() => {
  // Inside node_modules, so that nothing but Node itself loads the programs, and their imports resolve.
  folder = mkdtempSync(join(ROOT, "packages/conformance/node_modules/.docs-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a program in this process. Answers how many claims were checked. */
async function run(program: Program): Promise<number> {
  const { code, claims } = runnable(program);
  const file = join(folder, `${program.page.replaceAll(/\W/g, "-")}-${program.lines[0]}.mjs`);
  writeFileSync(file, code);
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await import(pathToFileURL(file).href);
  } finally {
    log.mockRestore();
  }
  return claims;
}

const program = (...lines: readonly string[]): Program => {
  const [only] = programsOf(readPage(`case-${lines.length}-${lines[1]}`, lines.join("\n")));
  if (!only) throw new Error("no program");
  return only;
};

describe("the documentation", () => {
  const blocks = programs.reduce((sum, { lines }) => sum + lines.length, 0);
  const real = programs.filter((one) => one.real);
  const quoted = pagesWithPrograms.flatMap((page) => page.blocks.filter(isQuotation));
  let claims = 0;

  describe.each(pagesWithPrograms.map((page) => ({ page: page.path })))("$page", ({ page }) => {
    it.each(
      programs
        .filter((one) => one.page === page && !one.real)
        .map((one) => [one.lines.join(", "), one] as const),
    )(
      "the program at line %s runs, and its claims are so",
      async (_, one) => {
        claims += await run(one);
      },
      PATIENCE_MS,
    );
  });

  it(
    "has no type error in its TypeScript",
    () => {
      const typed = programs.filter((one) => one.typed);
      expect([...typeFaults(typed).values()].flat()).toEqual([]);
    },
    PATIENCE_MS,
  );

  it("quotes types as they are", () => {
    expect(pagesWithPrograms.flatMap(misquotations)).toEqual([]);
  });

  it("leaves hardly a block out, and each with a reason", () => {
    expect(excluded.filter(({ why }) => why === "")).toEqual([]);
    expect(excluded.length).toBeLessThanOrEqual(MOST_LEFT_OUT);
  });

  afterAll(() => {
    console.log(
      [
        `documentation: ${blocks} code blocks in ${programs.length} programs;`,
        `${programs.length - real.length} ran here with ${claims} claims checked,`,
        `${real.length} run in real/docs.test.ts, ${quoted.length} blocks are quotations of types,`,
        `${excluded.length} are left out`,
        ...excluded.map(({ page, line, why }) => `\n  ${page}:${line}: ${why}`),
      ].join(" "),
    );
  });
});

describe("a claim", () => {
  it("that is wrong is found, with its line", async () => {
    const wrong = program("", "```js", "const one = 1;", "one + 1; // => 3", "```", "");
    await expect(run(wrong)).rejects.toThrow("line 4: Expected values to be strictly deep-equal");
  });

  it("on the next line, and over several, is found wrong, too", async () => {
    const next = program("", "```ts", "const all: number[] = [1, 2];", "// => [1, 3]", "```", "");
    await expect(run(next)).rejects.toThrow("line 3:");
    const more = program(
      "",
      "```js",
      "({ a: 1, b: 2 });",
      "// => {",
      "//   a: 1, b: 3 }",
      "```",
      "",
    );
    await expect(run(more)).rejects.toThrow("line 3:");
  });

  it("that is right is counted", async () => {
    const right = program(
      "",
      "```ts",
      "(await Promise.resolve([1])) as unknown; // => [1]",
      "```",
      "",
    );
    expect(await run(right)).toBe(1);
  });

  it("that is never come by is found", async () => {
    const never = program("", "```js", "if (0 > 1) {", "  5; // => 5", "}", "```", "", "");
    await expect(run(never)).rejects.toThrow("of 1 were checked");
  });

  it("that follows no statement is found", () => {
    const astray = program("", "```js", "", "// => 5", "```", "");
    expect(() => runnable(astray)).toThrow("follow no statement");
  });
});

describe("a quotation", () => {
  const quote = (...lines: readonly string[]) =>
    readPage("case.md", ["```ts", ...lines, "```"].join("\n"));

  it("is no program, and may leave members out", () => {
    const page = quote("interface Launch {", "  readonly delayMs: number; // how long", "}");
    expect(programsOf(page)).toEqual([]);
    expect(misquotations(page)).toEqual([]);
  });

  it("of what is not there, or not like that, is found", () => {
    expect(misquotations(quote("interface Launch { delayMs: number; reason: string }"))).toEqual([
      "case.md:1: Launch<> has no delayMs:number",
      "case.md:1: Launch<> has no reason:string",
    ]);
    expect(misquotations(quote("type NoSuchThing = 1;"))).toEqual([
      "case.md:1: NoSuchThing<> is declared nowhere",
    ]);
    expect(misquotations(quote('type RestartType = "permanent" | "never";'))).toEqual([
      'case.md:1: RestartType<> has no "never"',
    ]);
  });
});

describe("programs", () => {
  it("go on from block to block until one imports, and may declare names anew", async () => {
    const page = readPage(
      "chain",
      [
        "```js",
        'import { deepStrictEqual } from "node:assert";',
        "const a = 1;",
        "```",
        "",
        "```js",
        "const b = a + 1;",
        "b; // => 2",
        "```",
        "",
        "```ts",
        "const a: number = 7;",
        "deepStrictEqual(a + b, 9);",
        "```",
        "",
        "```ts",
        'import { strictEqual } from "node:assert";',
        "```",
        "",
        "```js no-run: it never ends",
        "for (;;);",
        "```",
      ].join("\n"),
    );
    const [first, second] = programsOf(page);
    expect(programsOf(page)).toHaveLength(2);
    expect(first?.lines).toEqual([1, 6, 11]);
    expect(second?.lines).toEqual([16]);
    expect(leftOut(page)).toEqual([{ page: "chain", line: 20, why: "it never ends" }]);
    expect(first && (await run(first))).toBe(1);
  });

  it("in JavaScript are not blamed for types, also where TypeScript follows", () => {
    const mixed = [
      "",
      "```js",
      "const f = (a) => a.b;",
      "```",
      "",
      "```ts",
      "f(1) as 1;",
      "```",
      "",
    ];
    const [both] = programsOf(readPage("mixed", mixed.join("\n")));
    expect(both?.lines).toEqual([2, 6]);
    expect(both && typeFaults([both]).get(both)).toEqual([]);
  });

  it("with a type error are told apart, with the line of the page", () => {
    const wrong = program("", "```ts", "const one: string = 1;", "```", "");
    const right = program("", "", "```ts", 'const one: string = "1";', "```", "");
    const faults = typeFaults([wrong, right]);
    expect(faults.get(right)).toEqual([]);
    expect(faults.get(wrong)).toEqual([
      expect.stringMatching(/:3: Type 'number' is not assignable/),
    ]);
  });
});

describe("a program of a README says what happens, and ends as its child did", () => {
  const texts = [
    ...programs.map(({ page, lines, text }) => [`${page}:${lines[0]}`, text] as const),
    ["README.md", readFileSync(join(ROOT, "README.md"), "utf8")] as const,
  ];
  const hosts = texts.filter(
    ([page, text]) => page.includes("README") && /process\.exitCode =|untilSignals\(/.test(text),
  );

  it("and there are such programs", () => {
    expect(hosts.length).toBeGreaterThanOrEqual(7);
  });

  it.each(hosts)("%s", (_, text) => {
    expect(text).toContain("logEvents(");
    expect(text).toContain("process.exitCode = exitCode(");
  });
});
