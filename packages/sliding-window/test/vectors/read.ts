import { readFileSync } from "node:fs";

/** The cases of one file of golden vectors. */
export function readVectors<Case>(file: string): readonly Case[] {
  const { count, cases } = JSON.parse(
    readFileSync(new URL(`./${file}.json`, import.meta.url), "utf8"),
  ) as { readonly count: number; readonly cases: readonly Case[] };
  if (cases.length !== count) throw new Error(`${file}: ${cases.length} cases, not ${count}`);
  return cases;
}

/** The ids that README.md lists under a heading. */
export function listedIds(heading: string): readonly string[] {
  const text = readFileSync(new URL("./README.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/`((?:sw|rl)-\d+)`/g)].map(([, id]) => id ?? "");
}
