// The links of a Markdown page, each answered by a function. Code, in fences or inline, is not touched.

const FENCE = /^(`{3,}|~{3,})/;
/** An inline link or image: `](target)`, with an optional title. */
const INLINE = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)((?:\s+"[^"]*")?)\)/g;
const DEFINITION = /^(\[[^\]]+\]:\s+)(\S+)/;
const ATTRIBUTE = /\b(src|href|srcset)="([^"]+)"/g;

/** Where it leads instead. Not asked for a link that has a scheme or a host, or that stays in the page. */
export type Rewrite = (target: string, isImage: boolean) => string;

const isAbsolute = (target: string): boolean => /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(target);

/** One line outside of fences; what stands between backticks stays. */
function line(text: string, rewrite: Rewrite): string {
  const to = (target: string, isImage: boolean) =>
    isAbsolute(target) ? target : rewrite(target, isImage);
  const parts = text.split(/(`+[^`]*`+)/);
  const code: string[] = [];
  // Code inside the words of a link must not cut the link in two: it is put aside meanwhile.
  const open = parts
    .map((part, index) => (index % 2 === 0 ? part : `\uE000${code.push(part) - 1}\uE000`))
    .join("")
    .replace(INLINE, (_, mark: string, words: string, target: string, title: string) => {
      const inner = words.replace(INLINE, (_all, bang: string, alt: string, source: string) => {
        return `${bang}[${alt}](${to(source, bang === "!")})`;
      });
      return `${mark}[${inner}](${to(target, mark === "!")}${title})`;
    })
    .replace(DEFINITION, (_, label: string, target: string) => `${label}${to(target, false)}`)
    .replace(ATTRIBUTE, (_, name: string, target: string) => {
      return `${name}="${to(target, name !== "href")}"`;
    });
  return open.replace(/\uE000(\d+)\uE000/g, (_, index: string) => code[Number(index)] ?? "");
}

export function rewriteLinks(markdown: string, rewrite: Rewrite): string {
  let fence: string | null = null;
  return markdown
    .split("\n")
    .map((text) => {
      const [mark] = FENCE.exec(text.trimStart()) ?? [];
      if (fence !== null) {
        if (mark?.startsWith(fence)) fence = null;
        return text;
      }
      if (mark !== undefined) {
        fence = mark;
        return text;
      }
      return line(text, rewrite);
    })
    .join("\n");
}
