// The programs on the pages that import foreign libraries: they have no type error, run, and what they claim is so.

import { spawnSync } from "node:child_process";
import { stripTypeScriptTypes } from "node:module";
import { expect, it } from "vitest";
import { withChecks } from "../../packages/conformance/test/docs/claims.ts";
import { pagesWithPrograms } from "../../packages/conformance/test/docs/pages.ts";
import { programsOf } from "../../packages/conformance/test/docs/programs.ts";
import { complaints, written } from "../typescript.ts";

const programs = pagesWithPrograms
  .flatMap((page) => programsOf(page, "engines"))
  .map((program, i) => ({
    ...program,
    file: `program-${i}`,
    place: `${program.page}:${program.lines[0]}`,
  }));
const files = new Map(
  programs.flatMap(({ file, text }) => [
    [`${file}.mts`, text],
    [`${file}.mjs`, stripTypeScriptTypes(withChecks(text).text)],
  ]),
);
const folder = written("programs", files);

it("there is one for each bridge, and it is short", () => {
  const imported = programs.flatMap(({ text }) => text.match(/@steadfast\/bridges\/[\w-]+/g) ?? []);
  expect(new Set(imported).size).toBeGreaterThanOrEqual(4);
  for (const { place, text } of programs) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    expect([place, lines.length]).toEqual([place, Math.min(lines.length, 8)]);
  }
});

it("have no type error", () => {
  expect(
    complaints(
      folder,
      programs.map(({ file }) => `${file}.mts`),
    ),
  ).toBe("");
});

it.each(programs.map(({ place, file, text }) => [place, file, withChecks(text).claims] as const))(
  "%s runs, and what it claims is so",
  (_, file, claims) => {
    expect(claims).toBeGreaterThan(0);
    const { status, stderr } = spawnSync(process.execPath, [`${file}.mjs`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([0, ""]);
  },
);
