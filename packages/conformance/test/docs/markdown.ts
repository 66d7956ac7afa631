// What a Markdown page consists of, as far as the tests of the documentation ask: fenced code blocks,
// headings and links. Lines are counted from 1.

/** A fenced block. */
export interface Block {
  /** The line of the opening fence. */
  readonly line: number;
  /** The first word after the fence, such as `ts`. */
  readonly language: string;
  /** What follows it. */
  readonly info: string;
  readonly code: readonly string[];
}

export interface Link {
  readonly line: number;
  readonly target: string;
}

export interface Page {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly lines: number;
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** Names used in `[text][name]`, and names given by `[name]: target`. */
  readonly references: readonly Link[];
  readonly definitions: ReadonlySet<string>;
  /** What may stand behind a `#`. */
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^\s*(`{3,}|~{3,})\s*(\S*)\s*(.*?)\s*$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*\s*$/;
const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;
const DEFINITION = /^\s*\[([^\]]+)\]:\s+<?(\S+?)>?\s*$/;
const REFERENCE = /\]\[([^\]]+)\]/g;

export function readPage(path: string, text: string): Page {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  const links: Link[] = [];
  const references: Link[] = [];
  const definitions = new Set<string>();
  const headings: string[] = [];
  let open: { fence: string; block: Block & { code: string[] } } | null = null;

  lines.forEach((text, i) => {
    const line = i + 1;
    const [, fence = "", language = "", info = ""] = FENCE.exec(text) ?? [];
    if (open) {
      const closes = fence.startsWith(open.fence) && language === "";
      if (!closes) open.block.code.push(text);
      else open = null;
    } else if (fence !== "") {
      const block = { line, language, info, code: [] };
      blocks.push(block);
      open = { fence, block };
    } else {
      const [, heading] = HEADING.exec(text) ?? [];
      if (heading !== undefined) headings.push(heading);
      const prose = text.replaceAll(/`[^`]*`/g, "`");
      for (const [, target = ""] of prose.matchAll(LINK)) links.push({ line, target });
      for (const [, target = ""] of prose.matchAll(REFERENCE)) references.push({ line, target });
      const [, name = "", target] = DEFINITION.exec(prose) ?? [];
      if (target !== undefined) {
        definitions.add(name);
        links.push({ line, target });
      }
    }
  });
  if (open) throw new Error(`${path}: a code block is not closed`);
  const anchors = anchorsOf(headings);
  return { path, lines: lines.length, blocks, links, references, definitions, anchors };
}

/** The anchors that GitHub gives to headings: two of one name get a number. */
function anchorsOf(headings: readonly string[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const heading of headings) {
    const name = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-");
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    anchors.add(count === 0 ? name : `${name}-${count}`);
  }
  return anchors;
}
