// What all pictures share: the frame, the colours, and a few shapes. Colours follow the page, light or dark; each meaning
// has a place or a shape as well, for those who see no colours.

const STYLE = `
svg { color: #1f2328; --soft: #656d76; --line: #d0d7de; --up: #2da44e; --wait: #bf8700; --fail: #cf222e; --other: #0969da; --fill: #f6f8fa }
@media (prefers-color-scheme: dark) {
  svg { color: #e6edf3; --soft: #9198a1; --line: #3d444d; --up: #3fb950; --wait: #d29922; --fail: #f85149; --other: #58a6ff; --fill: #151b23 }
}
text { font: 13px system-ui, sans-serif; fill: currentColor }
.soft { fill: var(--soft) } .strong { font-weight: 600 } .small { font-size: 11px }
.mono { font: 12px ui-monospace, monospace }
.line { stroke: var(--line); fill: none } .box { stroke: var(--line); fill: var(--fill) }
.up { fill: var(--up) } .wait { fill: var(--wait) } .fail { fill: var(--fill); stroke: var(--fail); stroke-width: 2 }
.edge { stroke: var(--soft); fill: none; stroke-width: 1.2 } .mark { stroke: var(--fail); stroke-width: 2 }
.one { stroke: var(--other); fill: none; stroke-width: 1.8 } .two { stroke: var(--wait); fill: none; stroke-width: 1.8 }
.three { stroke: var(--up); fill: none; stroke-width: 1.8 } .four { stroke: var(--fail); fill: none; stroke-width: 1.8 }
.band { fill: var(--other); opacity: 0.25 }
`;

/** A whole picture. The title is what a screen reader says. */
export function picture(width: number, height: number, title: string, parts: readonly string[]) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

export interface TextStyle {
  readonly as?: string;
  readonly anchor?: "start" | "middle" | "end";
}

export function text(x: number, y: number, words: string, { as, anchor }: TextStyle = {}): string {
  const style = as === undefined ? "" : ` class="${as}"`;
  const at = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}"${style}${at}>${escaped(words)}</text>`;
}

export function rect(x: number, y: number, width: number, height: number, as: string, round_ = 0) {
  const corner = round_ > 0 ? ` rx="${round_}"` : "";
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0.5, width))}" height="${round(height)}" class="${as}"${corner}/>`;
}

export function path(d: string, as: string): string {
  return `<path d="${d}" class="${as}"/>`;
}

/** A path through points. */
export function through(points: readonly (readonly [x: number, y: number])[], as: string): string {
  return path(
    points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join(""),
    as,
  );
}

/** A cross of two strokes: something failed, or was refused. */
export function cross(x: number, y: number, size = 5): string {
  const [l, r, t, b] = [x - size, x + size, y - size, y + size].map(round);
  return path(`M${l} ${t}L${r} ${b}M${r} ${t}L${l} ${b}`, "mark");
}

/** An axis of time below a picture, with marks at some instants. */
export function timeAxis(
  y: number,
  from: number,
  to: number,
  marks: readonly (readonly [x: number, words: string])[],
): string {
  const ticks = marks.map(([x, words]) => {
    const tick = path(`M${round(x)} ${round(y)}v5`, "line");
    return tick + text(x, y + 19, words, { as: "soft small", anchor: "middle" });
  });
  return [path(`M${round(from)} ${round(y)}H${round(to)}`, "line"), ...ticks].join("\n");
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
