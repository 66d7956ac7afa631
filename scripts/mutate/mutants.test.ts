// What is made of a report of Stryker, of docs/mutants.md, and of both together.

import { describe, expect, test } from "vitest";
import { compare, itemOf, type Listed, readListed } from "./listed.ts";
import {
  noticedIn,
  percent,
  type ReportedMutant,
  type Score,
  type Survivor,
  scoreOf,
} from "./mutants.ts";
import { verdict } from "./verdict.ts";

const SOURCE = "const a = 1;\nif (a < 2) {\n  go(\n    a,\n  );\n}\n";

const mutant = (status: string, over: Partial<ReportedMutant> = {}): ReportedMutant => ({
  mutatorName: "EqualityOperator",
  replacement: "a <= 2",
  location: { start: { line: 2, column: 5 }, end: { line: 2, column: 10 } },
  status,
  ...over,
});

const score = (...mutants: readonly ReportedMutant[]) =>
  scoreOf({ files: { "src/one.ts": { source: SOURCE, mutants } } });

const survivor: Survivor = {
  file: "one.ts",
  line: 2,
  mutator: "EqualityOperator",
  original: "a < 2",
  replacement: "a <= 2",
};

describe("a report", () => {
  test.each([
    ["killed", "Killed", 1, 0],
    ["out of time", "Timeout", 1, 0],
    ["survived", "Survived", 0, 0],
    ["reached by no test", "NoCoverage", 0, 0],
    ["left out by a comment: a fault", "Ignored", 0, 1],
    ["never run: a fault", "Pending", 0, 1],
    ["such that a file of tests cannot be collected", "RuntimeError", 1, 0],
    ["no program at all: a fault", "CompileError", 0, 1],
  ])("%s", (_, status, noticed, faults) => {
    const got = score(mutant(status));
    expect(got).toMatchObject({ mutants: 1, noticed });
    expect(got.survivors).toEqual(noticed === 1 ? [] : [survivor]);
    expect(got.faults).toHaveLength(faults);
  });

  test("a survivor that no test was shown, though some reach it, is a fault", () => {
    const shown = { coveredBy: ["1"], testsCompleted: 1 };
    expect(score(mutant("Survived", shown)).faults).toEqual([]);
    const got = score(mutant("Survived", { ...shown, testsCompleted: 0 }));
    expect(got.faults).toEqual([
      "src/one.ts:2: a mutant was shown to none of the tests that reach it",
    ]);
  });

  test("code of several lines is put on one, and its middle is left out where it is long", () => {
    const location = { start: { line: 3, column: 3 }, end: { line: 5, column: 4 } };
    const replacement = `go(${"a, ".repeat(40)}a)`;
    const [got] = score(mutant("Survived", { location, replacement })).survivors;
    expect(got?.original).toBe("go( a, )");
    expect(got?.replacement).toBe(`${replacement.slice(0, 60)} ... ${replacement.slice(-25)}`);
  });

  test("survivors come in the order of the files and lines", () => {
    const late = mutant("Survived", {
      location: { start: { line: 4, column: 5 }, end: { line: 4, column: 6 } },
    });
    const got = scoreOf({
      files: {
        "src/two.ts": { source: SOURCE, mutants: [mutant("Survived")] },
        "src/one.ts": { source: SOURCE, mutants: [late, mutant("Survived")] },
      },
    });
    expect(got.survivors.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "one.ts:2",
      "one.ts:4",
      "two.ts:2",
    ]);
  });

  test("that is taken over holds what was noticed, and whatever else is in it", () => {
    const mutants = ["Killed", "Survived", "NoCoverage", "Timeout"].map((status) => mutant(status));
    const report = { files: { "src/one.ts": { source: SOURCE, mutants } }, testFiles: {} };
    expect(noticedIn(report)).toEqual({
      files: { "src/one.ts": { source: SOURCE, mutants: [mutant("Killed"), mutant("Timeout")] } },
      testFiles: {},
    });
  });

  test.each([
    [0, 0, 0],
    [1, 3, 33.3],
    [899, 1_000, 89.9],
    [8_999, 10_000, 89.9],
    [9, 10, 90],
    [7, 7, 100],
  ])("%d of %d noticed is %d %%", (noticed, mutants, expected) => {
    expect(percent({ noticed, mutants, survivors: [], faults: [] })).toBe(expected);
  });
});

const page = (...lines: readonly string[]) => ["# Mutants", "", ...lines, ""].join("\n");

describe("docs/mutants.md", () => {
  test("has an item per survivor, below the name of its package", () => {
    const text = page(
      "- not an item of a survivor",
      "",
      "## policy",
      "",
      itemOf(survivor),
      "  Two is never",
      "  asked for.",
      itemOf({ ...survivor, original: "`a`", replacement: "``" }),
      "  Nobody reads it.",
      "",
      "More text.",
      "",
      "## backoff",
      "",
      itemOf({ ...survivor, original: "a || b", replacement: "" }),
      "  Both hold.",
    );
    const { line: _, ...listed } = survivor;
    expect(readListed(text)).toEqual([
      { ...listed, package: "policy", reason: "Two is never asked for." },
      {
        ...listed,
        package: "policy",
        original: "`a`",
        replacement: "``",
        reason: "Nobody reads it.",
      },
      {
        ...listed,
        package: "backoff",
        original: "a || b",
        replacement: "",
        reason: "Both hold.",
      },
    ]);
  });

  test.each(["a", " a ", "`a`", "``", "a``b`c", "a → b", "a | b", "- `a`"])(
    "code survives being written and read: %j",
    (code) => {
      const text = page("## x", "", itemOf({ ...survivor, original: code }), "  Why.");
      expect(readListed(text).map(({ original }) => original)).toEqual([code]);
    },
  );

  test("an item without a reason is an error", () => {
    expect(() => readListed(page("## x", "", itemOf(survivor)))).toThrow("no reason is given");
  });

  test("an item that is none is an error", () => {
    expect(() => readListed(page("## x", "", "- `one.ts` but why", "  Why."))).toThrow(
      "is no survivor",
    );
  });
});

const listed: Listed = { ...survivor, package: "policy", reason: "Why." };
const other: Survivor = { ...survivor, replacement: "a >= 2" };

describe("survivors and the list", () => {
  test.each<[string, readonly Survivor[], readonly Listed[], number, number]>([
    ["one that is listed", [survivor], [listed], 0, 0],
    ["on another line", [{ ...survivor, line: 99 }], [listed], 0, 0],
    ["one that is not", [survivor, other], [listed], 1, 0],
    ["one that is none any more", [], [listed], 0, 1],
    ["two alike need two items", [survivor, survivor], [listed], 1, 0],
    ["two alike have two items", [survivor, survivor], [listed, listed], 0, 0],
    ["of another file", [{ ...survivor, file: "two.ts" }], [listed], 1, 1],
    ["of another mutator", [{ ...survivor, mutator: "BooleanLiteral" }], [listed], 1, 1],
  ])("%s", (_, survivors, items, unlisted, over) => {
    const got = compare(survivors, items);
    expect(got.unlisted).toHaveLength(unlisted);
    expect(got.over).toHaveLength(over);
  });
});

describe("a package is", () => {
  const scored = (noticed: number, survivors: readonly Survivor[] = []): Score => ({
    mutants: 20,
    noticed,
    survivors,
    faults: [],
  });

  test("green with ninety-five of a hundred, and every survivor listed", () => {
    expect(verdict("policy", scored(19, [survivor]), [listed])).toEqual({
      lines: [
        "policy: 19 of 20 mutants noticed, 95 %",
        "  src/one.ts:2  - `one.ts` EqualityOperator: `a < 2` → `a <= 2`",
      ],
      reds: [],
    });
  });

  test.each<[string, Score, readonly Listed[], string]>([
    ["with less", scored(18), [], "policy: 90 % is less than 95 %"],
    ["without mutants", { ...scored(0), mutants: 0 }, [], "policy: 0 % is less than 95 %"],
    ["with a fault", { ...scored(19), faults: ["it is"] }, [], "packages/policy/it is"],
    [
      "with a survivor that is not listed",
      scored(19, [survivor]),
      [],
      "policy: not listed in docs/mutants.md: - `one.ts` EqualityOperator: `a < 2` → `a <= 2`",
    ],
    [
      "with a listed one that is noticed",
      scored(19),
      [listed],
      "policy: listed in docs/mutants.md, and not survived: - `one.ts` EqualityOperator: `a < 2` → `a <= 2`",
    ],
  ])("red %s", (_, got, items, red) => {
    expect(verdict("policy", got, items).reds).toEqual([red]);
  });
});
