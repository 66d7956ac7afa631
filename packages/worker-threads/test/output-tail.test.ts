// The last lines of a text.

import { describe, expect, it } from "vitest";
import { lastLines } from "../src/output-tail.js";

describe("the last lines", () => {
  it.each([
    ["of nothing are none", "", []],
    ["of empty lines are none", "\n\n", []],
    ["without an end counts", "a\nb", ["a", "b"]],
    ["with an end is the same", "a\nb\n", ["a", "b"]],
    ["are the newest", "a\nb\nc\n", ["b", "c"]],
    ["end at CR, too", "a\r\nb\rc", ["b", "c"]],
    ["keep empty ones in between", "a\n\nb", ["", "b"]],
  ])("%s", (_, text, lines) => {
    expect(lastLines(text, 2)).toStrictEqual(lines);
  });

  it("are cut to their last thousand characters", () => {
    expect(lastLines(`${"x".repeat(5_000)}end`, 3)).toStrictEqual([`${"x".repeat(997)}end`]);
  });
});
