// Every example in a docstring and in the README runs as it stands. `code; // => value` and a line
// `// => value` after a statement are claims, and they are checked.

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import { describe, expect, it } from "vitest";
import * as policy from "../src/index.js";
import * as others from "./sample-policies.js";

interface Example {
  readonly where: string;
  readonly code: string;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** The examples of a source file: what follows `@example` in a docstring, up to its end. */
function docExamples(file: string): Example[] {
  const comments = read(`../src/${file}`).match(/\/\*\*[\s\S]*?\*\/\n.*/g) ?? [];
  return comments.flatMap((comment) => {
    const [, example] = comment.split("@example");
    if (example === undefined) return [];
    const [code = "", declared = ""] = example.split("*/");
    const name = declared.trim().match(/(?:function|class|const) (\w+)/)?.[1] ?? declared.trim();
    return [{ where: `${file}: ${name}`, code: code.replaceAll(/^ *\* ?/gm, "") }];
  });
}

/** The README's TypeScript, but for programs of their own, which stand in examples/. */
function readmeExamples(): Example[] {
  const blocks = [...read("../README.md").matchAll(/```ts\n([\s\S]*?)```/g)];
  return blocks
    .map(([, code = ""], i) => ({ where: `README.md: block ${i + 1}`, code }))
    .filter(({ code }) => !code.includes("node:child_process"));
}

/** Imports are left out: the names stand in the scope. Claims become calls of `claim`. */
function runnable(code: string): string {
  const lines = code.split("\n").filter((line) => !/^import .* from ".*";$/.test(line));
  const statements: string[] = [];
  let open = "";
  for (const line of lines) {
    const [, before = line, claimed] = line.match(/^(.*?) *\/\/ => (.*)$/) ?? [];
    if (claimed !== undefined) {
      const expression = before.trim() === "" ? statements.pop() : open + before;
      statements.push(`claim((${expression?.trim().replace(/;$/, "")}), (${claimed}));`);
      open = "";
      continue;
    }
    open += `${line}\n`;
    if (line.endsWith(";") && !line.startsWith(" ")) {
      statements.push(open);
      open = "";
    }
  }
  return stripTypeScriptTypes([...statements, open].join("\n"));
}

let claims = 0;

function run(code: string): void {
  const claim = (got: unknown, expected: unknown) => {
    claims++;
    expect(got).toEqual(expected);
  };
  const scope = { claim, slidingWindow: others.slidingWindow, backoff: others.backoff, ...policy };
  compileFunction(runnable(code), Object.keys(scope))(...Object.values(scope));
}

const documented = readdirSync(new URL("../src", import.meta.url)).flatMap(docExamples);

describe("an example runs", () => {
  it.each([...documented, ...readmeExamples()].map(({ where, code }) => [where, code]))(
    "%s",
    (_, code) => {
      expect(() => run(code)).not.toThrow();
    },
  );

  it("and claims something, now and then", () => {
    expect(claims).toBeGreaterThan(20);
  });

  it("or fails: a claim that is wrong is found", () => {
    expect(() => run("launch(5); // => { type: 'launch', delayMs: 6 }")).toThrow();
    expect(() => run("launch(5);\n// => { type: 'launch', delayMs: 6 }")).toThrow();
    expect(() => run("launch(\n  5,\n);\n// => 5")).toThrow();
  });
});

it.each(
  Object.entries(policy).flatMap(([name, value]) => (typeof value === "function" ? name : [])),
)("%s has an example in its docstring", (name) => {
  expect(documented.map(({ where }) => where.split(": ")[1])).toContain(name);
});
