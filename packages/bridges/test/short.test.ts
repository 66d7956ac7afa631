// A bridge is short. One is a file: that of its subpath, and where the subpath has several, each in its folder.

import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FORMATS, RUNTIMES } from "./runtimes.js";

/** The most that a bridge has, without comments and empty lines. */
const MOST_LINES = 80;

const SRC = new URL("../src/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, SRC), "utf8");

function linesOf(text: string): number {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").split("\n");
  return code.filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length;
}

it("each subpath is a bridge, or about a format", () => {
  const { exports } = JSON.parse(read("../package.json")) as { exports: object };
  const subpaths = Object.keys(exports).filter((key) => ![".", "./package.json"].includes(key));
  expect(subpaths).toEqual([...RUNTIMES, ...FORMATS].sort().map((name) => `./${name}`));
});

it("comments and empty lines are none of its lines", () => {
  expect(linesOf("// a\n\n/**\n * b\n */\nc();\n  // d\n  /* e */ f();\n")).toBe(2);
});

it(`each bridge has at most ${MOST_LINES} lines`, () => {
  const files = RUNTIMES.flatMap((name) => globSync([`${name}.ts`, `${name}/*.ts`], { cwd: SRC }));
  expect(files.length).toBeGreaterThan(RUNTIMES.length);
  const long = files.flatMap((file) => {
    const lines = linesOf(read(file));
    return lines > MOST_LINES ? [`${file}: ${lines} lines`] : [];
  });
  expect(long).toEqual([]);
});
