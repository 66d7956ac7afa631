// The pictures in docs/pictures are what the code draws: `pnpm pictures` writes them again. Each stands on a page.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PICTURES } from "./pictures/pictures.js";

const root = new URL("../../../", import.meta.url);
const folder = fileURLToPath(new URL("docs/pictures", root));

const pages = [
  "README.md",
  ...readdirSync(new URL("docs", root)).map((name) => `docs/${name}`),
  ...readdirSync(new URL("packages", root)).map((name) => `packages/${name}/README.md`),
]
  .filter((name) => name.endsWith(".md") && existsSync(new URL(name, root)))
  .map((name) => readFileSync(new URL(name, root), "utf8"))
  .join("\n");

describe.each(Object.entries(PICTURES))("%s", (name, draw) => {
  it("is what the code draws (vitest run -u writes it)", async () => {
    const drawn = await draw();
    await expect(drawn).toMatchFileSnapshot(`${folder}/${name}.svg`);
    // Well-formed as far as a picture of ours can go wrong.
    expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("stands on a page", () => {
    expect(pages).toMatch(new RegExp(`!\\[[^\\]]+\\]\\([^)]*pictures/${name}\\.svg\\)`));
  });
});
