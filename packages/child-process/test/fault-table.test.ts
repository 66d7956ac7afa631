import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultGroups, withFaults } from "./faults/table.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const rows = faultGroups.flatMap(({ rows }) => rows);

describe("the table of faults", () => {
  it("is in the README: `pnpm readme` writes it", () => {
    const readme = read("../README.md");
    expect(withFaults(readme)).toBe(readme);
  });

  it("has at least 60 rows, each once", () => {
    const faults = rows.map(([fault]) => fault);
    expect(new Set(faults).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(60);
  });

  it.each(rows)("%s: has its test with a real process", (_fault, _happens, file, test) => {
    const source = read(`real/${file}.test.ts`);
    const literals = [JSON.stringify(test), `'${test}'`, `\`${test}\``];
    expect(literals.some((literal) => source.includes(literal))).toBe(true);
  });
});
