// A docstring as text: what it says, and its tags.

import ts from "typescript";

export interface Docstring {
  /** Everything before the first tag. */
  readonly text: string;
  /** The text of each tag, by name without the `@`. A tag may come several times. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

/** Reads a comment as it stands in the source, `/**` and all. A tag begins a line. */
export function readDocstring(comment: string): Docstring {
  const lines = comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const parts: { tag: string; lines: string[] }[] = [{ tag: "", lines: [] }];
  for (const line of lines) {
    const [, tag, rest = ""] = /^\s*@([a-zA-Z]+)\s?(.*)$/.exec(line) ?? [];
    if (tag === undefined) parts.at(-1)?.lines.push(line);
    else parts.push({ tag, lines: [rest] });
  }
  const tags = new Map<string, string[]>();
  for (const { tag, lines } of parts.slice(1)) {
    tags.set(tag, [...(tags.get(tag) ?? []), trimmed(lines)]);
  }
  return { text: trimmed(parts[0]?.lines ?? []), tags };
}

/** The docstring right before a declaration or a member; null where there is none. */
export function docstringOf(node: ts.Node): Docstring | null {
  // A `const` carries it on its statement.
  const carrier = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const doc = ts.getJSDocCommentsAndTags(carrier).findLast(ts.isJSDoc);
  return doc === undefined ? null : readDocstring(doc.getText());
}

/** Without empty lines at either end, without spaces around. */
function trimmed(lines: readonly string[]): string {
  return lines
    .join("\n")
    .replace(/^\s*\n/, "")
    .trim();
}
