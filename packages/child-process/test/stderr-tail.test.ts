import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_LENGTH } from "../src/line-splitter.js";
import { stderrTail, WITHHELD } from "../src/stderr-tail.js";

const same = (line: string) => line;

function tailOf(count: number, lines: readonly string[], redact = same): string[] {
  const tail = stderrTail(count, redact);
  for (const line of lines) tail.add(line);
  return tail.lines();
}

describe("stderrTail", () => {
  it.each([
    ["none kept", 0, ["a"], []],
    ["nothing written", 3, [], []],
    ["fewer than the count", 3, ["a", "b"], ["a", "b"]],
    ["exactly the count", 2, ["a", "b"], ["a", "b"]],
    ["one more than the count", 2, ["a", "b", "c"], ["b", "c"]],
    ["only the last", 1, ["a", "b", "c"], ["c"]],
  ])("%s", (_why, count, lines, kept) => {
    expect(tailOf(count, lines)).toStrictEqual(kept);
  });

  it("is the end of the list, whatever the list", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.array(fc.string(), { maxLength: 60 }), (count, lines) => {
        expect(tailOf(count, lines)).toStrictEqual(count === 0 ? [] : lines.slice(-count));
      }),
    );
  });

  it("asks redact only about lines that are handed out", () => {
    const asked: string[] = [];
    const redact = (line: string) => {
      asked.push(line);
      return line.replace("secret", "***");
    };
    expect(tailOf(2, ["secret 1", "secret 2", "b"], redact)).toStrictEqual(["*** 2", "b"]);
    expect(asked).toStrictEqual(["secret 2", "b"]);
  });

  it("withholds a line that redact throws on, and only that one", () => {
    const redact = (line: string) => {
      if (line === "b") throw new Error("boom");
      return line;
    };
    expect(tailOf(3, ["a", "b", "c"], redact)).toStrictEqual(["a", WITHHELD, "c"]);
  });

  it("withholds a line that redact does not answer with a string", () => {
    const redact = JSON.parse as (line: string) => string;
    expect(tailOf(3, ["1", '"ok"', "null"], redact)).toStrictEqual([WITHHELD, "ok", WITHHELD]);
  });

  it("bounds what redact makes of a line", () => {
    const [line] = tailOf(1, ["a"], () => "x".repeat(LINE_LENGTH + 1));
    expect(line).toHaveLength(LINE_LENGTH);
  });
});
