import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hasTest, withFaults } from "../../../config/testing/fault-table.ts";
import { faultGroups } from "./faults/table.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const rows = faultGroups.flatMap(({ rows }) => rows);

describe("the table of faults", () => {
  it("is in the README: `pnpm readme` writes it", () => {
    const readme = read("../README.md");
    expect(withFaults(readme, faultGroups)).toBe(readme);
  });

  it("has at least 60 rows, each once", () => {
    const faults = rows.map(([fault]) => fault);
    expect(new Set(faults).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(60);
  });

  it.each(rows)("%s: has its test with a real thread", (_fault, _happens, file, test) => {
    expect(hasTest(read(`real/${file}.test.ts`), test)).toBe(true);
  });
});
