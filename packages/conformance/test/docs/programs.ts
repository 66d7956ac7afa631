// The programs of a page, put together from its code blocks.
//
// - A block in js, mjs or ts that imports something begins a program. One without imports goes on where
//   the block before it on the page stopped: it sees its names, and may declare them anew.
// - `no-run: why` behind the language leaves a block out; it needs a reason.
// - A block of nothing but types is a quotation (quotations.ts) and no part of a program.
// - `engines` leaves it to engines/test/readme.test.ts, where the libraries are that it imports.
// - `file: name` makes the block a file that lies beside the programs of its page.
// - A program that imports something which starts processes or threads, or listens to signals, is real. So is one
//   that imports vitest: it is a file of tests, and vitest runs it.
//
// The text of a program has each line where the page has it, so that what TypeScript and Node say about
// a line is said about the page.

import type { Block, Page } from "./markdown.js";
import { isQuotation } from "./quotations.js";

export interface Program {
  readonly page: string;
  /** The lines of the page at which its blocks begin. */
  readonly lines: readonly number[];
  /** Whether some of it is TypeScript. */
  readonly typed: boolean;
  /** Whether a line of the page belongs to a block in TypeScript. */
  isTyped(line: number): boolean;
  readonly real: boolean;
  readonly text: string;
  /** Files that lie beside it, by name. */
  readonly files: ReadonlyMap<string, string>;
}

export interface LeftOut {
  readonly page: string;
  readonly line: number;
  readonly why: string;
}

const TYPED: readonly string[] = ["ts", "mts", "typescript"];
const LANGUAGES: readonly string[] = ["js", "mjs", "javascript", ...TYPED];
const IMPORT = /^import\b/;
const REAL =
  /from "(?:@steadfast\/(?:child-process|worker-threads|supervisor\/node)|node:(?:child_process|worker_threads|cluster)|vitest")/;

/** Where a program runs: here, or where foreign libraries are installed. */
type Where = "run" | "engines";

export function programsOf(page: Page, where: Where = "run"): Program[] {
  const files = new Map<string, string>();
  const chains: Block[][] = [];
  for (const block of page.blocks.filter(({ language }) => LANGUAGES.includes(language))) {
    const { word, rest } = instruction(block);
    if (word === "file") files.set(rest, block.code.join("\n"));
    if (word !== where || isQuotation(block)) continue;
    const chain = chains.at(-1);
    if (chain && !block.code.some((line) => IMPORT.test(line))) chain.push(block);
    else chains.push([block]);
  }
  return chains.map((chain) => {
    const text = join(chain, page.lines);
    const typed = chain.filter(({ language }) => TYPED.includes(language));
    return {
      page: page.path,
      lines: chain.map(({ line }) => line),
      typed: typed.length > 0,
      isTyped: (at) => typed.some(({ line, code }) => at > line && at <= line + code.length),
      real: REAL.test(text),
      text,
      files,
    };
  });
}

export function leftOut(page: Page): LeftOut[] {
  return page.blocks.flatMap((block) => {
    const { word, rest } = instruction(block);
    return word === "no-run" ? [{ page: page.path, line: block.line, why: rest }] : [];
  });
}

function instruction({ info }: Block): { word: Where | "no-run" | "file"; rest: string } {
  const [, word, rest = ""] = /^(no-run|file):\s*(.*)$/.exec(info) ?? [];
  if (word === "no-run" || word === "file") return { word, rest };
  if (info === "") return { word: "run", rest };
  if (info === "engines") return { word: "engines", rest };
  throw new Error(`a code block says "${info}", which means nothing`);
}

/** Later blocks are scopes inside the earlier ones: braces stand on the lines of the fences. */
function join(chain: readonly Block[], length: number): string {
  const lines = new Array<string>(length).fill("");
  for (const [i, { line, code }] of chain.entries()) {
    code.forEach((text, offset) => {
      lines[line + offset] = text;
    });
    if (i > 0) lines[line - 1] = "{";
    if (i === chain.length - 1) lines[line + code.length] = "}".repeat(i);
  }
  return `${lines.join("\n")}\n`;
}
