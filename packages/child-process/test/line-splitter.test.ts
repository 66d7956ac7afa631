import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_LENGTH, lineSplitter } from "../src/line-splitter.js";

function split(pieces: readonly (Uint8Array | string)[]): string[] {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line));
  for (const piece of pieces) splitter.write(piece);
  splitter.end();
  return lines;
}

/** The dumb twin: the whole text at once. */
function oracle(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => {
    const bare = line.endsWith("\r") && line.length <= LINE_LENGTH ? line.slice(0, -1) : line;
    if (bare.length <= LINE_LENGTH) return bare;
    const cut = bare.slice(0, LINE_LENGTH);
    const last = cut.charCodeAt(LINE_LENGTH - 1);
    return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
  });
}

const full = "x".repeat(LINE_LENGTH);

const table: readonly [why: string, text: string, lines: string[]][] = [
  ["nothing", "", []],
  ["an unfinished line counts at the end", "a", ["a"]],
  ["a finished line counts once", "a\n", ["a"]],
  ["empty lines are lines", "\n\na\n", ["", "", "a"]],
  ["one \\r before \\n is dropped", "a\r\nb\r\r\n", ["a", "b\r"]],
  ["a \\r alone ends nothing", "10%\r20%\n", ["10%\r20%"]],
  ["a line of the full length stays", `${full}\n`, [full]],
  ["one more is cut", `${full}y\n`, [full]],
  ["what follows a cut line is whole", `${full}yyy\nz\n`, [full, "z"]],
  ["a \\r beyond the full length", `${full}\r\n`, [full]],
  ["half a character is not kept", `${full.slice(1)}😀\n`, [full.slice(1)]],
  ["a character that just fits", `${full.slice(2)}😀\n`, [`${full.slice(2)}😀`]],
];

describe("lineSplitter", () => {
  it.each(table)("%s", (_why, text, lines) => {
    expect(split([Buffer.from(text)])).toStrictEqual(lines);
    expect(split([...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toStrictEqual(lines);
    expect(split([text])).toStrictEqual(lines);
  });

  it("hands out a line as soon as it is complete", () => {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    splitter.write("a\nb");
    expect(lines).toStrictEqual(["a"]);
    splitter.write("\n");
    expect(lines).toStrictEqual(["a", "b"]);
  });

  it("shows broken UTF-8 as replacement characters, also at the end", () => {
    expect(split([Uint8Array.of(0xff, 0x0a)])).toStrictEqual(["�"]);
    expect(split([Buffer.from("a😀").subarray(0, 3)])).toStrictEqual(["a�"]);
  });

  it("keeps a carriage return that stands where a longer line is cut", () => {
    // Found by `pnpm laws`, seed 786990694.
    const before = "x".repeat(LINE_LENGTH - 1);
    expect(split([Buffer.from(`${before}\r日本\n`)])).toStrictEqual([`${before}\r`]);
    expect(split([Buffer.from(`${before}\r\n`)])).toStrictEqual([before]);
    expect(split([Buffer.from(`${before}x\r\n`)])).toStrictEqual([`${before}x`]);
  });

  it("does not care about the pieces", () => {
    let cutInside = 0;
    let overlong = 0;
    let runs = 0;
    const part = fc.oneof(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\r",
        "",
        "é",
        "😀",
        "日本",
        full,
        full.slice(1),
        "😀".repeat(501),
      ),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.nat()), (parts, cuts) => {
        const text = parts.join("");
        const bytes = Buffer.from(text);
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
          (one, other) => one - other,
        );
        const pieces = [0, ...places].map((from, i) => bytes.subarray(from, places[i]));
        expect(split(pieces)).toStrictEqual(oracle(text));
        runs += 1;
        if (places.some((place) => ((bytes[place] ?? 0) & 0xc0) === 0x80)) cutInside += 1;
        if (text.split("\n").some((line) => line.length > LINE_LENGTH)) overlong += 1;
      }),
    );
    expect(cutInside / runs).toBeGreaterThan(0.05);
    expect(overlong / runs).toBeGreaterThan(0.05);
  });
});
