// Every policy of the repository through the public kit.

import { checkPolicy } from "@steadfast/laws";
import { describe, expect, it } from "vitest";
import { cores, type Row } from "./cores.js";
import { presetRows } from "./presets.js";
import { variants } from "./variants.js";

const parts: readonly (readonly [what: string, rows: readonly Row[]])[] = [
  ["the cores", cores],
  ["the cores and their variants", variants],
  ["the presets", presetRows],
];

for (const [what, rows] of parts) {
  describe(`${what} keep every law of the kit, or say why not:`, () => {
    it("each under a name of its own", () => {
      const names = rows.map(([name]) => name);
      expect(new Set(names).size).toBe(names.length);
    });

    for (const [name, policy, { skip = {}, ...options } = {}] of rows) {
      it(name, () => {
        const { passed, notRun } = checkPolicy(policy, { ...options, skip });
        expect(passed.length).toBeGreaterThan(10);
        expect(notRun).toMatchObject(skip);
      });

      for (const law of Object.keys(skip)) {
        it(`${name}: breaks ${law}, as it says`, () => {
          expect(() => checkPolicy(policy, { ...options, only: [law] })).toThrow(law);
        });
      }
    }
  });
}
