// What `pnpm api` writes is up to date, so that a change of the public surface is seen in review; every
// public name is described in all parts; nothing is thrown without a code unless there is a reason.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findings } from "./docstrings.ts";
import { codedErrors } from "./errors.ts";
import { exceptions } from "./exceptions.ts";
import { readApi } from "./generated.ts";
import { uncodedFindings } from "./thrown.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { surfaces, bare, sources, files } = readApi(root);

test.each([...files])("%s is what `pnpm api` writes", (path, text) => {
  const file = join(root, path);
  expect(existsSync(file) ? readFileSync(file, "utf8") : "").toBe(text);
});

describe("docstrings", () => {
  test("describe every public name, and no exception is idle", () => {
    expect(findings(surfaces, exceptions, sources)).toEqual([]);
  });

  test("that are excepted have a reason", () => {
    expect(exceptions.filter(({ why }) => why.trim() === "")).toEqual([]);
  });

  test("do not point at what is not published", () => {
    const docs = surfaces.flatMap(({ entries }) => entries.flatMap(({ names }) => names));
    const isPointing = (text = "") =>
      /\bthis file\b|\btop\s+of\s+(the\s+(source|file)|[\w.-]+\.ts)\b/.test(text);
    const pointing = docs.filter(
      ({ docstring, members }) =>
        isPointing(docstring?.text) || members.some((member) => isPointing(member.docstring?.text)),
    );
    expect(isPointing("the rules at the top\nof the source")).toBe(true);
    expect(pointing.map(({ name }) => name)).toEqual([]);
  });
});

describe("errors", () => {
  test("have a code, unless there is a reason", () => {
    expect(uncodedFindings(bare)).toEqual([]);
  });

  test("have codes that look alike and mean one thing each", () => {
    const coded = codedErrors(surfaces);
    expect(coded.length).toBeGreaterThan(5);
    expect(coded.filter(({ code }) => !/^ERR_[A-Z_]+$/.test(code))).toEqual([]);
    const names = new Map(coded.map(({ code, error }) => [code, error.name]));
    expect(coded.filter(({ code, error }) => names.get(code) !== error.name)).toEqual([]);
  });
});
