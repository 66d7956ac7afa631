import { readFileSync } from "node:fs";

/** The ids that README.md lists under a heading. */
export function listedIds(heading: string): readonly string[] {
  const text = readFileSync(new URL("./README.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/`((?:sw|rl)-\d+)`/g)].map(([, id]) => id ?? "");
}
