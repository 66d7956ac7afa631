// Where a public name, or a field of one, is written down: file and line, for what is said about it.

import { declaration, declaring, type Source } from "./sources.ts";

/** A name of an entry, such as `backoff` or `BackoffState`, and a field such as `[exited].exit`. */
export interface Named {
  readonly name: string;
  readonly member?: string;
}

/** `packages/backoff/src/backoff.ts:12`; null if no source declares the name (it is exported under another). */
export function placeOf({ name, member }: Named, sources: readonly Source[]): string | null {
  const source =
    declaring(sources, name) ?? sources.find(({ text }) => declaration(name, true).test(text));
  if (source === undefined) return null;
  const { path, text } = source;
  const start = text.search(declaration(name, true));
  const at = member === undefined ? start : memberAt(member, start, text);
  return `${path}:${text.slice(0, at).split("\n").length}`;
}

/** The field after the declaration, and after the word that tells its case; the declaration if it is not found. */
function memberAt(member: string, start: number, text: string): number {
  const [, kind, field] = /^(?:\[([^\]]*)\]\.)?(.*)$/.exec(member) ?? [];
  const [first = ""] = kind?.split(" | ") ?? [];
  const from = kind === undefined ? start : Math.max(text.indexOf(`"${first}"`, start), start);
  const line = new RegExp(
    `[{;\\s](?:readonly |get )?${field?.replaceAll(/\W/g, "\\$&")}[?]?[:(<]`,
    "g",
  );
  line.lastIndex = from;
  const found = line.exec(text);
  return found === null ? start : found.index + 1;
}
