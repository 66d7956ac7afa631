// The tests of a table of faults, the same in each package that has one.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FaultGroup, hasTest, withFaults } from "./fault-table.ts";

/** `here`: the URL of the test file, which stands in the package's `test`. */
export function testFaultTable(groups: readonly FaultGroup[], here: string): void {
  const read = (path: string) => readFileSync(new URL(path, here), "utf8");
  const rows = groups.flatMap((group) => group.rows);

  describe("the table of faults", () => {
    it("is in the README: `pnpm readme` writes it", () => {
      const readme = read("../README.md");
      expect(withFaults(readme, groups)).toBe(readme);
    });

    it("has at least 60 rows, each once", () => {
      const faults = rows.map(([fault]) => fault);
      expect(new Set(faults).size).toBe(faults.length);
      expect(faults.length).toBeGreaterThanOrEqual(60);
    });

    it.each(rows)("%s: has its real test", (_fault, _happens, file, test) => {
      expect(hasTest(read(`real/${file}.test.ts`), test)).toBe(true);
    });
  });
}
