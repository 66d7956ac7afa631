// The links from pages into the playground lead to what stands beside them. `pnpm site:links` writes their addresses.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { policyFrom, toJson } from "@steadfast/spec";
import { expect, it } from "vitest";
import { readPage } from "../../../packages/conformance/test/docs/markdown.ts";
import { sceneIn } from "../../../site/playground/model/address.ts";
import { policyIn } from "../../../site/playground/model/policy-in.ts";
import { START } from "../../../site/playground/model/scene.ts";
import { moduleOf, valuesOf } from "./links/policies-of.ts";
import { areSame, documentOf, shortest } from "./links/shortest.ts";
import { linksIn, policiesOf, withLinks } from "./links/with-links.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** All packages are found from here. */
const FOLDER = `${ROOT}packages/conformance/node_modules`;

const pages = globSync(["README.md", "docs/*.md", "packages/*/README.md"], { cwd: ROOT })
  .sort()
  .map((path) => ({ path, text: readFileSync(ROOT + path, "utf8") }))
  .map((page) => ({ ...page, links: linksIn(page.path, page.text) }))
  .filter(({ links }) => links.length > 0);

it("there are such links", () => {
  expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(["docs/which-policy.md"]));
});

it.each(pages)("$path: each address is made of the policies that its words name", async (page) => {
  await expect(await withLinks(page.path, page.text, FOLDER)).toMatchFileSnapshot(ROOT + page.path);
});

it.each(pages)(
  "$path: what the playground reads of each address is these policies",
  async (page) => {
    for (const link of page.links) {
      const { scene = START, faults = ["no scene"] } = sceneIn(link.hash) ?? {};
      expect(faults).toEqual([]);
      const shown = [scene.a, ...(scene.b === null ? [] : [scene.b])];
      for (const document of shown) expect(policyIn(document).fault).toBe(null);
      const named = await policiesOf(link, readPage(page.path, page.text), FOLDER);
      expect(shown.map((one) => toJson(policyFrom(one)))).toEqual(named.map((one) => toJson(one)));
    }
  },
);

const PROGRAM = `
import { backoff } from "@steadfast/backoff";
import { giveUp, inTurn, type RestartPolicy } from "@steadfast/policy";
import { slidingWindow } from "@steadfast/sliding-window";
const { limit, windowMs } = { limit: 5, windowMs: 30_000 };
const delays: RestartPolicy = backoff({ initialMs: 500, jitter: "none" });
throw new Error("a program is not run");
const both = inTurn(delays, slidingWindow({ limit, windowMs }));
const limit = 6;
`;
const page = (words: string, hash: string) =>
  `# Page\n\n\`\`\`ts${PROGRAM}\`\`\`\n\nSee [${words}](playground.md${hash}).\n`;
const written = (words: string, hash: string) =>
  withLinks("docs/case.md", page(words, hash), FOLDER);
const hashIn = (text: string) => /playground\.md(#[^)]*)/.exec(text)?.[1] ?? "";

it("an address is made of the policies, and keeps the marks, the length and the seed", async () => {
  const text = await written("`both` or `giveUp(both)`", "#at=1s,2s:clean&for=10m&seed=7");
  const { scene, faults } = sceneIn(hashIn(text)) ?? {};
  expect(faults).toEqual([]);
  const both = {
    kind: "inTurn",
    members: [
      { kind: "backoff", options: { initialMs: "500ms", jitter: "none" } },
      { kind: "slidingWindow", options: { limit: 5, windowMs: "30s" } },
    ],
  };
  expect(scene).toEqual({
    a: both,
    b: { kind: "giveUp", members: [both] },
    marks: [
      { at: 1_000, kind: "crash" },
      { at: 2_000, kind: "clean" },
    ],
    forMs: 600_000,
    healthyAfterMs: null,
    seed: 7,
  });
  expect(await withLinks("docs/case.md", text, FOLDER)).toBe(text);
});

it("an address of another policy is not the one that it should be", async () => {
  const right = await written("`both`", "#at=1s");
  const wrong = right.replace("500ms", "501ms");
  expect(wrong).not.toBe(right);
  expect(await withLinks("docs/case.md", wrong, FOLDER)).toBe(right);
});

it.each([
  ["nothing", "#at=1s", "names one policy as code, or two"],
  ["`both`, `both`, `both`", "#at=1s", "names one policy as code, or two"],
  ["`both`", "#att=1s", 'docs/case.md:14: "att" is unknown'],
  ["`bot`", "#at=1s", "bot is not defined"],
])("a link of %s to %s is refused", async (words, hash, message) => {
  await expect(written(words, hash)).rejects.toThrow(message);
});

it("only what an expression needs is taken of a program", () => {
  const module = moduleOf(PROGRAM, ["delays"]);
  expect(module).not.toMatch(/sliding|throw|both|const limit/);
  expect(module).not.toContain("RestartPolicy =");
});

it("a name is the last of it before what uses it", async () => {
  const values = await valuesOf("const a = 1;\nconst b = a + 1;\nconst a = 5;\n", ["b"], FOLDER);
  expect(values).toEqual([2]);
});

it.each([
  [{ kind: "slidingWindow", options: { limit: 5, windowMs: 90_000, edge: "half-open" } }],
  [{ kind: "backoff", options: { curve: { kind: "table", options: { delaysMs: [0, 1_000] } } } }],
  [{ kind: "coarse", options: { unitMs: 1_000 }, members: ["5/30s"] }],
  [{ kind: "crashBudget" }],
])("the shortest document is the same policy: %j", (document) => {
  const whole = documentOf(policyFrom(document));
  const short = shortest(whole);
  expect(areSame(short, whole)).toBe(true);
  expect(JSON.stringify(short).length).toBeLessThan(JSON.stringify(whole).length);
});
