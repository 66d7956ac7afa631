// Every example in a docstring of the laws about slots and launchers runs as it stands, and what it
// claims is so.

import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { compileFunction } from "node:vm";
import { childSlot } from "@steadfast/child-slot";
import { manualSystem } from "@steadfast/supervisor/testing";
import { describe, expect, it } from "vitest";
import * as own from "../src/index.js";

const FOLDERS = ["slot-laws", "launcher-laws"];

interface Example {
  readonly name: string;
  readonly code: string;
}

function examplesOf(folder: string): readonly Example[] {
  const at = new URL(`../src/${folder}/`, import.meta.url);
  return readdirSync(at).flatMap((file) => {
    const source = readFileSync(new URL(file, at), "utf8");
    const comments = source.match(/\/\*\*[\s\S]*?\*\/\n.*/g) ?? [];
    return comments.flatMap((comment) => {
      const [, example] = comment.split("@example");
      if (example === undefined) return [];
      const [code = "", declared = ""] = example.split("*/");
      const name = /function (\w+)/.exec(declared)?.[1] ?? `?${file}`;
      return [{ name, code: code.replaceAll(/^ *\* ?/gm, "") }];
    });
  });
}

/** Runs the code; how many claims it made. */
async function run(code: string): Promise<number> {
  let claims = 0;
  const claim = (got: unknown, expected: unknown) => {
    claims++;
    expect(got).toEqual(expected);
  };
  const scope = { claim, childSlot, manualSystem, ...own };
  const claimed = code.replaceAll(/^(.*); \/\/ => (.*)$/gm, "claim(($1), ($2));");
  const body = stripTypeScriptTypes(`async () => {${claimed}}`);
  await compileFunction(`return (${body})();`, Object.keys(scope))(...Object.values(scope));
  return claims;
}

const examples = FOLDERS.flatMap(examplesOf);

describe("an example runs, and what it claims is so", () => {
  it.each(examples.map(({ name, code }) => [name, code]))("%s", async (_, code) => {
    expect(await run(code)).toBeGreaterThan(0);
  });
});

it("every function has one", () => {
  const functions = Object.entries(own).flatMap(([name, value]) =>
    typeof value === "function" && /slot|launcher|trace|runtime/i.test(name) ? [name] : [],
  );
  expect(examples.map(({ name }) => name).sort()).toStrictEqual(functions.sort());
});
