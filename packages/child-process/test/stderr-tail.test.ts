import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { stderrTail, TAIL_LENGTH, WITHHELD } from "../src/stderr-tail.js";
import { oracle, pieces, text } from "./lines-oracle.js";

const full = "x".repeat(TAIL_LENGTH);

function tailOf(
  count: number,
  pieces: readonly (Uint8Array | string)[],
  redact?: (line: string) => string,
): string[] {
  const tail = stderrTail(count, redact);
  for (const piece of pieces) tail.add(piece);
  return tail.lines();
}

describe("stderrTail", () => {
  it.each([
    ["none kept", 0, "a\n", []],
    ["nothing written", 3, "", []],
    ["fewer than the count", 3, "a\nb\n", ["a", "b"]],
    ["exactly the count", 2, "a\nb\n", ["a", "b"]],
    ["one more than the count", 2, "a\nb\nc\n", ["b", "c"]],
    ["only the last", 1, "a\nb\nc\n", ["c"]],
    ["what is not finished is the last", 2, "a\nb\nc", ["b", "c"]],
    ["a progress bar, then the error", 2, "\r 0%\r 50%\r 100%\rfailed\n", [" 100%", "failed"]],
    ["the end of a long line", 1, `y${full}\n`, [full]],
    ["\\r at the beginning of a line is not counted", 2, "a\nb\n\r\r\r", ["a", "b"]],
    ["\\r\\n is counted once", 2, "a\r\nb\r\n", ["a", "b"]],
  ])("%s", (_why, count, given, kept) => {
    expect(tailOf(count, [given])).toStrictEqual(kept);
    expect(
      tailOf(
        count,
        [...Buffer.from(given)].map((byte) => Uint8Array.of(byte)),
      ),
    ).toStrictEqual(kept);
  });

  it("is the end of all lines, whatever the pieces", () => {
    let overlong = 0;
    let runs = 0;
    fc.assert(
      fc.property(fc.nat(8), text(full), fc.array(fc.nat()), (count, given, cuts) => {
        const lines = oracle(given, TAIL_LENGTH);
        expect(tailOf(count, pieces(Buffer.from(given), cuts))).toStrictEqual(
          count === 0 ? [] : lines.slice(-count),
        );
        runs += 1;
        if (given.split(/[\r\n]/).some((line) => line.length > TAIL_LENGTH)) overlong += 1;
      }),
    );
    expect(overlong / runs).toBeGreaterThan(0.05);
  });

  it("does not change with the piece that it came in", () => {
    const piece = Buffer.from("secret\n");
    const tail = stderrTail(1);
    tail.add(piece);
    piece.fill(0);
    expect(tail.lines()).toStrictEqual(["secret"]);
  });

  it("is text, also of bytes that are none", () => {
    const bytes = Buffer.alloc(10_000, 0x80);
    expect(tailOf(1, [bytes])).toStrictEqual(["�".repeat(TAIL_LENGTH)]);
  });

  it("keeps no line that later ones of the same piece push out", () => {
    const tail = stderrTail(20);
    const from = vi.spyOn(Buffer, "from");
    tail.add(Buffer.alloc(100_000, "\n"));
    expect(from.mock.calls.length).toBeLessThan(50);
    from.mockRestore();
    expect(tail.lines()).toStrictEqual(Array.from({ length: 20 }, () => ""));
  });

  it("asks redact only about lines that are handed out", () => {
    const asked: string[] = [];
    const redact = (line: string) => {
      asked.push(line);
      return line.replace("secret", "***");
    };
    expect(tailOf(2, ["secret 1\nsecret 2\nb\n"], redact)).toStrictEqual(["*** 2", "b"]);
    expect(asked).toStrictEqual(["secret 2", "b"]);
  });

  it("withholds a line that redact throws on, and only that one", () => {
    const redact = (line: string) => {
      if (line === "b") throw new Error("boom");
      return line;
    };
    expect(tailOf(3, ["a\nb\nc\n"], redact)).toStrictEqual(["a", WITHHELD, "c"]);
  });

  it("withholds a line that redact does not answer with a string", () => {
    const redact = JSON.parse as (line: string) => string;
    expect(tailOf(3, ['1\n"ok"\nnull\n'], redact)).toStrictEqual([WITHHELD, "ok", WITHHELD]);
  });

  it("bounds what redact makes of a line", () => {
    const [line] = tailOf(1, ["a\n"], () => "x".repeat(TAIL_LENGTH + 1));
    expect(line).toHaveLength(TAIL_LENGTH);
  });
});
