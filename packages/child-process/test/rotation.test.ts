import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutAt, moves } from "../src/rotation.js";

describe("cutAt", () => {
  it.each([
    ["it fits exactly", "a\nb\n", 6, true, 10, 4],
    ["one byte more is cut at the line end before", "a\nb\n", 7, true, 10, 2],
    ["not even a line fits: a new file first", "abc\n", 7, true, 10, 0],
    ["the file is full", "a", 10, true, 10, 0],
    ["it was already larger", "a", 12, false, 10, 0],
    ["a line longer than a file fills it", "abcdef", 0, true, 4, 4],
    ["so does one that has begun before", "abcdef", 3, false, 5, 2],
    ["the smallest file", "\n\n", 0, true, 1, 1],
  ])("%s", (_why, piece, size, isLineStart, maxBytes, cut) => {
    expect(cutAt(Buffer.from(piece), size, isLineStart, maxBytes)).toBe(cut);
  });

  it("never fills a file above its limit, loses nothing, and cuts no line that fits into a file", () => {
    const lines = fc.string({ unit: fc.constantFrom("\n", "x") }).map((text) => `${text}\n`);
    const given = fc.array(lines);
    let cuts = 0;
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 12 }), (pieces, maxBytes) => {
        const files = [""];
        for (const piece of pieces) {
          for (let rest = Buffer.from(piece); rest.length > 0; ) {
            const file = files.at(-1) ?? "";
            const cut = cutAt(rest, file.length, /^$|\n$/.test(file), maxBytes);
            if (cut === 0) files.push("");
            else files[files.length - 1] += rest.subarray(0, cut).toString();
            rest = rest.subarray(cut);
          }
        }
        expect(files.join("")).toBe(pieces.join(""));
        expect(files.every((file) => file.length <= maxBytes)).toBe(true);
        for (const [i, file] of files.slice(0, -1).entries()) {
          if (file.endsWith("\n")) continue;
          const rest = files
            .slice(i)
            .join("")
            .slice(file.lastIndexOf("\n") + 1);
          expect(rest.indexOf("\n") + 1).toBeGreaterThan(maxBytes);
          cuts++;
        }
      }),
    );
    expect(cuts).toBeGreaterThan(0);
  });
});

it("makes room from the oldest on", () => {
  expect(moves("a", 3)).toStrictEqual([
    ["a.2", "a.3"],
    ["a.1", "a.2"],
    ["a", "a.1"],
  ]);
  expect(moves("a", 1)).toStrictEqual([["a", "a.1"]]);
  expect(moves("a", 0)).toStrictEqual([]);
});
