// A screen as a picture: what is in each cell, in its colour, on a page that may be light or dark.

import type { Terminal as Screen } from "@xterm/headless";

const [CELL, LINE, MARGIN] = [8.1, 19, 16];

const STYLE = `
svg { --paper: #f6f8fa; --ink: #1f2328; --dim: #656d76; --red: #cf222e; --green: #1a7f37; --yellow: #9a6700; --blue: #0969da; --cyan: #1b7c83 }
@media (prefers-color-scheme: dark) {
  svg { --paper: #0d1117; --ink: #e6edf3; --dim: #9198a1; --red: #ff7b72; --green: #3fb950; --yellow: #d29922; --blue: #58a6ff; --cyan: #39c5cf }
}
rect { fill: var(--paper) } text { font: 13.5px ui-monospace, "DejaVu Sans Mono", Menlo, monospace; fill: var(--ink); white-space: pre }
.dim { fill: var(--dim) } .bold { font-weight: 700 }
.red { fill: var(--red) } .green { fill: var(--green) } .yellow { fill: var(--yellow) } .blue { fill: var(--blue) } .cyan { fill: var(--cyan) }
`;

const COLOURS = ["", "red", "green", "yellow", "blue", "", "cyan"];

interface Run {
  readonly column: number;
  readonly look: string;
  text: string;
}

/** The lines that are on a screen now, as far as something stands there. */
export function screenSvg(screen: Screen, title: string): string {
  const { active } = screen.buffer;
  const lines: Run[][] = [];
  for (let y = active.baseY; y < active.length; y++) lines.push(runsOf(screen, y));
  while (lines.at(-1)?.every(({ text }) => text.trim() === "")) lines.pop();
  const width = Math.ceil(screen.cols * CELL + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.flatMap((runs, y) =>
    runs
      .filter(({ text }) => text.trim() !== "")
      .map(({ column, look, text }) => textAt(column, y, look, text)),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" rx="8"/>`,
    ...texts,
    "</svg>",
    "",
  ].join("\n");
}

/** Neighbours that look alike are one. */
function runsOf(screen: Screen, y: number): Run[] {
  const line = screen.buffer.active.getLine(y);
  const runs: Run[] = [];
  for (let x = 0; x < screen.cols; x++) {
    const cell = line?.getCell(x);
    if (!cell || cell.getWidth() === 0) continue;
    const colour = cell.isFgPalette() ? (COLOURS[cell.getFgColor() % 8] ?? "") : "";
    const look = [colour, cell.isDim() ? "dim" : "", cell.isBold() ? "bold" : ""]
      .filter((one) => one !== "")
      .join(" ");
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    if (last && last.look === look) last.text += text;
    else runs.push({ column: x, look, text });
  }
  return runs;
}

function textAt(column: number, row: number, look: string, text: string): string {
  const blanks = text.length - text.trimStart().length;
  const x = (MARGIN + (column + blanks) * CELL).toFixed(1);
  const y = MARGIN + (row + 1) * LINE - 5;
  const words = text.trim();
  const as = look === "" ? "" : ` class="${look}"`;
  const long = (words.length * CELL).toFixed(1);
  return `<text x="${x}" y="${y}" textLength="${long}"${as}>${escaped(words)}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
