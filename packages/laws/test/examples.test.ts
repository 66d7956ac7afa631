// Every example in a docstring of the main entry runs as it stands, and what it claims is so.

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import * as childSlot from "@steadfast/child-slot";
import * as policy from "@steadfast/policy";
import { describe, expect, it } from "vitest";
import * as own from "../src/index.js";

const FOLDERS = ["policy-laws", "composition-laws", "slot-laws"];

function examplesOf(folder: string): (readonly [name: string, code: string])[] {
  const at = new URL(`../src/${folder}/`, import.meta.url);
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
  const scope = { claim, ...policy, ...childSlot, ...own };
  compileFunction(runnable(code), Object.keys(scope))(...Object.values(scope));
}

const examples = FOLDERS.flatMap(examplesOf);

describe("an example runs, and what it claims is so", () => {
  it.each(examples)("%s", (_, code) => {
    const before = claims;
    run(code);
    expect(claims).toBeGreaterThan(before);
  });
});

/** Those of launchers need a launcher. */
const checks = Object.keys(own).filter((name) =>
  /^(check|matches|policy|slot)(?!Launcher)/.test(name),
);

it.each(checks)("%s has an example", (name) => {
  expect(examples.map(([named]) => named)).toContain(name);
});
