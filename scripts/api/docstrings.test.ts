// A part that is missing in a docstring is found. The docstrings of the packages: repository.test.ts.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDocstring } from "./docstring.ts";
import { findings } from "./docstrings.ts";
import type { Exception } from "./exceptions.ts";
import { smallPackage } from "./small-package.ts";

let root = "";

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "docstrings-"));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function missing(declarations: string, excepted: readonly Exception[] = []): string[] {
  const surface = smallPackage(root, { ".": `${declarations}\nexport {};\n` });
  return findings([surface], excepted, []).map((line) => {
    const [, place = line, part] =
      /#(.+?): (no \w+(?: or \w+)?|the exception .*?)(?:: write .*)?$/.exec(line) ?? [];
    return part === undefined ? line : `${place}: ${part}`;
  });
}

const SINCE = "@since 0.1.0";

const COMPLETE = `
/**
 * Refuses every second time.
 *
 * Decides: one of two. Units: none. Range: from 0 to 9. Edge: at 0 never.
 * Effect on state: counted. Errors: none. Source: a coin.
 *
 * ${SINCE}
 * @example
 * everySecond(2);
 */
export declare function everySecond(n: number): RestartPolicy;
interface RestartPolicy { }`;

describe("a factory", () => {
  test("that is complete has no findings", () => {
    expect(missing(COMPLETE)).toEqual([]);
  });

  test.each([
    ["decides", "Decides:"],
    ["units", "Units:"],
    ["range", "Range: from 0 to 9."],
    ["edge", "Edge:"],
    ["errors", "Errors:"],
    ["source", "Source:"],
    ["since", SINCE],
    ["example", " * @example\n * everySecond(2);\n"],
  ])("lacks its %s", (part, words) => {
    expect(missing(COMPLETE.replace(words, ""))).toEqual([`everySecond: no ${part}`]);
  });

  test("lacks everything without a docstring", () => {
    const [, declaration = ""] = COMPLETE.split("*/");
    expect(missing(declaration)).toHaveLength(9);
  });

  test("may have its range at its options, and borrow from another", () => {
    expect(
      missing(`
        /** What it can be told.
         * ${SINCE} */
        export interface ThirdOptions {
          /** How many, from 0 to 9. Default 3. */
          readonly n?: number;
        }
        ${COMPLETE}
        /**
         * Refuses every third time. As \`everySecond\`.
         * ${SINCE}
         */
        export declare function everyThird(options?: ThirdOptions): RestartPolicy;
        /**
         * Refuses always. Decides: so. Units: none. Edge: none. Errors: none. Source: none.
         * ${SINCE}
         * @example refuses();
         */
        export declare function refuses(options?: ThirdOptions): RestartPolicy;`),
    ).toEqual([]);
  });
});

describe("since", () => {
  const at = (tag: string) =>
    missing(`/** So it is. \n * ${tag}\n */ export declare const a: number;`);

  test.each(["0.1.0", "0.2.0", "0.0.9"])("%s is a version that is or was", (version) => {
    expect(at(`@since ${version}`)).toEqual([]);
  });

  test.each(["0.2.1", "0.10.0", "1.0.0", "soon", ""])("%s is none", (version) => {
    expect(at(`@since ${version}`)).toEqual(["a: no since"]);
  });
});

describe("a type", () => {
  test("says something about every field, but for one that tells cases apart", () => {
    expect(
      missing(`
        /** A case.
         * ${SINCE} */
        export type Case =
          | { readonly type: "a" | "b"; readonly size: number }
          | {
              readonly type: "c";
              /** Its name. */
              readonly name: string;
              readonly other?: never;
            };`),
    ).toEqual(["Case.[a | b].size: no says"]);
  });

  test("that is not exported is looked at, too, where an exported one shows it", () => {
    expect(
      missing(`
        interface Hidden { readonly size: number }
        interface Unseen { readonly size: number }
        /** It is seen.
         * ${SINCE} */
        export interface Seen extends Hidden {}`),
    ).toEqual(["Hidden.size: no says"]);
  });

  test("called options says the default of what may be left out, and the range of a number", () => {
    expect(
      missing(`
        /** What it can be told.
         * ${SINCE} */
        export interface SmallOptions {
          /** How many there are. */
          readonly many?: number;
          /** How long, from 0 to 9. Default 0. */
          readonly long?: number;
          /** What is done. */
          readonly call: (n: number) => void;
        }`),
    ).toEqual(["SmallOptions.many: no default", "SmallOptions.many: no bounds"]);
  });
});

test("an error says how to fix it; a guard only what it is", () => {
  const error = (text: string) => `
    /** ${text}
     * ${SINCE} */
    export declare class SmallError extends Error { readonly code = "ERR_SMALL"; }
    /** Whether it is one.
     * ${SINCE} */
    export declare function isSmallError(error: unknown): error is SmallError;`;
  expect(missing(error("It is small."))).toEqual(["SmallError: no fix"]);
  expect(missing(error("It is small. Fix: make it large."))).toEqual([]);
});

test("what is missing is said with file, line, and what to write", () => {
  const surface = smallPackage(root, {
    ".": `
      export declare function everySecond(n: number): string;
      /** A case.
       * ${SINCE} */
      export type Case =
        | { readonly type: "a"; readonly size: number }
        | { readonly type: "b"; readonly size: number };`,
  });
  const path = "packages/small/src/small.ts";
  const text = `// The rule.

/** Nothing. */
export function everySecond(n: number): string {
  return "";
}

export type Case =
  | { readonly type: "a"; readonly size: number }
  | {
      readonly type: "b";
      readonly size: number;
    };
`;
  expect(findings([surface], [], [{ path, text }])).toEqual([
    `${path}:9 docstring of @steadfast/small#Case.[a].size: no says: write a sentence that says what it is`,
    `${path}:12 docstring of @steadfast/small#Case.[b].size: no says: write a sentence that says what it is`,
    `${path}:4 docstring of @steadfast/small#everySecond: no says: write a sentence that says what it is`,
    `${path}:4 docstring of @steadfast/small#everySecond: no effect or errors: write "Effect: ...", "Errors: ..." or "Pure"`,
    `${path}:4 docstring of @steadfast/small#everySecond: no since: write @since with one version, not later than that of the package`,
    `${path}:4 docstring of @steadfast/small#everySecond: no example: write @example with a program, which is executed`,
  ]);
  const [first] = findings([surface], [], []);
  expect(first).toMatch(/^no source docstring of /);
});

describe("an exception", () => {
  const lacking = `/** So it is. */ export declare const a: number;`;
  const why = "a test";

  test("covers a name, and the fields of a name", () => {
    expect(missing(lacking, [{ place: "@steadfast/small#a", parts: ["since"], why }])).toEqual([]);
    const fields = `/** So.\n * is it.\n * ${SINCE} */ export interface A { b: 1; c: 2 }`;
    expect(missing(fields, [{ place: "@steadfast/small#A", parts: ["says"], why }])).toEqual([]);
  });

  test("that excepts nothing is found", () => {
    expect(missing(lacking, [{ place: "@steadfast/small#a", parts: ["says"], why }])).toEqual([
      "a: no since",
      'a: the exception for "says" is not needed',
    ]);
  });
});

test("a docstring is a text and tags; an @ inside a line is neither", () => {
  const { text, tags } = readDocstring(`/**
   * Sends to a@b.
   *
   *   - indented
   * @param a one
   *   of two
   * @param b two
   * @example
   * import { x } from "@steadfast/policy";
   *   x();
   */`);
  expect(text).toBe("Sends to a@b.\n\n  - indented");
  expect([...tags]).toEqual([
    ["param", ["a one\n  of two", "b two"]],
    ["example", ['import { x } from "@steadfast/policy";\n  x();']],
  ]);
});
