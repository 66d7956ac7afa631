// Wall 9: what people read is plain technical English. The words in `english-words.ts` do not stand in pages
// (*.md), comments, docstrings or texts (string literals) of sources, examples and scripts, nor in a package.json.
// `Code spans` are left out, since they quote names; so are tests, and what is generated from sources.

import ts from "typescript";
import { BANNED, type Banned } from "./english-words.ts";
import type { Finding } from "./finding.ts";
import type { Repo } from "./repo.ts";

const RULE = "english";

const PAGE = /(?:\.md|(?:^|\/)package\.json)$/;
const SOURCE = /^(?:(?:packages|apps)\/[^/]+\/(?:src|examples)|scripts|config)\/.*\.[cm]?[jt]sx?$/;
const LEFT_OUT = [
  /^docs\/api\//,
  /^docs\/errors\.md$/,
  /\/api\.md$/,
  /(?:^|\/)CHANGELOG\.md$/,
  /\.test\.ts$/,
  /^scripts\/walls\/english-words\.ts$/,
];

const BLANK = /[^\s]/g;
/** What begins a line of a comment or of a quotation, and is no part of the sentence. */
const LEADER = /(?<=^|\n)[ \t]*(?:\/\*\*?|\*\/|\*|\/\/+|>)/g;
const CODE_SPAN = /(?<!`)`[^`\n]+`(?!`)/g;

/** The same text with something else in the place of some parts: every position stays what it was. */
function covered(text: string, parts: RegExp, by: string): string {
  return text.replaceAll(parts, (part) => part.replaceAll(BLANK, by));
}

function prose(text: string): string {
  return covered(covered(text, LEADER, " "), CODE_SPAN, "_");
}

/** Where the comments and the texts of a source are. */
function spokenRanges(file: ts.SourceFile): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  const scan = (node: ts.Node): void => {
    const { text } = file;
    for (const comment of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ]) {
      ranges.push([comment.pos, comment.end]);
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      ranges.push([node.getStart(file) + 1, node.end - 1]); // without what encloses it
    }
    for (const child of node.getChildren(file)) scan(child);
  };
  scan(file);
  return ranges;
}

/** What is not comment or text becomes code, which ends every phrase. */
function spoken(path: string, text: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, false);
  const parts = text.replaceAll(BLANK, "\0").split("");
  for (const [from, to] of spokenRanges(file)) {
    for (let at = from; at < to; at++) parts[at] = text[at] ?? "";
  }
  return parts.join("");
}

function expression({ pattern }: Banned): RegExp {
  return new RegExp(pattern.replaceAll(" ", "\\s+"), "gi");
}

const WORDS = BANNED.map((banned) => ({ ...banned, expression: expression(banned) }));

/** Every banned word in a text, at its position. */
function checkText(file: string, text: string): Finding[] {
  return WORDS.flatMap(({ expression, instead }) =>
    [...text.matchAll(expression)].map(({ 0: word, index }) => ({
      file,
      line: text.slice(0, index).split("\n").length,
      rule: RULE,
      message: `"${word.replaceAll(/\s+/g, " ")}": write ${instead}`,
    })),
  );
}

export function checkEnglish(repo: Repo): Finding[] {
  return [...repo].flatMap(([path, text]) => {
    if (LEFT_OUT.some((pattern) => pattern.test(path))) return [];
    if (PAGE.test(path)) return checkText(path, prose(text));
    return SOURCE.test(path) ? checkText(path, prose(spoken(path, text))) : [];
  });
}
