import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { wholeLines } from "../src/whole-lines.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function collecting() {
  const out: string[] = [];
  return { out, lines: wholeLines((bytes) => out.push(bytes.toString("latin1"))) };
}

describe("wholeLines", () => {
  it("hands on whole lines, and keeps what is not finished", () => {
    const { out, lines } = collecting();
    lines.write("a\nb\nc");
    lines.write(Buffer.from("d"));
    expect(out).toStrictEqual(["a\nb\n"]);
    lines.write("\ne");
    expect(out).toStrictEqual(["a\nb\n", "cd\n"]);
    lines.flush();
    lines.flush();
    expect(out).toStrictEqual(["a\nb\n", "cd\n", "e"]);
    lines.write("f\ng\nh\n");
    lines.write("i");
    lines.write("j\nk\nl");
    expect(out.slice(3)).toStrictEqual(["f\ng\nh\n", "ij\n", "k\n"]);
    lines.flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("hands on a prompt 50 ms after its last byte", () => {
    const { out, lines } = collecting();
    lines.write("pass");
    vi.advanceTimersByTime(30);
    lines.write("word: ");
    vi.advanceTimersByTime(69);
    expect(out).toStrictEqual([]);
    vi.advanceTimersByTime(1);
    expect(out).toStrictEqual(["password: "]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("keeps 64 KiB of a line at most", () => {
    const { out, lines } = collecting();
    lines.write("x".repeat(65_536));
    expect(out).toStrictEqual([]);
    lines.write("y");
    expect(out).toStrictEqual([`${"x".repeat(65_536)}y`]);
    lines.flush();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("changes no byte, and never mixes lines of two streams that are finished", () => {
    const piece = fc.string({ unit: fc.constantFrom("\n", "x", "y"), maxLength: 20 });
    let mixable = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), piece)), (pieces) => {
        let out = "";
        const streams = ["a", "b"].map((name) => ({
          name,
          given: "",
          lines: wholeLines((bytes) => {
            out += bytes.toString().replaceAll(/[xy]/g, name);
          }),
        }));
        for (const [isSecond, text] of pieces) {
          const stream = streams[isSecond ? 1 : 0];
          if (stream) stream.given += text;
          stream?.lines.write(text);
        }
        for (const { lines } of streams) {
          lines.write("\n");
          lines.flush();
        }
        const all = out.split("\n");
        expect(all.filter((line) => line.includes("a") && line.includes("b"))).toStrictEqual([]);
        for (const { name, given } of streams) {
          const expected = given.replaceAll(/[xy]/g, name).split("\n").filter(Boolean);
          expect(all.filter((line) => line.includes(name))).toStrictEqual(expected);
        }
        if (pieces.some(([, text], i) => i % 2 === 0 && /[xy]$/.test(text))) mixable++;
      }),
    );
    expect(mixable).toBeGreaterThan(10);
  });
});
