// Every example in a docstring of these four runs as it stands, and what it claims is so.

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import * as policy from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import * as diff from "../../src/diff.js";
import * as explain from "../../src/explain.js";
import * as lint from "../../src/lint.js";
import * as simulate from "../../src/simulate.js";

const own = { ...simulate, ...lint, ...explain, ...diff };

function examplesOf(folder: string): (readonly [name: string, code: string])[] {
  const at = new URL(`../../src/${folder}/`, import.meta.url);
  return readdirSync(at).flatMap((file) => {
    const source = readFileSync(new URL(file, at), "utf8");
    const comments = source.match(/\/\*\*[\s\S]*?\*\/\n.*/g) ?? [];
    return comments.flatMap((comment) => {
      const [, example] = comment.split("@example");
      if (example === undefined) return [];
      const [code = "", declared = ""] = example.split("*/");
      const name = /(?:function|interface) (\w+)/.exec(declared)?.[1] ?? `?${file}`;
      return [[name, code.replaceAll(/^ *\* ?/gm, "")] as const];
    });
  });
}

function runnable(code: string): string {
  const onOneLine = code.replaceAll(/;\n\/\/ => /g, "; // => ");
  return stripTypeScriptTypes(onOneLine.replaceAll(/^(.*); \/\/ => (.*)$/gm, "claim(($1), ($2));"));
}

let claims = 0;

function run(code: string): void {
  const claim = (got: unknown, expected: unknown) => {
    claims++;
    expect(got).toEqual(expected);
  };
  const scope = { claim, ...policy, ...own };
  compileFunction(runnable(code), Object.keys(scope))(...Object.values(scope));
}

const examples = ["simulate", "lint", "explain", "diff"].flatMap(examplesOf);

describe("an example runs, and what it claims is so", () => {
  it.each(examples)("%s", (_, code) => {
    const before = claims;
    run(code);
    expect(claims).toBeGreaterThan(before);
  });
});

it.each(Object.keys(own))("%s has an example", (name) => {
  expect(examples.map(([named]) => named)).toContain(name);
});
