// Wall 8 shown red: files and functions that are too long. At the limit is green, one line more is red.

import { describe, expect, test } from "vitest";
import { found, source } from "./green-repo.ts";

const lines = (count: number, line: string) => Array.from({ length: count }, () => line).join("\n");

/** What is said of one source of `backoff`. */
function said(text: string): string[] {
  return found(source("backoff", text));
}

/** A function of so many lines that does one thing after the other. */
function long(count: number, head = "export function run(a: string[]) {", end = "}"): string {
  return `${head}\n${lines(count - 2, '  a.push("");')}\n${end}\n`;
}

/** A factory of so many lines, with two inner functions and statements of its own. */
function factory(count: number, { inner = count - 4, own = "a.sort();" } = {}): string {
  const half = Math.floor(inner / 2);
  return [
    "export function made(a: string[]) {",
    `  ${own}`,
    long(half, "  function first() {", "  }").trimEnd(),
    long(inner - half, "  const second = () => {", "  };").trimEnd(),
    lines(count - inner - 4, "  a.sort();"),
    "  return { first, second };",
    "}",
  ]
    .filter((line) => line !== "")
    .concat("")
    .join("\n");
}

const FUNCTION =
  "packages/backoff/src/extra.ts:1 size: run has 61 lines, a function has at most 60";

describe("8 size", () => {
  test("a file of 250 lines is green, of 251 red", () => {
    expect(said(`export {};\n${lines(249, "// a")}\n`)).toEqual([]);
    expect(said(`export {};\n${lines(250, "// a")}\n`)).toEqual([
      "packages/backoff/src/extra.ts:1 size: the file has 251 lines, a file has at most 250",
    ]);
    expect(said(`export {};\n${lines(250, "// a")}`)).toEqual([
      "packages/backoff/src/extra.ts:1 size: the file has 251 lines, a file has at most 250",
    ]);
  });

  test("a function of 60 lines is green, of 61 red; its docstring does not count", () => {
    expect(said(long(60))).toEqual([]);
    expect(said(`/**\n${lines(5, " * Text.")}\n */\n${long(60)}`)).toEqual([]);
    expect(said(long(61))).toEqual([FUNCTION]);
  });

  test.each<[string, string, string, string]>([
    ["an arrow function", "export const run = (a: string[]) => {", "};", "run"],
    [
      "a function that is a value",
      "export const b = { run: function (a: string[]) {",
      "} };",
      "run",
    ],
    ["a method", "export class B { run(a: string[]) {", "} }", "run"],
    ["a constructor", "export class B { constructor(a: string[]) {", "} }", "constructor"],
    ["a getter", "export const b = { get run() { const a = [];", "return a; } };", "run"],
    ["a callback", "[].map((a: string[]) => {", "}); export {};", "a function without a name"],
  ])("%s", (_kind, head, end, name) => {
    expect(said(long(61, head, end))).toEqual([
      `packages/backoff/src/extra.ts:1 size: ${name} has 61 lines, a function has at most 60`,
    ]);
  });

  test("an arrow function without a block has lines, too", () => {
    const text = `export const run = () => [\n${lines(59, "  1,")}\n];\n`;
    expect(said(text)).toEqual([FUNCTION]);
  });

  test("a function inside is counted with the one around it", () => {
    const inside = long(50, "  if (a) a.map(() => {", "  });").trimEnd();
    expect(
      said(`export function run(a: string[]) {\n${inside}\n${lines(9, "  a();")}\n}\n`),
    ).toEqual([FUNCTION]);
  });

  test("a factory of 100 lines is green, of 101 red", () => {
    expect(factory(100).split("\n")).toHaveLength(101);
    expect(said(factory(100))).toEqual([]);
    expect(said(factory(101))).toEqual([
      "packages/backoff/src/extra.ts:1 size: made has 101 lines, a factory has at most 100",
    ]);
  });

  test("a factory may call something, and drop its promise", () => {
    expect(said(factory(100, { own: "void a.sort();" }))).toEqual([]);
    expect(said(factory(61, { own: "void a;" }))).toHaveLength(1);
  });

  test.each([
    ["if", "if (a.length > 0) a.pop();"],
    ["for", "for (const b of a) b.trim();"],
    ["while", "while (a.length > 0) a.pop();"],
    ["switch", "switch (a.length) {}"],
    ["try", "try { a.pop(); } catch {}"],
    ["an assignment", "a.length = 0;"],
  ])("a factory does nothing itself: %s", (_kind, own) => {
    expect(said(factory(61, { own }))).toEqual([
      "packages/backoff/src/extra.ts:1 size: made has 61 lines, a function has at most 60",
    ]);
  });

  test("at least half of a factory are its inner functions", () => {
    expect(said(factory(80, { inner: 40 }))).toEqual([]);
    expect(said(factory(80, { inner: 39 }))).toEqual([
      "packages/backoff/src/extra.ts:1 size: made has 80 lines, a function has at most 60",
    ]);
  });

  test("a long function in a factory is red by itself", () => {
    const text = `export function made(a: string[]) {\n${long(61)}  return { run };\n}\n`;
    expect(said(text.replace("export function run", "function run"))).toEqual([
      "packages/backoff/src/extra.ts:2 size: run has 61 lines, a function has at most 60",
    ]);
  });

  test("tests may be as long as they like", () => {
    expect(found({ "packages/backoff/test/a.test.ts": long(300) })).toEqual([]);
  });
});
