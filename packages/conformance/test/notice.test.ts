// NOTICE names every project whose rules a preset reproduces, and every one that golden vectors come from.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./docs/pages.js";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** `OTP` of `  OTP 25 (Erlang)    stdlib, supervisor    Apache-2.0`: a name without its version. */
const named = [...read("NOTICE").matchAll(/^ {2}(\S+)(?: \S+)* {2,}\S/gm)].map(([, name = ""]) =>
  name.toLowerCase(),
);

function isNamed(text: string): boolean {
  return named.some((name) => text.toLowerCase().includes(name));
}

const vectors = globSync("packages/*/test/vectors/*.json", { cwd: ROOT }).sort();
const presets = globSync("packages/presets/src/*.ts", { cwd: ROOT })
  .sort()
  .flatMap((path) =>
    [...read(path).matchAll(/\bSource: ([^.]*)/g)].map(
      ([, source = ""]) => [path, source] as const,
    ),
  );

it("names what the vectors come from", () => {
  expect(named.length).toBeGreaterThan(20);
  expect(vectors.length).toBeGreaterThan(20);
  const oracles = vectors.map((path) => [path, JSON.parse(read(path)).oracle as string] as const);
  expect(oracles.filter(([, oracle]) => !isNamed(oracle))).toEqual([]);
});

it("names what the presets reproduce", () => {
  expect(presets.length).toBeGreaterThan(20);
  expect(presets.filter(([, source]) => !isNamed(source))).toEqual([]);
});

it("names nothing that is in neither", () => {
  const said = [...presets.map(([, source]) => source), ...vectors.map(read)]
    .join("\n")
    .toLowerCase();
  expect(named.filter((name) => !said.includes(name))).toEqual([]);
});
