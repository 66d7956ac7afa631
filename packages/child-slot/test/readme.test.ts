// The README shows the table and the example as they are, and names everything there is to name.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { childSlot, eventFault, slotTable } from "../src/index.js";
import { withTable } from "./diagram.js";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const readme = read("README.md");

describe("the README", () => {
  it("has the diagram and the rules of the table: `pnpm readme` writes them", () => {
    expect(withTable(readme, slotTable)).toBe(readme);
  });

  it("shows the example that is run", () => {
    const [, program] = read("examples/plain-spawn.mjs").split(/^(?=import)/m, 2);
    expect(readme).toContain(program);
  });

  it("explains every option, event, command and decision", () => {
    const { options } = childSlot({ id: "worker" }).describe;
    const words = [...Object.keys(options), ...slotTable.flatMap(({ on }) => on)];
    const missing = words.filter((word) => !readme.includes(`\`${word}\``));
    expect(missing).toStrictEqual([]);
  });
});

describe("the examples of the docstrings", () => {
  it("childSlot", () => {
    const slot = childSlot({ id: "worker" });
    const [, commands] = slot.step(slot.initial(), { type: "launch", cause: "start" }, 0);
    expect(commands[0]).toStrictEqual({
      type: "launch",
      cause: "start",
      generation: 0,
      attempt: 1,
    });
  });

  it("eventFault", () => {
    expect(eventFault({ type: "restart", requester: "ops", reason: "" })).toBe(
      'reason must be a text, not blank, got ""',
    );
    expect(eventFault({ type: "restart", requester: "ops", reason: "why not" })).toBe(null);
    expect(eventFault({ type: "ready", generation: 4 })).toBe(null);
    expect(eventFault({ type: "ready", generation: 4 }, 3)).toBe(
      "generation must be a whole number from 0 to 3, got 4",
    );
  });
});
