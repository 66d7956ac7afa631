import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_LENGTH, lineSplitter } from "../src/line-splitter.js";
import { oracle, pieces, text } from "./lines-oracle.js";

function split(pieces: readonly (Uint8Array | string)[]): string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.write(piece);
  splitter.end();
  return lines;
}

const full = "x".repeat(LINE_LENGTH);

const table: readonly [why: string, text: string, lines: string[]][] = [
  ["nothing", "", []],
  ["an unfinished line counts at the end", "a", ["a"]],
  ["a finished line counts once", "a\n", ["a"]],
  ["empty lines are lines", "\n\na\n", ["", "", "a"]],
  ["\\r\\n is one line end", "a\r\nb\r\n", ["a", "b"]],
  ["an empty line may end with \\r\\n", "a\r\n\r\n", ["a", ""]],
  ["a \\r alone ends a line", "10%\r20%\n", ["10%", "20%"]],
  ["a \\r at the beginning of a line is nothing", "\r10%\r\r20%", ["10%", "20%"]],
  ["the line end after \\r\\r is an empty line", "b\r\r\n", ["b", ""]],
  ["a \\r at the end of all", "a\r", ["a"]],
  ["a line of the full length stays", `${full}\n`, [full]],
  ["of one more the end is kept", `y${full}\n`, [full]],
  ["what follows a cut line is whole", `yyy${full}\nz\n`, [full, "z"]],
  ["half a character is not kept", `😀${full.slice(1)}\n`, [full.slice(1)]],
  ["a character that just fits", `y😀${full.slice(2)}\n`, [`😀${full.slice(2)}`]],
];

describe("lineSplitter", () => {
  it.each(table)("%s", (_why, text, lines) => {
    expect(split([Buffer.from(text)])).toStrictEqual(lines);
    expect(split([...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toStrictEqual(lines);
    expect(split([text])).toStrictEqual(lines);
  });

  it("hands out a line as soon as it is complete, also at a \\r whose \\n may follow", () => {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    splitter.write("a\nb");
    expect([...lines, splitter.unfinished()]).toStrictEqual(["a", "b"]);
    splitter.write("\r");
    expect(lines).toStrictEqual(["a", "b"]);
    splitter.write("");
    splitter.write("\nc\n");
    expect(lines).toStrictEqual(["a", "b", "c"]);
  });

  it("goes on after an end", () => {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    splitter.write("a");
    splitter.end();
    splitter.write("b\n");
    splitter.end();
    expect(lines).toStrictEqual(["a", "b"]);
  });

  it("shows broken UTF-8 as replacement characters, also at the end", () => {
    expect(split([Uint8Array.of(0xff, 0x0a)])).toStrictEqual(["�"]);
    expect(split([Buffer.from("a😀").subarray(0, 3)])).toStrictEqual(["a�"]);
  });

  it("does not care about the pieces", () => {
    let cutInside = 0;
    let overlong = 0;
    let runs = 0;
    fc.assert(
      fc.property(text(full), fc.array(fc.nat()), (given, cuts) => {
        const bytes = Buffer.from(given);
        const cut = pieces(bytes, cuts);
        expect(split(cut)).toStrictEqual(oracle(given, LINE_LENGTH));
        runs += 1;
        if (cut.some((piece) => ((piece[0] ?? 0) & 0xc0) === 0x80)) cutInside += 1;
        if (given.split(/[\r\n]/).some((line) => line.length > LINE_LENGTH)) overlong += 1;
      }),
    );
    expect(cutInside / runs).toBeGreaterThan(0.05);
    expect(overlong / runs).toBeGreaterThan(0.05);
  });
});
