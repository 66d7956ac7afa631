// The site: the pages that `write-pages.ts` has written, search in the page itself, and nothing from anywhere else.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type DefaultTheme, defineConfig } from "vitepress";
import { anchorOf } from "../anchors.ts";
import { addressOf, type Group, NAMES, navigation, ROOT } from "../navigation.ts";
import { referenceSidebars } from "../reference-sidebar.ts";
import { searchText } from "../search-text.ts";

const JSX = 'import { Fragment, h } from "vue"';

const linkOf = (file: string) => addressOf(file).replace(/(index)?\.md$/, "");

/** What stands in the side bar: the title of the page, without the scope of a package. */
function titleOf(file: string): string {
  const page = join(ROOT, "site/dist/pages", addressOf(file));
  const title = /^# (.*)$/m.exec(readFileSync(page, "utf8"))?.[1] ?? basename(file, ".md");
  return title.replace(/^@steadfast\//, "").replaceAll("`", "");
}

/** A group of one page is that page. None can be closed: the theme would put a button into a button. */
function groupOf({ title, files }: Group): DefaultTheme.SidebarItem {
  const [only = "", ...others] = files;
  if (others.length === 0) return { text: title, link: linkOf(only) };
  return { text: title, items: files.map((file) => ({ text: titleOf(file), link: linkOf(file) })) };
}

const groups = navigation();
const NO_GROUP: Group = { title: "Reference", files: [NAMES] };

export default defineConfig({
  title: "Steadfast",
  description: "Restart and supervision policies as pure values, and what carries them out.",
  lang: "en",
  srcDir: "dist/pages",
  outDir: "dist/www",
  cacheDir: "dist/cache",
  metaChunk: true, // the side bars once, not in each of several hundred pages
  head: [["link", { rel: "icon", href: "data:," }]],
  vite: {
    build: { target: "es2022", chunkSizeWarningLimit: 4_000 }, // the index of the search is one file, loaded when it is opened
    esbuild: { jsxFactory: "h", jsxFragment: "Fragment", jsxInject: JSX }, // the playground
  },
  transformPageData({ relativePath }) {
    if (relativePath !== "playground.md") return;
    return { frontmatter: { aside: false, sidebar: false, pageClass: "playground-page" } };
  },
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    anchor: { slugify: anchorOf },
    toc: { slugify: anchorOf },
    config(md) {
      const fence = md.renderer.rules.fence;
      md.renderer.rules.fence = (tokens, index, ...rest) => {
        const name = /\bfile: (\S+)/.exec(tokens[index]?.info ?? "")?.[1];
        const block = fence?.(tokens, index, ...rest) ?? "";
        if (name === undefined) return block;
        return `<p class="file-name">${md.utils.escapeHtml(name)}</p>${block}`;
      };
    },
  },
  themeConfig: {
    sidebar: {
      "/": groups.map(groupOf),
      ...referenceSidebars(groupOf(groups.find(({ files }) => files.includes(NAMES)) ?? NO_GROUP)),
    },
    nav: [
      { text: "Start", link: "/start" },
      { text: "Which policy?", link: "/which-policy" },
      { text: "Playground", link: "/playground" },
      { text: "Reference", link: "/reference/names", activeMatch: "^/reference/" },
    ],
    outline: { level: [2, 3] },
    search: {
      provider: "local",
      options: {
        _render: searchText,
        // A guide explains a word, the reference only uses it.
        miniSearch: {
          searchOptions: { boostDocument: (id: string) => (id.includes("/reference/") ? 0.5 : 1) },
        },
      },
    },
    footer: { message: "Every program on these pages is run by the tests. Licence: MIT." },
  },
});
