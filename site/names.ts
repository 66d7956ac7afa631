// The index by name: every public name of every package, made of the headings of the reference.

import { anchorsOf } from "./anchors.ts";

interface Entry {
  readonly name: string;
  readonly of: string;
  readonly anchor: string;
  /** The first sentence of its docstring. */
  readonly sentence: string;
}

/** The line below a heading that is prose, up to the end of its first sentence. */
function sentenceBelow(lines: readonly string[], at: number): string {
  const paragraph: string[] = [];
  for (const line of lines.slice(at + 1)) {
    if (line.trim() === "" && paragraph.length === 0) continue;
    if (line.trim() === "" || /^(#|```|\||- |\*\*\w+:\*\*)/.test(line)) break;
    paragraph.push(line.trim());
  }
  const text = paragraph.join(" ").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}

/** The names of one page of the reference. */
export function entriesOf(of: string, markdown: string): Entry[] {
  let isFenced = false;
  const lines = markdown.split("\n");
  const headings: { text: string; level: number; at: number }[] = [];
  lines.forEach((line, at) => {
    if (line.startsWith("```")) isFenced = !isFenced;
    const [, marks = "", text = ""] = /^(#{1,6})\s+(.*?)\s*$/.exec(line) ?? [];
    if (!isFenced && marks !== "") headings.push({ text, level: marks.length, at });
  });
  const anchors = anchorsOf(headings.map(({ text }) => text));
  return headings.flatMap(({ text, level, at }, index) =>
    level === 3
      ? [{ name: text, of, anchor: anchors[index] ?? "", sentence: sentenceBelow(lines, at) }]
      : [],
  );
}

/** The page: names by their first letter, upper and lower case together. */
export function namesPage(entries: readonly Entry[]): string {
  const sorted = entries.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  const lines = [
    "---\nsearch: false\n---", // all of it is in the reference, which is searched
    "# Index by name",
    "",
    `The ${entries.length} public names of all packages, with the first sentence of what the reference says.`,
  ];
  let letter = "";
  for (const { name, of, anchor, sentence } of sorted) {
    const first = (/[a-z]/i.exec(name)?.[0] ?? "#").toUpperCase();
    if (first !== letter) lines.push("", `## ${first}`, "");
    letter = first;
    lines.push(`- [\`${name}\`](${of}.md#${anchor}) of ${of}${sentence && `: ${sentence}`}`);
  }
  return `${lines.join("\n")}\n`;
}
