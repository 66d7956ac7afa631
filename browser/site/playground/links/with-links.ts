// The links from pages into the playground. Their words name one policy, or two to compare, as code: expressions of the program on
// the page, at the code block before the link. The address is made of what these are, and of the marks that stand in it:
//
//   [`usual`](playground.md#at=1s,2s)            becomes
//   [`usual`](playground.md#a=%7B%22kind...&at=1s,2s&for=1m&seed=1)

import { dirname, join, normalize } from "node:path";
import type { RestartPolicy } from "@steadfast/policy";
import { type Page, readPage } from "../../../../packages/conformance/test/docs/markdown.ts";
import { programsOf } from "../../../../packages/conformance/test/docs/programs.ts";
import { addressOf, sceneIn } from "../../../../site/playground/model/address.ts";
import { valuesOf } from "./policies-of.ts";
import { documentOf, shortest } from "./shortest.ts";

const PLAYGROUND = "docs/playground.md";
const LINK = /\[([^\]]*)\]\(([^\s()#]*)(#[^\s()]*=[^\s()]*)\)/g;

export interface PlaygroundLink {
  readonly page: string;
  /** From 1. */
  readonly line: number;
  /** What its words name as code. */
  readonly expressions: readonly string[];
  readonly hash: string;
}

export function linksIn(path: string, text: string): readonly PlaygroundLink[] {
  const { blocks } = readPage(path, text);
  const isCode = (line: number) =>
    blocks.some((block) => line >= block.line && line <= block.line + block.code.length + 1);
  return text.split("\n").flatMap((one, i) => {
    const links = isCode(i + 1) ? [] : [...one.matchAll(LINK)];
    return links.flatMap(([, words = "", target = "", hash = ""]) => {
      if (normalize(join(dirname(path), target)) !== PLAYGROUND) return [];
      const expressions = [...words.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
      return [{ page: path, line: i + 1, expressions, hash }];
    });
  });
}

/** The program in the middle of which a link stands, up to there. */
function programBefore(page: Page, line: number): string {
  const program = programsOf(page).findLast(({ lines: [first = 0] }) => first < line);
  if (program === undefined) throw new Error(`${page.path}:${line}: no program before this link`);
  const blocks = page.blocks.filter((block) => program.lines.includes(block.line));
  return blocks.flatMap((block) => (block.line < line ? block.code : [])).join("\n");
}

/** The policies that a link names. */
export async function policiesOf(
  { expressions, line }: PlaygroundLink,
  page: Page,
  folder: string,
): Promise<readonly RestartPolicy[]> {
  const values = await valuesOf(programBefore(page, line), expressions, folder);
  return values as readonly RestartPolicy[];
}

/** The address that a link should have. */
async function addressFor(link: PlaygroundLink, page: Page, folder: string): Promise<string> {
  const { expressions, hash, line } = link;
  const place = `${page.path}:${line}`;
  const { scene, faults } = sceneIn(hash) ?? { scene: null, faults: ["no scene"] };
  if (scene === null || faults.length > 0) throw new Error(`${place}: ${faults.join(" ")}`);
  if (expressions.length < 1 || expressions.length > 2) {
    throw new Error(`${place}: a link into the playground names one policy as code, or two`);
  }
  const policies = await policiesOf(link, page, folder);
  const [a = null, b = null] = policies.map((policy) => shortest(documentOf(policy)));
  return addressOf({ ...scene, a, b });
}

/** The page with the addresses that its links should have. */
export async function withLinks(path: string, text: string, folder: string): Promise<string> {
  const page = readPage(path, text);
  const lines = text.split("\n");
  for (const link of linksIn(path, text)) {
    const address = await addressFor(link, page, folder);
    const at = link.line - 1;
    lines[at] = (lines[at] ?? "").replace(link.hash, () => address);
  }
  return lines.join("\n");
}
