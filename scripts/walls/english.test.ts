// Wall 9 shown red: words that are not plain English. Where they are looked for, one row per place; every
// entry of the list with a text that it finds; and plain texts that it must not find.

import { describe, expect, test } from "vitest";
import { BANNED } from "./english-words.ts";
import { type Changes, found, source } from "./green-repo.ts";

const FOREVER = 'english: "for ever": write forever';

/** What this wall says of a page. */
function said(text: string): string[] {
  return found({ "docs/page.md": text }).map((finding) => finding.replace(/^docs\/page\.md:/, ""));
}

describe("9 english: where", () => {
  test.each<[string, Changes, string]>([
    ["a page", { "docs/page.md": "Good.\n\nIt runs for ever.\n" }, `docs/page.md:3 ${FOREVER}`],
    ["a page at the root", { "PAGE.md": "It runs for ever." }, `PAGE.md:1 ${FOREVER}`],
    ["code in a page", { "a.md": "```ts\n// for ever\n```" }, `a.md:2 ${FOREVER}`],
    [
      "a phrase over two lines",
      { "a.md": "It runs for\never." },
      'a.md:1 english: "for ever": write forever',
    ],
    ["a quotation over two lines", { "a.md": "> It runs for\n> ever." }, `a.md:1 ${FOREVER}`],
    [
      "a line comment",
      source("backoff", "export {};\n// It runs for ever."),
      `packages/backoff/src/extra.ts:2 ${FOREVER}`,
    ],
    [
      "two line comments",
      source("backoff", "// It runs for\n// ever.\nexport {};"),
      `packages/backoff/src/extra.ts:1 ${FOREVER}`,
    ],
    [
      "a docstring",
      source("backoff", "/**\n * It runs for\n * ever.\n */\nexport const a = 1;"),
      `packages/backoff/src/extra.ts:2 ${FOREVER}`,
    ],
    [
      "a comment at the end of a line",
      source("backoff", "export const a = 1; // for ever"),
      `packages/backoff/src/extra.ts:1 ${FOREVER}`,
    ],
    [
      "a comment in an empty function",
      source("backoff", "export const a = () => {\n  // for ever\n};"),
      `packages/backoff/src/extra.ts:2 ${FOREVER}`,
    ],
    [
      "a text",
      source("backoff", 'export const a = "It runs for ever.";'),
      `packages/backoff/src/extra.ts:1 ${FOREVER}`,
    ],
    [
      "the parts of a template",
      source("backoff", `export const a = (b: string) => \`\${b} runs for ever, \${b}\`;`),
      `packages/backoff/src/extra.ts:1 ${FOREVER}`,
    ],
    ["a script", { "scripts/a.ts": "// for ever" }, `scripts/a.ts:1 ${FOREVER}`],
    ["shared settings", { "config/a.ts": "// for ever" }, `config/a.ts:1 ${FOREVER}`],
    [
      "an example",
      { "packages/backoff/examples/a.mjs": "// for ever" },
      `packages/backoff/examples/a.mjs:1 ${FOREVER}`,
    ],
    [
      "a description",
      { "package.json": '{ "description": "runs for ever" }' },
      `package.json:1 ${FOREVER}`,
    ],
  ])("%s", (_place, changes, expected) => {
    expect(found(changes)).toEqual([expected]);
  });

  test.each<[string, Changes]>([
    ["code between two texts", source("backoff", 'export const a = ["for", "ever"];')],
    ["a name in code", source("backoff", "export const mend = 1;")],
    ["a code span in a page", { "a.md": "The field `mend` is called `fix`." }],
    ["a code span in a comment", source("backoff", "// The field `mend`.\nexport {};")],
    ["a test", { "packages/backoff/test/a.test.ts": "// for ever" }],
    ["the test of a script", { "scripts/a.test.ts": "// for ever" }],
    ["the API reference", { "docs/api/backoff.md": "for ever" }],
    ["the snapshot of a surface", { "packages/backoff/api.md": "for ever" }],
    ["the error catalogue", { "docs/errors.md": "for ever" }],
    ["a changelog", { "packages/backoff/CHANGELOG.md": "for ever" }],
  ])("green: %s", (_place, changes) => {
    expect(found(changes)).toEqual([]);
  });
});

describe("9 english: what", () => {
  const TEXTS = [
    "mended",
    "Whoever",
    "for ever",
    "if it shall be",
    "ought",
    "upon",
    "begins anew",
    "afresh",
    "thrice",
    "nought",
    "whilst",
    "lest",
    "henceforth",
    "whereupon",
    "whence",
    "deemed",
    "heeded",
    "as of old, it waits",
    "for want of room",
    "in vain",
    "by turns",
    "means ill",
    "The child is never told.",
    "which tells of it",
    "what it throws is thrown on",
    "sees to that",
    "a claim that is never come by",
    "may come to nothing",
    "put right",
    "no harm: who comes too early waits",
    "is let through unasked",
    "both in one breath",
    "six at a stroke",
    "follows at its heels",
    "at the door",
    "an instant in disguise",
    "is yours to hand out",
    "a dumb twin",
    "a stranger",
    "under fire",
    "all but for one",
    "as good as false",
    "for all else",
  ];

  test("every entry finds a text, and the text of no other entry", () => {
    expect(TEXTS).toHaveLength(BANNED.length);
    for (const [index, text] of TEXTS.entries()) {
      const [finding = "nothing", ...more] = said(text);
      expect([text, finding]).toEqual([
        text,
        expect.stringContaining(`write ${BANNED[index]?.instead}`),
      ]);
      expect(more).toEqual([]);
    }
  });

  test.each([
    "Nobody asks, somebody waits, and everybody who asks is answered.",
    "However often it fails, whatever it says, forever means without an end.",
    "The two can be told apart. The supervisor tells the child.",
    "A child that is gone, and who is asked? Who throws what.",
    "There, here and where; therefore; whether; thorough; thought; brought; bought.",
    'A child that is gone | who is signalled. The terminal is "dumb". Two MB of old generation.',
    "It depends on the door of the cell, the host, and the breadth of the tree.",
    "At the latest; latest; listen; recommend; amended; commendable; folded; a hold.",
    "No less than that, but for a child that failed it waits.".replace("but for", "and for"),
    "It comes back, and comes after the exit. Nothing else; somebody else.",
  ])("plain: %s", (text) => {
    expect(said(text)).toEqual([]);
  });
});
