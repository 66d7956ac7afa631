// docs/mutants.md: the survivors that somebody has looked at, each with the reason why no test can notice
// it. Below a heading with the name of a package, an item per survivor:
//
//   - `file.ts` Mutator: `original` → `replacement`
//     The reason, on as many lines as it takes.
//
// A survivor is found again by its file, its mutator and its code, not by its line. Of two that look the
// same, both are listed.

import type { Survivor } from "./mutants.ts";

export interface Listed extends Omit<Survivor, "line"> {
  readonly package: string;
  readonly reason: string;
}

export interface Difference {
  /** Survived, and not listed. */
  readonly unlisted: readonly Survivor[];
  /** Listed, and noticed by now, or gone. */
  readonly over: readonly Listed[];
}

const ITEM = /^- (`.*)$/;

/** Code spans of a line: between runs of backticks of one length. */
const SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g;

/** `code` between more backticks than it has in a row. */
function span(code: string): string {
  const runs = code.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  const pad = /^`|`$|^ .* $/.test(code) ? " " : "";
  return `${fence}${pad}${code}${pad}${fence}`;
}

function content(inner: string): string {
  return /^ .* $/.test(inner) ? inner.slice(1, -1) : inner;
}

/** The first line of a survivor's item, as it is to stand in docs/mutants.md. */
export function itemOf({ file, mutator, original, replacement }: Omit<Survivor, "line">): string {
  const after = replacement === "" ? "nothing" : span(replacement);
  return `- ${span(file)} ${mutator}: ${span(original)} → ${after}`;
}

function readItem(line: string, reason: string, name: string): Listed {
  const [file, original, replacement = ""] = [...line.matchAll(SPAN)].map(([, , inner = ""]) =>
    content(inner),
  );
  const mutator = /^- `[^`]+` (\w+):/.exec(line)?.[1];
  if (file === undefined || original === undefined || mutator === undefined) {
    throw new Error(`docs/mutants.md: "${line}" is no survivor`);
  }
  if (reason === "") throw new Error(`docs/mutants.md: no reason is given for "${line}"`);
  return { package: name, file, mutator, original, replacement, reason };
}

/** Every item of docs/mutants.md. */
export function readListed(text: string): Listed[] {
  return text.split(/^## /m).flatMap((section) => {
    const name = section.split("\n", 1)[0]?.trim() ?? "";
    const [, ...items] = section.split(/^(?=- `)/m);
    return items.map((item) => {
      const [first = "", ...rest] = item.split("\n\n", 1)[0]?.split("\n") ?? [];
      const reason = rest.map((line) => line.trim()).join(" ");
      return readItem(ITEM.exec(first)?.[0] ?? first, reason.trim(), name);
    });
  });
}

/** What a package's survivors and what is listed for it have not in common. */
export function compare(survivors: readonly Survivor[], listed: readonly Listed[]): Difference {
  const over = [...listed];
  const unlisted = survivors.filter((survivor) => {
    const at = over.findIndex((one) => itemOf(one) === itemOf(survivor));
    if (at >= 0) over.splice(at, 1);
    return at < 0;
  });
  return { unlisted, over };
}
