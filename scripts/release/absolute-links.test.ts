// Links of a README in a tarball: one row per kind of link, in and out.

import { expect, test } from "vitest";
import { withAbsoluteLinks } from "./absolute-links.ts";

const at = "https://example.org/s";
const place = { folder: "packages/backoff", repository: at };

test.each<[string, string, string]>([
  ["a neighbour", "[p](../policy/README.md)", `[p](${at}/blob/main/packages/policy/README.md)`],
  ["below", "[e](examples/a.mjs)", `[e](${at}/blob/main/packages/backoff/examples/a.mjs)`],
  ["above, with a place", "[d](../../docs/a.md#b)", `[d](${at}/blob/main/docs/a.md#b)`],
  ["not out of the repository", "[d](../../../a.md)", `[d](${at}/blob/main/a.md)`],
  ["a title", '[d](./a.md "say")', `[d](${at}/blob/main/packages/backoff/a.md "say")`],
  ["code in its words", "[`a.md`](a.md)", `[\`a.md\`](${at}/blob/main/packages/backoff/a.md)`],
  [
    "two in a line",
    "[a](a) [b](b)",
    ["a", "b"].map((x) => `[${x}](${at}/blob/main/packages/backoff/${x})`).join(" "),
  ],
  ["an image", "![a](a.svg)", `![a](${at}/raw/main/packages/backoff/a.svg)`],
  [
    "an image that is a link",
    "[![a](a.svg)](b.md)",
    `[![a](${at}/raw/main/packages/backoff/a.svg)](${at}/blob/main/packages/backoff/b.md)`,
  ],
  ["a definition", "[a]: b.md", `[a]: ${at}/blob/main/packages/backoff/b.md`],
  ["an attribute", '<img src="a.svg">', `<img src="${at}/raw/main/packages/backoff/a.svg">`],
])("%s becomes absolute", (_, from, to) => {
  expect(withAbsoluteLinks(from, place)).toBe(to);
});

test.each<[string, string]>([
  ["a scheme", "[a](https://a.example/b.md) [m](mailto:a@b.example)"],
  ["a host", "[a](//a.example/b)"],
  ["a place of the page", "[a](#b)"],
  ["inline code", "`[a](b.md)` and ``[`a`](b)``"],
  ["a fence", "```md\n[a](b.md)\n```"],
  ["a longer fence", "````md\n```\n[a](b.md)\n```\n[a](c.md)\n````"],
  ["an array and a call", "steps[0](x y) is code"],
])("%s stays", (_, text) => {
  expect(withAbsoluteLinks(text, place)).toBe(text);
});

test("a second time changes nothing", () => {
  const once = withAbsoluteLinks("[p](../policy/README.md) ![a](a.svg)", place);
  expect(withAbsoluteLinks(once, place)).toBe(once);
});
