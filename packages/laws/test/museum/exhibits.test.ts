import { expect, test } from "vitest";
import { museum } from "../../src/museum.js";

test("there are at least 150 exhibits, each with a name of its own that begins with its family", () => {
  const names = museum.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(150);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, family } of museum) {
    const kebab = family.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(name).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
    expect(name.startsWith(`${kebab}-`), name).toBe(true);
  }
});

test.each(museum)("$name says what is wrong in a sentence, and where it was seen", (exhibit) => {
  expect(exhibit.defect).toMatch(/^[A-Z].*\.$/);
  expect(exhibit.seenIn.length).toBeGreaterThan(10);
});
