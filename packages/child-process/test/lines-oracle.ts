// The dumb twin of both that make lines: the whole text at once. And texts to cut into pieces.

import fc from "fast-check";

/** Lines end at \n, \r\n and \r; a \r at the beginning of a line is nothing; the end of a long line is kept. */
export function oracle(text: string, length: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\n" || (char === "\r" && line !== "")) {
      lines.push(line);
      line = "";
      if (char === "\r" && text[i + 1] === "\n") i++;
    } else if (char !== "\r") line += char;
  }
  if (line !== "") lines.push(line);
  return lines.map((one) => {
    const end = one.slice(Math.max(0, one.length - length));
    const first = end.charCodeAt(0);
    return end.length < one.length && first >= 0xdc00 && first <= 0xdfff ? end.slice(1) : end;
  });
}

/** Texts with line ends of all kinds, characters of all lengths, and lines about as long as `full`. */
export function text(full: string): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom("\n", "\r\n", "\r", "", "é", "😀", "日本", "\r\r\n", full, full.slice(1)),
    fc.constant("😀".repeat(full.length / 2 + 1)),
    fc.string({ unit: "grapheme" }),
  );
  return fc.array(part).map((parts) => parts.join(""));
}

/** Cuts bytes at any places. */
export function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
    (one, other) => one - other,
  );
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i]));
}
