// A README as it stands in a tarball: there it has no neighbours, so every relative link
// becomes one into the repository. Code, in fences or inline, is not touched.

import { posix } from "node:path";

const FENCE = /^(`{3,}|~{3,})/;
/** An inline link or image: `](target)`, with an optional title. */
const INLINE = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^()\s]+)((?:\s+"[^"]*")?)\)/g;
const DEFINITION = /^(\[[^\]]+\]:\s+)(\S+)/;
const ATTRIBUTE = /\b(src|href|srcset)="([^"]+)"/g;

/** Where it is: nothing is added to a link that has a scheme or a host, or that stays in the page. */
const isAbsolute = (target: string) => /^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(target);

export interface Place {
  /** Of the page, from the root: `packages/backoff`. */
  readonly folder: string;
  readonly repository: string;
}

function absolute(target: string, isImage: boolean, { folder, repository }: Place): string {
  if (isAbsolute(target)) return target;
  const [, path = "", rest = ""] = /^([^?#]*)(.*)$/.exec(target) ?? [];
  const place = posix.join("/", folder, path);
  return `${repository}/${isImage ? "raw" : "blob"}/main${place}${rest}`;
}

/** One line outside of fences; what stands between backticks stays. */
function line(text: string, place: Place): string {
  const parts = text.split(/(`+[^`]*`+)/);
  const code: string[] = [];
  // Code inside the words of a link must not cut the link in two: it is put aside meanwhile.
  const open = parts
    .map((part, index) => (index % 2 === 0 ? part : `\u0000${code.push(part) - 1}\u0000`))
    .join("")
    .replace(INLINE, (_, mark: string, words: string, target: string, title: string) => {
      const inner = words.replace(INLINE, (_all, bang: string, alt: string, source: string) => {
        return `${bang}[${alt}](${absolute(source, bang === "!", place)})`;
      });
      return `${mark}[${inner}](${absolute(target, mark === "!", place)}${title})`;
    })
    .replace(DEFINITION, (_, label: string, target: string) => {
      return `${label}${absolute(target, false, place)}`;
    })
    .replace(ATTRIBUTE, (_, name: string, target: string) => {
      return `${name}="${absolute(target, name !== "href", place)}"`;
    });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark of what was put aside.
  return open.replace(/\u0000(\d+)\u0000/g, (_, index: string) => code[Number(index)] ?? "");
}

export function withAbsoluteLinks(markdown: string, place: Place): string {
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
      return line(text, place);
    })
    .join("\n");
}
