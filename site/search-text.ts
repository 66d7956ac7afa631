// A page for the index of the search: as it is shown, without the colours of its code, which would take longer than the rest.

import type { MarkdownEnv, MarkdownRenderer } from "vitepress";

/** As HTML; empty for a page that says `search: false`. */
export function searchText(source: string, env: MarkdownEnv, md: MarkdownRenderer): string {
  const { highlight } = md.options; // the renderer is shared with the pages, and rendering is synchronous
  md.options.highlight = null;
  try {
    const html = md.render(source, env);
    return env.frontmatter?.search === false ? "" : html;
  } finally {
    md.options.highlight = highlight;
  }
}
