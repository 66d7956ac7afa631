import { describe, expect, it } from "vitest";
import { progressBar } from "../src/app/progress-bar.js";

describe("progressBar", () => {
  it("shows how far it is", () => {
    expect(progressBar(30, 120, 80)).toBe(
      "[##########..............................] 25 %  30 of 120 files",
    );
  });

  it("is no wider than the terminal", () => {
    expect(progressBar(30, 120, 40)).toHaveLength(40);
    expect(progressBar(30, 120, 40)).toMatch(/ 25 % {2}30 of 120 files$/);
    expect(progressBar(30, 120, 10)).toHaveLength(10);
  });

  it("says 0 % while nobody knows how many files there are", () => {
    expect(progressBar(0, 0, 80)).toContain("] 0 %  0 of 0 files");
  });
});
