// The line against a list that is sorted each time.

import fc from "fast-check";
import { expect, it } from "vitest";
import { type InLine, Line } from "../../src/pool/line.js";

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom("add", "add", "take", "remove", "put back"),
    priority: fc.integer({ min: -2, max: 2 }),
    pick: fc.nat(),
  }),
  { maxLength: 200 },
);

it("is a list that is sorted by priority and order, whatever is added, taken, removed and put back", () => {
  fc.assert(
    fc.property(moves, (all) => {
      const line = new Line<InLine>();
      let twin: InLine[] = [];
      const taken: InLine[] = [];
      let order = 0;
      for (const { kind, priority, pick } of all) {
        const chosen = twin[pick % Math.max(1, twin.length)];
        if (kind === "add") {
          order += 1;
          const one: InLine = { priority, order, before: null, after: null };
          line.add(one);
          twin.push(one);
        } else if (kind === "put back" && taken.length > 0) {
          const [one] = taken.splice(pick % taken.length, 1) as [InLine];
          line.putBack(one);
          twin.push(one);
        } else if (kind === "remove" && chosen) {
          line.remove(chosen);
          twin = twin.filter((one) => one !== chosen);
        } else if (kind === "take") {
          const [first] = twin;
          const one = line.take();
          expect(one).toBe(first ?? null);
          if (one) taken.push(one);
          twin = twin.filter((other) => other !== one);
        }
        twin.sort((one, other) => other.priority - one.priority || one.order - other.order);
        expect(line.size).toBe(twin.length);
      }
      for (const one of twin) expect(line.take()).toBe(one);
      expect(line.take()).toBeNull();
    }),
  );
});
