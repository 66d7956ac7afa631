// supervisord's configuration files: Python's ini format.
//
// - A comment begins with # or ; at the beginning of a line, or with either that has a blank before it, as under Python 3.
// - A section that is there again goes on, and of a value that is there twice the last one holds.
// - An indented line goes on with the value above it.

/** One value, with the line on which it begins. */
export interface Entry {
  readonly value: string;
  readonly line: number;
}

/** One section: its name, its line, its values by lower-case key. */
export interface IniSection {
  readonly name: string;
  readonly line: number;
  readonly entries: ReadonlyMap<string, Entry>;
}

type Section = IniSection & { readonly entries: Map<string, Entry> };

/** The sections, and the lines that are neither a section nor a value. */
export function iniSections(text: string): {
  readonly sections: readonly IniSection[];
  readonly strays: readonly Entry[];
} {
  const sections: Section[] = [];
  let current = null as Section | null;
  const strays: Entry[] = [];
  let key: string | null = null;
  for (const [i, whole] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = i + 1;
    if (/^\s*[#;]/.test(whole)) continue;
    const said = whole.replace(/\s[;#].*$/, "").trimEnd();
    if (said.trim() === "") continue;
    const section: Section | null = current;
    const [, name] = /^\[(.+)\]$/.exec(said) ?? [];
    const [, own, value = ""] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(said) ?? [];
    if (name !== undefined) {
      const before = sections.find((one) => one.name === name);
      current = before ?? { name, line, entries: new Map() };
      if (before === undefined) sections.push(current);
      key = null;
    } else if (/^\s/.test(said) && key !== null && section) {
      const above = section.entries.get(key) as Entry;
      section.entries.set(key, { ...above, value: `${above.value}\n${said.trim()}`.trim() });
    } else if (own !== undefined && section) {
      key = own.toLowerCase();
      section.entries.set(key, { value, line });
    } else {
      strays.push({ value: said.trim(), line });
    }
  }
  return { sections, strays };
}
