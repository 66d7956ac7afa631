// What the tests of several packages share can fail.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimsOf } from "./examples.ts";
import { law, often } from "./law.ts";
import { golden, goldenCases } from "./vectors.ts";

const double = (n: number) => 2 * n;

describe("an example", () => {
  it.each([
    ["on the line of its statement", "double(2); // => 4"],
    ["on the next line", "double(2);\n// => 4"],
    ["after a statement of several lines", "double(\n  2,\n);\n// => 4"],
    ["after a block", "for (const n of [1]) {\n  double(n);\n}\ndouble(2); // => 4"],
    ["within a block", "{\n  const n = double(1);\n  double(n); // => 4\n}"],
    ["about what is awaited", "const n = await double(1);\ndouble(n); // => 4"],
    ["about a name that is in scope already", "const double = 4;\ndouble; // => 4"],
  ])("with a claim %s", async (_, code) => {
    expect(await claimsOf(code, { double })).toBe(1);
    await expect(claimsOf(code.replace("=> 4", "=> 5"), { double })).rejects.toThrow("5");
  });

  it("that throws is an error", async () => {
    await expect(claimsOf('throw new Error("boom");', {})).rejects.toThrow("boom");
  });

  it("without a claim has none", async () => {
    expect(await claimsOf("double(2); // as ever", { double })).toBe(0);
  });
});

describe("a law", () => {
  const numbers = fc.nat({ max: 99 });

  it("holds if its case is met more often than rarely", () => {
    law(numbers, (n, reached) => {
      if (n % 2 === 0) reached();
    });
  });

  it("fails if it does not hold", () => {
    expect(() =>
      law(numbers, (n, reached) => {
        reached();
        if (n > 50) throw new Error("too many");
      }),
    ).toThrow();
  });

  it("fails if its case is rarely met, or not as often as was asked", () => {
    expect(() => law(numbers, () => {})).toThrow("share of runs");
    expect(() => often(numbers, (n) => n % 4 === 0, 0.9)).toThrow("share of runs");
  });
});

describe("a file of vectors", () => {
  function written(file: object): URL {
    const folder = mkdtempSync(join(tmpdir(), "vectors-"));
    const path = join(folder, "some.json");
    writeFileSync(path, JSON.stringify(file));
    return pathToFileURL(path);
  }

  function read(file: object): readonly unknown[] {
    const at = written(file);
    try {
      return goldenCases(at);
    } finally {
      rmSync(new URL(".", at), { recursive: true });
    }
  }

  it("has all its cases", () => {
    expect(read({ count: 2, cases: [1, 2] })).toEqual([1, 2]);
    expect(() => read({ count: 3, cases: [1, 2] })).toThrow("2 cases, not 3");
    expect(() => read({ count: 0, cases: [] })).toThrow("0 cases");
  });

  it("may be something else than a list of cases", () => {
    const at = written({ count: 5, top: 1 });
    expect(golden(at)).toEqual({ count: 5, top: 1 });
    rmSync(new URL(".", at), { recursive: true });
  });
});
