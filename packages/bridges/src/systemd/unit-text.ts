// The lines of a unit file: sections, settings, comments, continuations.
//
// - A line that ends with a backslash goes on in the next one, with a space between; comments in between are
//   skipped. A setting has the number of its first line.
// - Comments begin with # or ; at the beginning of a line.

import { dropped, type Finding } from "../imported.js";

/** One assignment. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly file?: string;
}

export interface UnitText {
  readonly settings: readonly Setting[];
  readonly report: readonly Finding[];
}

interface Logical {
  readonly text: string;
  readonly line: number;
}

const COMMENT = /^\s*[#;]/;

function logicalLines(text: string): readonly Logical[] {
  const lines: Logical[] = [];
  let open = null as Logical | null;
  for (const [i, physical] of text.split(/\r?\n/).entries()) {
    if (COMMENT.test(physical)) continue;
    const isOpen = physical.endsWith("\\");
    const piece = isOpen ? physical.slice(0, -1) : physical;
    const whole: Logical = open
      ? { text: `${open.text} ${piece.trim()}`, line: open.line }
      : { text: piece, line: i + 1 };
    open = isOpen ? whole : null;
    if (!isOpen) lines.push(whole);
  }
  return open ? [...lines, open] : lines;
}

/** Reads one file; `file` names it in findings, where there are several. */
export function unitText(text: string, file?: string): UnitText {
  const settings: Setting[] = [];
  const report: Finding[] = [];
  const place = file === undefined ? {} : { file };
  let section = "";
  for (const { text: whole, line } of logicalLines(text)) {
    const said = whole.trim();
    if (said === "") continue;
    const [, name] = /^\[(.+)\]$/.exec(said) ?? [];
    if (name !== undefined) {
      section = name;
      continue;
    }
    const at = said.indexOf("=");
    if (at <= 0 || section === "") {
      report.push({ ...dropped(said.slice(0, 60), "no setting"), line, ...place });
      continue;
    }
    const [key, value] = [said.slice(0, at).trim(), said.slice(at + 1).trim()];
    settings.push({ section, key, value, line, ...place });
  }
  return { settings, report };
}
