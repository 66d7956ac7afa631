// Every example in a docstring runs as it stands. `code; // => value`, or a line `// => value` after a
// statement, is a claim, and it is checked. The programs of the README are run by the conformance
// package.

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import * as policy from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import * as own from "../src/index.js";

interface Example {
  readonly name: string;
  readonly code: string;
}

function examplesOf(file: string): Example[] {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), "utf8");
  const comments = source.match(/\/\*\*[\s\S]*?\*\/\n.*/g) ?? [];
  return comments.flatMap((comment) => {
    const [, example] = comment.split("@example");
    if (example === undefined) return [];
    const [code = "", declared = ""] = example.split("*/");
    const name = /(?:function|interface) (\w+)/.exec(declared)?.[1] ?? `?${file}`;
    return [{ name, code: code.replaceAll(/^ *\* ?/gm, "") }];
  });
}

/** Makes claims into calls of `claim`. A statement ends with the line that ends with a semicolon. */
function runnable(code: string): string {
  const onOneLine = code.replaceAll(/;\n\/\/ => /g, "; // => ");
  const claimed = onOneLine.replaceAll(/^(.*); \/\/ => (.*)$/gm, "claim(($1), ($2));");
  return stripTypeScriptTypes(claimed);
}

let claims = 0;

function run(code: string): void {
  const claim = (got: unknown, expected: unknown) => {
    claims++;
    expect(got).toEqual(expected);
  };
  const scope = { claim, ...policy, ...own };
  // In a block of its own: an example may use a name that is in scope for something else.
  compileFunction(`{\n${runnable(code)}\n}`, Object.keys(scope))(...Object.values(scope));
}

const examples = readdirSync(new URL("../src", import.meta.url)).flatMap(examplesOf);

describe("an example runs, and what it claims is so", () => {
  it.each(examples.map(({ name, code }) => [name, code]))("%s", (_, code) => {
    const before = claims;
    run(code);
    expect(claims).toBeGreaterThan(before);
  });

  it("or it fails: a claim that is wrong is found", () => {
    expect(() => run("1 + 1; // => 3")).toThrow();
    expect(() => run("1 + 1;\n// => 3")).toThrow();
  });
});

it.each(Object.keys(own))("%s has an example", (name) => {
  expect(examples.map((example) => example.name)).toContain(name);
});
